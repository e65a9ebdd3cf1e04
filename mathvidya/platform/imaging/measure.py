"""Measure how well a page can be read. Child side only; what the numbers mean is in ``quality``.

The variance of the Laplacian (Pech-Pacheco et al., 2000) rises with every crisp edge. Taken over a
whole page it would call a short answer blurred, because most of the page is empty; taken on raw
brightness it would call pencil or a dim room blurred. So contrast is stretched first, and the page
is judged by its sharpest parts.
"""

from itertools import pairwise
from typing import Final

from PIL import Image, ImageFilter, ImageOps, ImageStat

from mathvidya.platform.imaging.quality import Quality

# Small enough that sensor noise averages out, large enough that a pen's stroke is still a pixel.
_SIDE: Final = 800
_GRID: Final = 8
# The third sharpest of 64 tiles: one line of writing fills three; a speck or a corner does not.
_RANK: Final = 2
# Share of darkest and lightest pixels that may clip, in per cent: dust and glare.
_CLIPPED: Final = (0.1, 0.1)
_LAPLACIAN: Final = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128)


def measure(picture: Image.Image) -> Quality:
    """Measure an upright picture of a page."""
    grey = picture.convert("L")
    grey.thumbnail((_SIDE, _SIDE), Image.Resampling.LANCZOS)
    edges = ImageOps.autocontrast(grey, cutoff=_CLIPPED).filter(_LAPLACIAN)
    variances = sorted((_variance(tile) for tile in _tiles(edges)), reverse=True)
    return Quality(sharpness=variances[_RANK], brightness=ImageStat.Stat(grey).mean[0])


def _variance(tile: Image.Image) -> float:
    return ImageStat.Stat(tile).var[0] if tile.width and tile.height else 0.0


def _tiles(picture: Image.Image) -> list[Image.Image]:
    columns = [picture.width * step // _GRID for step in range(_GRID + 1)]
    rows = [picture.height * step // _GRID for step in range(_GRID + 1)]
    return [
        picture.crop((left, top, right, bottom))
        for left, right in pairwise(columns)
        for top, bottom in pairwise(rows)
    ]
