"""Can a marker read this page? Two measures and the verdicts that hang on them.

A verdict is advice to the person who sends the page while the phone is still in the hand; it
refuses nothing. The thresholds were set on generated handwriting (pen and pencil, one line to a
full page, three strengths of noise, full and less than half light), 1,600 pixels wide: in focus
the sharpness was 860 to 3,100, with strokes blurred over four pixels or more 210 to 520. They lean
towards silence: a page wrongly called blurred costs a student time in an exam, a blurred one that
slips through is caught by the marker, who can ask for it again.
"""

from dataclasses import dataclass
from typing import Final

BLURRED_BELOW: Final = 550.0
# Paper under a lamp averages 150 to 200; at 50 it is darker than most ink should be.
DARK_BELOW: Final = 50.0


@dataclass(frozen=True, slots=True)
class Quality:
    """How well a page can be read.

    Attributes:
        sharpness: Variance of the Laplacian in the sharpest parts of the page, at a longer side of
            800 pixels and stretched contrast. 0 for a page with nothing on it.
        brightness: Mean luminance, 0 (black) to 255 (white).
    """

    sharpness: float
    brightness: float

    @property
    def blurred(self) -> bool:
        """True when no part of the page has crisp strokes, be it for blur or for emptiness."""
        return self.sharpness < BLURRED_BELOW

    @property
    def dark(self) -> bool:
        """True when paper and ink are hard to tell apart for want of light."""
        return self.brightness < DARK_BELOW
