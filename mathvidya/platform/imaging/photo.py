"""A photograph (JPEG, PNG, HEIC) as one upright sRGB picture of bounded size. Child side only."""

import io
from typing import Final

from PIL import ExifTags, Image, ImageCms

from mathvidya.platform.imaging.errors import TooManyPixels
from mathvidya.platform.imaging.limits import Limits
from mathvidya.platform.imaging.sniff import FileType
from mathvidya.platform.imaging.views import FULL_SIDE

_PILLOW_FORMAT: Final = {FileType.JPEG: "JPEG", FileType.PNG: "PNG", FileType.HEIC: "HEIF"}
_PAPER: Final = "white"
# Modes in which Pillow shrinks well; every other is first made one of these.
_SHRINKABLE: Final = frozenset({"L", "RGB", "RGBA", "CMYK", "LA"})
# What brings each stored orientation upright (EXIF 2.3, tag 0x0112).
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# A decoder is let to read at up to this many times the size needed before the fine filter runs.
_REDUCING_GAP: Final = 2.0


def open_photo(kind: FileType, data: bytes, limits: Limits) -> Image.Image:
    """Decode a photograph; of a file that holds several (a burst, an animation), the first.

    Raises:
        TooManyPixels: The header announces more than ``limits.max_pixels``.
        Exception: Whatever the decoder makes of a malformed file.
    """
    if kind is FileType.HEIC:
        _learn_heic()
    image = _open(kind, data, limits)
    image = _shrunk(image)
    return _in_srgb(_on_paper(_upright(image)))


def _learn_heic() -> None:
    import pillow_heif  # noqa: PLC0415 - only a HEIC file pays for loading its decoder

    # An embedded thumbnail could show another page than the one that is kept; threads would
    # multiply what the processor limit allows.
    pillow_heif.register_heif_opener(thumbnails=False, decode_threads=1)


def _open(kind: FileType, data: bytes, limits: Limits) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = limits.max_pixels
    try:
        return Image.open(io.BytesIO(data), formats=[_PILLOW_FORMAT[kind]])
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as bomb:
        raise TooManyPixels from bomb


def _shrunk(image: Image.Image) -> Image.Image:
    """Bring the longer side to what is shown; a JPEG is decoded at a fraction where that serves."""
    if image.mode.startswith("I;16"):
        # Converting these clips at 255 instead of dividing, and a grey page comes out white.
        image = image.point(lambda value: value * (1 / 256) + 0.0)
    if image.mode not in _SHRINKABLE:
        image = image.convert(_shrinkable_mode(image))
    image.thumbnail((FULL_SIDE, FULL_SIDE), Image.Resampling.LANCZOS, reducing_gap=_REDUCING_GAP)
    return image


def _shrinkable_mode(image: Image.Image) -> str:
    if image.has_transparency_data:
        return "RGBA"
    return "L" if image.mode in {"1", "I;16", "I;16B"} else "RGB"


def _upright(image: Image.Image) -> Image.Image:
    """Turn by the EXIF orientation.

    Not by ``ImageOps.exif_transpose``: that also writes the other tags back, and so fails on a tag
    of a wrong type in metadata that is thrown away here.
    """
    turn = _TURNS.get(image.getexif().get(ExifTags.Base.Orientation, 1))
    return image if turn is None else image.transpose(turn)


def _on_paper(image: Image.Image) -> Image.Image:
    """Lay what is transparent on white, as a viewer would."""
    if not image.has_transparency_data:
        return image
    layered = image.convert("RGBA")
    paper = Image.new("RGB", image.size, _PAPER)
    paper.paste(layered, mask=layered.getchannel("A"))
    paper.info.update(image.info)
    return paper


def _in_srgb(image: Image.Image) -> Image.Image:
    """Convert by the embedded colour profile; one that cannot be used is taken for sRGB."""
    profile = image.info.get("icc_profile")
    if not profile:
        return image.convert("RGB")
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        srgb = ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(image, source, srgb, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return image.convert("RGB")
    return converted or image.convert("RGB")
