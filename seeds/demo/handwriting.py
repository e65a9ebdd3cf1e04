"""Write text by hand: the same letter never comes out twice alike, and no line is quite straight.

A font would be a licence to carry and would look typed; a pen with a little noise needs neither.
"""

import math
import random
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Final

from PIL import Image, ImageDraw

from seeds.demo.glyphs import BASE_LINE, COMBINING, GLYPHS, SPACE_ADVANCE

Point = tuple[float, float]
Stroke = tuple[Point, ...]

_STEPS_PER_SPAN: Final = 5
_LETTER_GAP: Final = 1.9
_SLANT: Final = 0.12
_WANDER: Final = 0.24
_SCRIPT_SCALE: Final = 0.62
_RAISED, _LOWERED = 5.5, -2.5


@dataclass(frozen=True, slots=True)
class Letter:
    """One glyph of a line: its shape, how large, and how far above the line it sits."""

    glyph: str
    scale: float = 1.0
    rise: float = 0.0


@dataclass(frozen=True, slots=True)
class Pen:
    """Where and how large to write: origin of the line, pixels per unit, line width in pixels."""

    x: float
    y: float
    unit: float
    width: float


class Ink:
    """Ink on one page, as a mask drawn at twice the size so that its edges come out smooth."""

    _OVERSAMPLING: Final = 2

    def __init__(self, size: tuple[int, int], rng: random.Random) -> None:
        self._mask = Image.new("L", (size[0] * self._OVERSAMPLING, size[1] * self._OVERSAMPLING))
        self._draw = ImageDraw.Draw(self._mask)
        self._rng = rng

    def mask(self) -> Image.Image:
        """Return how much ink lies on each pixel of the page, 0 to 255."""
        return self._mask.reduce(self._OVERSAMPLING)

    def write(self, text: str, pen: Pen) -> float:
        """Write one line and return the x at which it ended.

        Raises:
            ValueError: The hand has no glyph for a character; the message names it.
        """
        phase = self._rng.uniform(0, math.tau)
        slope = self._rng.gauss(0, 0.004)
        x = pen.x
        for letter in letters_of(text):
            drift = slope * (x - pen.x) + 1.6 * math.sin(phase + x / 170)
            x += self._letter(letter, replace(pen, x=x, y=pen.y - drift))
        return x

    def _letter(self, letter: Letter, pen: Pen) -> float:
        """Draw one letter and return how far the pen moved on."""
        unit = pen.unit * letter.scale * self._rng.gauss(1, 0.045)
        if letter.glyph == " ":
            return _advance(" ") * unit * self._rng.uniform(0.85, 1.25)
        if letter.glyph in COMBINING:
            back = 5.5 * unit
            self._strokes(COMBINING[letter.glyph], replace(pen, x=pen.x - back), unit)
            return 0.0
        self._strokes(GLYPHS[letter.glyph], replace(pen, y=pen.y - letter.rise * pen.unit), unit)
        return (_advance(letter.glyph) + self._rng.gauss(0, 0.25)) * unit

    def _strokes(self, notation: str, pen: Pen, unit: float) -> None:
        slant = _SLANT + self._rng.gauss(0, 0.025)
        lift = self._rng.gauss(0, 0.22)
        for stroke in strokes_of(notation):
            points = [self._placed(point, pen, unit, slant, lift) for point in self._shaken(stroke)]
            self._trace(list(smooth(points)), pen.width)

    def _shaken(self, stroke: Stroke) -> Iterator[Point]:
        """Move each point a little, a corner's two copies together."""
        last: Point | None = None
        moved: Point = (0.0, 0.0)
        for point in stroke:
            if point != last:
                moved = (
                    point[0] + self._rng.gauss(0, _WANDER),
                    point[1] + self._rng.gauss(0, _WANDER),
                )
            last = point
            yield moved

    @staticmethod
    def _placed(point: Point, pen: Pen, unit: float, slant: float, lift: float) -> Point:
        x, y = point[0], point[1] - BASE_LINE + lift
        return pen.x + (x + slant * y) * unit, pen.y - y * unit

    def _trace(self, points: list[Point], width: float) -> None:
        """Pull the pen through the points; it presses harder in the middle of a stroke."""
        pressure = self._rng.gauss(1, 0.07)
        last = len(points) - 1
        for at, (start, end) in enumerate(pairwise(points)):
            swell = 0.8 + 0.3 * math.sin(math.pi * (at + 0.5) / last)
            tone = int(min(255, max(150, 235 * pressure + self._rng.gauss(0, 9))))
            self._dab(start, end, width * swell * pressure, tone)

    def _dab(self, start: Point, end: Point, width: float, tone: int) -> None:
        over = self._OVERSAMPLING
        (x0, y0), (x1, y1) = (start[0] * over, start[1] * over), (end[0] * over, end[1] * over)
        radius = width * over / 2
        self._draw.line([(x0, y0), (x1, y1)], fill=tone, width=max(1, round(2 * radius)))
        self._draw.ellipse([x1 - radius, y1 - radius, x1 + radius, y1 + radius], fill=tone)


