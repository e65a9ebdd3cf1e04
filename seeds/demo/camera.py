"""Photograph a page with a telephone: by lamplight, from the hand, not quite straight."""

import io
import math
import random
import time
from typing import Final

import numpy as np
import pillow_heif
from numpy.typing import NDArray
from PIL import ExifTags, Image, ImageFilter

Pixels = NDArray[np.float32]
Corner = tuple[float, float]

# Held upright, a telephone's sensor lies on its side: the picture is stored turned, and says so.
_HELD_UPRIGHT: Final = 6
_JPEG_QUALITY: Final = 86
_HEIC_QUALITY: Final = 60
_STEADY, _SHAKEN = 0.8, 9.0
# The middle of the Marina beach: a place that nobody lives at.
_LATITUDE: Final = (13.0, 3.0, 1.4)
_LONGITUDE: Final = (80.0, 17.0, 9.2)
_LAMP: Final[Pixels] = np.array([1.0, 0.972, 0.918], dtype=np.float32)
_WOOD: Final[Pixels] = np.array([104, 74, 50], dtype=np.float32)
_FIBRE: Final[Pixels] = np.array([9, 8, 6], dtype=np.float32)
_PDF_DATE: Final = time.struct_time((2026, 1, 9, 12, 0, 0, 4, 9, 0))


def photograph(page: Image.Image, rng: random.Random) -> Image.Image:
    """Photograph a page so that it can be read."""
    return _expose(page, rng, blur=_STEADY)


def shaken_photograph(page: Image.Image, rng: random.Random) -> Image.Image:
    """Photograph a page with a lens out of focus: nobody can read it."""
    return _expose(page, rng, blur=_SHAKEN)


def as_jpeg(photo: Image.Image) -> bytes:
    """Store as a telephone does: turned, with orientation, camera and position in the EXIF."""
    buffer = io.BytesIO()
    stored = photo.transpose(Image.Transpose.ROTATE_90)
    stored.save(buffer, "JPEG", quality=_JPEG_QUALITY, exif=_exif(_HELD_UPRIGHT))
    return buffer.getvalue()


def as_heic(photo: Image.Image) -> bytes:
    """Store as an iPhone's file dialogue hands it out."""
    pillow_heif.register_heif_opener()
    buffer = io.BytesIO()
    photo.save(
        buffer,
        "HEIF",
        quality=_HEIC_QUALITY,
        exif=_exif(1).tobytes(),
        enc_params={"preset": "ultrafast"},  # 0.3 s instead of 1.8 s for the same size
    )
    return buffer.getvalue()


def as_pdf(photo: Image.Image) -> bytes:
    """Store as a scanning application does: one picture on one page."""
    buffer = io.BytesIO()
    photo.save(
        buffer,
        "PDF",
        resolution=190.0,
        quality=_JPEG_QUALITY,
        creationDate=_PDF_DATE,
        modDate=_PDF_DATE,
    )
    return buffer.getvalue()


def _exif(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Make] = "Demo"
    exif[ExifTags.Base.DateTime] = "2026:01:09 17:20:00"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {
            ExifTags.GPS.GPSLatitudeRef: "N",
            ExifTags.GPS.GPSLatitude: _LATITUDE,
            ExifTags.GPS.GPSLongitudeRef: "E",
            ExifTags.GPS.GPSLongitude: _LONGITUDE,
        }
    )
    return exif


def _expose(page: Image.Image, rng: random.Random, *, blur: float) -> Image.Image:
    grain = np.random.default_rng(rng.getrandbits(64))
    scene = _on_desk(page, rng, grain).filter(ImageFilter.GaussianBlur(blur))
    light = _light(scene.size, rng)[..., None] * _LAMP
    pixels = np.asarray(scene, dtype=np.float32) * light
    pixels += _noise(scene.size, grain)
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def _on_desk(page: Image.Image, rng: random.Random, grain: np.random.Generator) -> Image.Image:
    """Lay the page on a desk and look at it from a hand that is not quite above it."""
    width, height = page.size
    corners = _tilted_corners(width, height, rng)
    coefficients = _perspective(corners, width, height)
    seen = page.transform(page.size, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BILINEAR)
    mask = Image.new("L", page.size, 255).transform(
        page.size, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BILINEAR
    )
    scene = _desk(page.size, rng, grain)
    shadow = Image.new("L", page.size)
    shadow.paste(mask.point(lambda value: value * 0.6), (9, 12))
    scene.paste((22, 16, 12), mask=shadow.filter(ImageFilter.GaussianBlur(11)))
    scene.paste(seen, mask=mask)
    return scene


def _tilted_corners(width: int, height: int, rng: random.Random) -> list[Corner]:
    """Give the corners of the page in the photo: inset, turned by up to two degrees, uneven."""
    angle = math.radians(rng.uniform(-1.8, 1.8))
    cx, cy = width / 2, height / 2
    corners = []
    for x, y in ((0, 0), (width, 0), (width, height), (0, height)):
        dx, dy = (x - cx) * 0.955, (y - cy) * 0.955
        turned_x = cx + dx * math.cos(angle) - dy * math.sin(angle)
        turned_y = cy + dx * math.sin(angle) + dy * math.cos(angle)
        corners.append((turned_x + rng.uniform(-22, 22), turned_y + rng.uniform(-22, 22)))
    return corners


def _perspective(corners: list[Corner], width: int, height: int) -> tuple[float, ...]:
    """Solve for the eight coefficients that take a pixel of the photo back to the page."""
    page = ((0, 0), (width, 0), (width, height), (0, height))
    rows, target = [], []
    for (x, y), (u, v) in zip(corners, page, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        target += [u, v]
    return tuple(float(value) for value in np.linalg.solve(np.array(rows), np.array(target)))


def _desk(size: tuple[int, int], rng: random.Random, grain: np.random.Generator) -> Image.Image:
    """Paint a wooden desk: long fibres along one direction."""
    fibres = grain.normal(0, 1, (size[1] // 4, 12)).astype(np.float32)
    wood = Image.fromarray(fibres).resize(size, Image.Resampling.BICUBIC)
    tone = _WOOD * np.float32(rng.uniform(0.8, 1.15))
    pixels = tone + np.asarray(wood)[..., None] * _FIBRE
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def _light(size: tuple[int, int], rng: random.Random) -> Pixels:
    """Light from one side that falls off, and the soft shadow of the hand with the telephone."""
    across, down = np.meshgrid(
        np.linspace(-1, 1, size[0], dtype=np.float32), np.linspace(-1, 1, size[1], dtype=np.float32)
    )
    lamp = rng.uniform(0, math.tau)
    fall = 0.90 + 0.10 * (across * math.cos(lamp) + down * math.sin(lamp))
    sx, sy, reach = rng.uniform(-0.6, 0.6), rng.uniform(0.2, 0.9), rng.uniform(0.5, 0.8)
    distance = ((across - sx) ** 2 + (down - sy) ** 2) / reach**2
    shadow = 1 - rng.uniform(0.10, 0.24) / (1 + distance**3)
    vignette = 1 - 0.07 * (across**2 + down**2)
    return (fall * shadow * vignette).astype(np.float32)


def _noise(size: tuple[int, int], grain: np.random.Generator) -> Pixels:
    """Sensor noise: fine in brightness, coarse and weaker in colour."""
    width, height = size
    brightness = grain.standard_normal((height, width, 1), dtype=np.float32) * np.float32(3.4)
    coarse = grain.standard_normal((height // 2 + 1, width // 2 + 1, 3), dtype=np.float32)
    colour = coarse.repeat(2, axis=0).repeat(2, axis=1)[:height, :width]
    return brightness + colour
