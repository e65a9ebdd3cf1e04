"""From a template, its data and its pictures to a PDF."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import orjson
import typst
from PIL import Image

_HERE: Final = Path(__file__).parent
_SHARED: Final = ("formula.typ", "house.typ")
_QUALITY: Final = 78


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that a template shows by its name; width and height in pixels."""

    name: str
    data: bytes
    width: int
    height: int


def press(template: Path, data: object, files: Mapping[str, bytes]) -> bytes:
    """The PDF. ``files`` lie beside the template by their names. Takes up to a second: hold no transaction.

    Everything that the template can read lies in a directory of its own, which is gone afterwards.
    """
    with TemporaryDirectory(prefix="press-") as place:
        root = Path(place)
        (root / "data.json").write_bytes(orjson.dumps(data))
        for shared in _SHARED:
            (root / shared).write_bytes((_HERE / shared).read_bytes())
        for name, content in files.items():
            (root / name).write_bytes(content)
        return _compiled(template.read_bytes(), root)


def picture_of(view: bytes, name: str) -> Picture:
    """One of our own views as a PDF keeps it: JPEG goes in as it is, WebP would be unpacked."""
    with Image.open(io.BytesIO(view)) as picture:
        buffer = io.BytesIO()
        picture.convert("RGB").save(buffer, "JPEG", quality=_QUALITY)
        return Picture(f"{name}.jpg", buffer.getvalue(), picture.width, picture.height)


def _compiled(source: bytes, root: Path) -> bytes:
    options: dict[str, Any] = {"root": str(root), "font_paths": _fonts(), "ignore_system_fonts": True}
    pdf: bytes = typst.compile(source, **options)
    return pdf


@cache
def _fonts() -> typst.Fonts:
    """The fonts that Typst carries: the same page on every machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
