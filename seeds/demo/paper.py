"""Set the text of one page on ruled paper, as the student's answer book looks before the photo."""

import random
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageDraw

from seeds.demo.handwriting import Ink, Pen, width_of

PAGE_SIZE: Final = (1600, 2200)
_PAPER: Final = (244, 242, 234)
_RULE: Final = (172, 190, 214)
_MARGIN: Final = (214, 132, 138)
_INKS: Final = ((28, 42, 112), (32, 38, 92), (24, 34, 84))
_MARGIN_X: Final = 196
_TEXT_X: Final = _MARGIN_X + 34
_EDGE: Final = 60
_SMALLEST: Final = 0.7
_FIRST_RULE: Final = 262
_RULE_GAP: Final = 66
_UNIT: Final = 4.6
_NIB: Final = 3.4


@dataclass(frozen=True, slots=True)
class Answer:
    """What one page shows of one question: its label in the margin, and the lines of working.

    ``label`` is empty where the answer goes on from the page before.
    """

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of one page: the page number that the student writes on it, and the answers."""

    number: int
    answers: tuple[Answer, ...]


def written_page(text: PageText, rng: random.Random) -> Image.Image:
    """Write a page in blue ink on ruled paper.

    Raises:
        ValueError: The answers need more lines than the paper has, a line is too long, or a
            character has no handwriting; the message says which.
    """
    _check_fits(text)
    page = _ruled()
    ink = Ink(PAGE_SIZE, rng)
    unit = _UNIT * rng.uniform(0.96, 1.05)
    _write_page_number(ink, text.number, unit, rng)
    _write_answers(ink, text.answers, unit, rng)
    page.paste(rng.choice(_INKS), mask=ink.mask())
    return page


def rule_count() -> int:
    """Give the number of lines that a page offers."""
    return len(_rules())


def _check_fits(text: PageText) -> None:
    needed = sum(len(answer.lines) + 1 for answer in text.answers) - 1
    if needed > rule_count():
        raise ValueError(f"page {text.number} needs {needed} lines, the paper has {rule_count()}")


def _rules() -> range:
    return range(_FIRST_RULE, PAGE_SIZE[1] - 50, _RULE_GAP)


def _ruled() -> Image.Image:
    page = Image.new("RGB", PAGE_SIZE, _PAPER)
    draw = ImageDraw.Draw(page)
    for y in _rules():
        draw.line([(0, y), (PAGE_SIZE[0], y)], fill=_RULE, width=2)
    draw.line([(_MARGIN_X, 0), (_MARGIN_X, PAGE_SIZE[1])], fill=_MARGIN, width=3)
    return page


def _write_page_number(ink: Ink, number: int, unit: float, rng: random.Random) -> None:
    x, y = PAGE_SIZE[0] - 260 + rng.uniform(-30, 30), 150 + rng.uniform(-15, 15)
    ink.write(f"Page {number}", Pen(x, y, unit, _NIB))


def _write_answers(ink: Ink, answers: tuple[Answer, ...], unit: float, rng: random.Random) -> None:
    """Write answer below answer with one empty line between, words standing on the rules."""
    rules = iter(_rules())
    for answer in answers:
        label = answer.label
        for line in answer.lines:
            y = next(rules) - 1 + rng.gauss(0, 2.0)
            if label:
                ink.write(label, Pen(62 + rng.gauss(0, 6), y, unit, _NIB))
                label = ""
            ink.write(line, Pen(_TEXT_X + rng.gauss(0, 7), y, _squeezed(line, unit), _NIB))
        next(rules, None)


def _squeezed(line: str, unit: float) -> float:
    """Write smaller where a line would run off the paper, as people do.

    Raises:
        ValueError: Even small writing does not fit.
    """
    fitting = (PAGE_SIZE[0] - _TEXT_X - _EDGE) / max(width_of(line), 1)
    if fitting < unit * _SMALLEST:
        raise ValueError(f"the line {line!r} is too long for the paper; break it in two")
    return min(unit, fitting)
