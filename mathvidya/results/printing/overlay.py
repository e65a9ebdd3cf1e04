"""A teacher's ink and stamps as one drawing that lies over the page; words are set by the template. Pure."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any, Final

from mathvidya.bank.schemes import marks_text
from mathvidya.evaluation.queries.sheets import AnnotationView

RED: Final = "#c8102e"
WIDTH: Final = 10_000
"""The drawing is as wide as the grid that ink is kept on."""

_SIZE: Final = 230.0
"""Half the height of a stamp: with the pen, about what a hand leaves on A4."""
_PEN: Final = 38

_PATHS: Final = {
    "tick": "M-1,0.1 L-0.3,0.8 L1,-0.9",
    "cross": "M-0.8,-0.8 L0.8,0.8 M0.8,-0.8 L-0.8,0.8",
    "circle": "M-1.3,0 A1.3,1.3 0 1 0 1.3,0 A1.3,1.3 0 1 0 -1.3,0 Z",
    "star": "M0,-1.1 L0.26,-0.36 L1.05,-0.34 L0.42,0.14 L0.65,0.89 L0,0.45 L-0.65,0.89 L-0.42,0.14 "
    "L-1.05,-0.34 L-0.26,-0.36 Z",
}


def drawing(annotations: Sequence[AnnotationView], *, width: int, height: int) -> bytes:
    """An SVG of the page's proportions with all ink and all stamps that are shapes."""
    tall = WIDTH * height / width
    shapes = "".join(shape for each in annotations for shape in _shapes(each, tall))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {tall:.0f}">'
        f'<g fill="none" stroke="{RED}" stroke-linecap="round" stroke-linejoin="round">{shapes}</g></svg>'
    ).encode()


def words(annotations: Sequence[AnnotationView]) -> list[dict[str, Any]]:
    """What is written on the page: texts, halves, and the marks beside stamps; places in 0..1."""
    return [
        {"x": each.x, "y": each.y, "kind": each.kind, "text": text}
        for each in annotations
        if (text := _words_of(each))
    ]


def _words_of(annotation: AnnotationView) -> str:
    if annotation.kind == "text":
        return annotation.text
    if annotation.kind == "half":
        return "½"
    return "" if annotation.marks is None else with_half(annotation.marks)


def with_half(marks: Decimal) -> str:
    """Marks as people write them: 1½."""
    whole, half = divmod(marks, 1)
    return (marks_text(whole) if whole or not half else "") + "½" * bool(half)


def _shapes(annotation: AnnotationView, tall: float) -> Iterator[str]:
    path = _PATHS.get(annotation.kind)
    if path is not None:
        place = f"translate({annotation.x * WIDTH:.0f} {annotation.y * tall:.0f}) scale({_SIZE})"
        yield f'<path transform="{place}" stroke-width="{_PEN / _SIZE * 1.3:.3f}" d="{path}"/>'
    for stroke in annotation.points:
        yield _stroke(stroke, lambda y: y * tall / WIDTH)


def _stroke(stroke: Sequence[int], down: Callable[[int], float]) -> str:
    points = [f"{x:d},{down(y):.0f}" for x, y in zip(stroke[::2], stroke[1::2], strict=True)]
    if len(set(points)) == 1:  # a line that goes nowhere would leave nothing
        points.append(f"{stroke[0] + 1:d},{down(stroke[1]):.0f}")
    return f'<polyline stroke-width="{_PEN}" points="{" ".join(points)}"/>'
