"""What the demo student writes: the working of sixteen questions on ten pages.

The paper is drawn unseen, so the working is of the question's unit, not of the question: enough for a
teacher's eye, and for stamps to land on something.
"""

from collections.abc import Mapping, Sequence

from seeds.demo.paper import Answer, PageText

UNANSWERED = (25, 31)
"""Declared left out at hand-in."""

PAGES: Sequence[Sequence[int]] = (
    (21, 22, 23),
    (24, 26),
    (27, 28),
    (29, 30),
    (32,),
    (33,),
    (34,),
    (35,),
    (36, 37),
    (37, 38),
)
"""Which questions stand on which page; 37 runs over two."""

_WORKING: Mapping[str, Sequence[str]] = {
    "Relations and Functions": (
        "Let f(a) = f(b) for a, b in R.",
        "then 3a + 5 = 3b + 5",
        "so a = b and f is one-one.",
        "For any y, take x = (y − 5)/3.",
        "f(x) = y, so f is onto.",
    ),
    "Algebra": (
        "|A| = 2(4 − 1) − 1(2 − 0)",
        "= 6 − 2 = 4, not zero",
        "so the inverse exists.",
        "X = inverse of A times B",
        "x = 1, y = 2, z = −1",
    ),
    "Calculus": (
        "Let u = x² + 1, du = 2x dx",
        "I = ∫ du / u",
        "= log |u| + C",
        "y' = 6x² − 12x = 0",
        "x = 0 or x = 2",
        "y'' > 0 at x = 2: minimum",
    ),
    "Vectors and Three-dimensional Geometry": (
        "a = i + 2j − k, b = 3i + k",
        "a·b = 3 + 0 − 1 = 2",
        "|a| = √6, |b| = √10",
        "direction ratios 1, 2, −1",
        "(x − 1)/1 = (y + 2)/2 = z/(−1)",
    ),
    "Linear Programming": (
        "Z = 3x + 2y",
        "corners (0, 0), (4, 0), (2, 3), (0, 4)",
        "Z = 0, 12, 12, 8",
        "maximum 12 on the edge",
    ),
    "Probability": (
        "P(A) = 1/3, P(B) = 1/4",
        "P(A ∩ B) = 1/12",
        "= P(A) P(B), independent",
        "P(A|B) = 1/3",
    ),
}

_LINES = {1: 3, 2: 4, 3: 6, 4: 8, 5: 12}
"""Lines of working by marks."""


def answer_book(units: Mapping[int, str], marks: Mapping[int, int]) -> list[PageText]:
    """The ten pages, given the unit and the marks of each written question of the paper."""
    begun: set[int] = set()
    pages = []
    for page, numbers in enumerate(PAGES, start=1):
        answers = []
        for number in numbers:
            label = "" if number in begun else f"{number}."
            begun.add(number)
            answers.append(Answer(label, _lines(units[number], _LINES[marks[number]])))
        pages.append(PageText(page, tuple(answers)))
    return pages


def _lines(unit: str, count: int) -> tuple[str, ...]:
    working = _WORKING[unit]
    return tuple(working[line % len(working)] for line in range(count))