def letters_of(text: str) -> Iterator[Letter]:
    """Take a line apart into glyphs; superscripts and subscripts become small letters.

    Raises:
        ValueError: A character that the hand cannot write.
    """
    for character in text:
        kind, parts = _decomposed(character)
        for part in parts:
            if part != " " and part not in GLYPHS and part not in COMBINING:
                name = unicodedata.name(part, "unnamed")
                raise ValueError(f"no handwriting for {part!r} ({name}); add it to glyphs.py")
            yield _sized(part, kind)


def _decomposed(character: str) -> tuple[str, str]:
    """Give the Unicode compatibility tag and the plain characters that this one is made of."""
    if character in GLYPHS:
        return "", character
    kind, _, codes = f" {unicodedata.decomposition(character)}".rpartition("> ")
    parts = "".join(chr(int(code, 16)) for code in codes.split())
    return kind.strip().removeprefix("<"), parts or character


def _sized(glyph: str, kind: str) -> Letter:
    if kind == "super":
        return Letter(glyph, _SCRIPT_SCALE, _RAISED)
    if kind == "sub":
        return Letter(glyph, _SCRIPT_SCALE, _LOWERED)
    return Letter(glyph)


def width_of(text: str) -> float:
    """Estimate how wide a line comes out, in units of the pen."""
    return sum(_advance(letter.glyph) * letter.scale for letter in letters_of(text))


@cache
def strokes_of(notation: str) -> tuple[Stroke, ...]:
    """Read the notation of ``glyphs``."""
    return tuple(
        tuple((float(int(point[0], 16)), float(int(point[1], 16))) for point in stroke.split())
        for stroke in notation.split("/")
    )


@cache
def _advance(glyph: str) -> float:
    if glyph == " ":
        return SPACE_ADVANCE
    if glyph in COMBINING:
        return 0.0
    return max(x for stroke in strokes_of(GLYPHS[glyph]) for x, _ in stroke) + _LETTER_GAP


def smooth(points: list[Point]) -> Iterator[Point]:
    """Run a Catmull-Rom spline through the points; a repeated point makes a corner."""
    ends = [points[0], *points, points[-1]]
    yield points[0]
    for before, start, end, after in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        if start == end:
            continue
        for step in range(1, _STEPS_PER_SPAN + 1):
            yield _spline(before, start, end, after, step / _STEPS_PER_SPAN)


def _spline(before: Point, start: Point, end: Point, after: Point, t: float) -> Point:
    """Give the uniform Catmull-Rom point at ``t`` between ``start`` and ``end``."""

    def along(p0: float, p1: float, p2: float, p3: float) -> float:
        linear, square = p2 - p0, 2 * p0 - 5 * p1 + 4 * p2 - p3
        cube = 3 * p1 - p0 - 3 * p2 + p3
        return (2 * p1 + linear * t + square * t * t + cube * t * t * t) / 2

    return (
        along(before[0], start[0], end[0], after[0]),
        along(before[1], start[1], end[1], after[1]),
    )
