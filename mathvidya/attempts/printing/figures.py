"""Figures of questions, read from storage and sized for paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mathvidya.platform.pdf import Picture, picture_of
from mathvidya.platform.storage import ObjectMissing, ObjectTooLarge, Storage
from workflows.base import JsonObject

_LARGEST_BYTES: Final = 10 * 1024 * 1024
_WIDEST, _TALLEST = 110.0, 70.0
_PIXELS_PER_MILLIMETRE: Final = 6.0
"""150 to the inch: a small drawing is not blown up."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its width on paper; without a picture when storage does not hold it."""

    picture: Picture | None
    millimetres: float


def figures_of(store: Storage, questions: Sequence[JsonObject]) -> dict[str, Figure]:
    """The figures of questions by their keys."""
    keys = dict.fromkeys(question["image"] for question in questions if question["image"])
    return {key: _read(store, key, f"figure-{place}") for place, key in enumerate(keys)}


def _read(store: Storage, key: str, name: str) -> Figure:
    try:
        picture = picture_of(store.read(key, _LARGEST_BYTES), name)
    except (ObjectMissing, ObjectTooLarge):
        return Figure(None, 0)
    return Figure(picture, _width(picture.width, picture.height))


def _width(width: int, height: int) -> float:
    return min(width / _PIXELS_PER_MILLIMETRE, _WIDEST, _TALLEST * width / height)
