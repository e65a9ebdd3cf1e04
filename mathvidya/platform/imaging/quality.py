"""Can a marker read this page? Two measures and the verdicts that hang on them."""

from dataclasses import dataclass
from typing import Final

BLURRED_BELOW: Final = 300.0
DARK_BELOW: Final = 60.0


@dataclass(frozen=True, slots=True)
class Quality:
    """How well a page can be read.

    Attributes:
        sharpness: Variance of the Laplacian.
        brightness: Mean luminance, 0 (black) to 255 (white).
    """

    sharpness: float
    brightness: float

    @property
    def blurred(self) -> bool:
        """True when strokes have run into each other."""
        return self.sharpness < BLURRED_BELOW

    @property
    def dark(self) -> bool:
        """True when paper and ink are hard to tell apart for want of light."""
        return self.brightness < DARK_BELOW
