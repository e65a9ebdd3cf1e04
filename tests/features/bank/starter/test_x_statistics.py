"""Works the answers of seeds/reference/bank/x/statistics.yaml out again.

The frequencies are read from the printed tables. The median is read off the cumulative frequency
curve, the mode off the histogram, as their formulas were first derived.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pytest
import sympy as sp

from tests.features.bank.starter.harness import Chapter

chapter = Chapter("x/statistics", not_computable={})
p, x, y = sp.symbols("p x y")
CLASS_ROW = re.compile(r"(\d+)\\text\{–\}(\d+) & (.+?) \\\\")
CUMULATIVE_ROW = re.compile(r"less than \} (\d+) & (\d+) \\\\")


@dataclass(frozen=True)
class Distribution:
    """Class limits, one more than there are classes, and the frequencies of the classes."""

    limits: tuple[int, ...]
    frequencies: tuple[Any, ...]

    @property
    def total(self) -> Any:
        return sum(self.frequencies)

    @property
    def mean(self) -> Any:
        marks = [sp.Rational(low + high, 2) for low, high in pairwise(self.limits)]
        products = (f * mark for f, mark in zip(self.frequencies, marks, strict=True))
        return sp.sympify(sum(products)) / self.total

    def below(self, place: int) -> Any:
        """The cumulative frequency at a class limit."""
        return sum(self.frequencies[:place])

    @property
    def median_class(self) -> int:
        return next(place for place in range(len(self.frequencies)) if 2 * self.below(place + 1) > self.total)

    def value_at_half(self, place: int) -> Any:
        """Where the cumulative frequency curve, straight over this class, reaches one half."""
        t = sp.Symbol("t")
        low, high = self.limits[place], self.limits[place + 1]
        curve = sp.interpolate([(low, self.below(place)), (high, self.below(place + 1))], t)
        return sp.solve(curve - sp.sympify(self.total) / 2, t)[0]

    @property
    def median(self) -> Any:
        return self.value_at_half(self.median_class)

    @property
    def modal_class(self) -> int:
        return self.frequencies.index(max(self.frequencies))

    @property
    def mode(self) -> Any:
        """Where the two lines across the tallest bar of the histogram meet."""
        place = self.modal_class
        low, high = self.limits[place], self.limits[place + 1]
        before, tallest, after = self.frequencies[place - 1 : place + 2]
        rising = sp.Line((low, before), (high, tallest))
        falling = sp.Line((low, tallest), (high, after))
        return rising.intersection(falling)[0].x


def rows(code: str) -> list[tuple[int, int, list[str]]]:
    """The classes of the table that a question prints, each with its columns of frequencies."""
    question = chapter.questions[code]
    text = question["text"] if "text" in question else question["assertion"]
    found = CLASS_ROW.findall(text)
    assert found, f"no table in {code}"
    return [(int(low), int(high), cells.split(" & ")) for low, high, cells in found]


def distribution(code: str, column: int = 0) -> Distribution:
    table = rows(code)
    assert all(before[1] == after[0] for before, after in pairwise(table))
    limits = (table[0][0], *(high for _, high, _ in table))
    return Distribution(limits, tuple(sp.sympify(cells[column]) for _, _, cells in table))


@chapter.recomputes("x-statistics-mcq-01")
def mode_by_the_empirical_relation() -> Any:
    mode = sp.Symbol("mode")
    return sp.solve((24 - mode) - 3 * (24 - 26), mode)[0], (20, 25, 28, 30)


@chapter.recomputes("x-statistics-mcq-02")
def lower_limits_of_two_classes() -> Any:
    table = distribution("x-statistics-mcq-02")
    lower = table.limits[table.median_class] + table.limits[table.modal_class]
    return lower, (20, 30, 40, 50)


@chapter.recomputes("x-statistics-ar-01")
def modal_class_of_a_table() -> Any:
    table = distribution("x-statistics-ar-01")
    low, high = table.limits[table.modal_class : table.modal_class + 2]
    place = table.median_class
    reason = table.limits[place] < table.median <= table.limits[place + 1]
    return (low, high) == (5, 10), reason


@chapter.recomputes("x-statistics-ar-02")
def median_class_of_a_table() -> Any:
    table = distribution("x-statistics-ar-02")
    low, high = table.limits[table.median_class : table.median_class + 2]
    return (low, high) == (10, 20), table.median_class == table.modal_class


@chapter.recomputes("x-statistics-vsa-01")
def mode_of_marks() -> Any:
    table = distribution("x-statistics-vsa-01")
    assert table.total == 50
    return table.mode, r"40 + \frac{8}{20} \times 20 = 48"


@chapter.recomputes("x-statistics-sa-01")
def frequency_missing_from_a_mean() -> Any:
    (missing,) = sp.solve(distribution("x-statistics-sa-01").mean - 27, p)
    return missing, "p = 15"


@chapter.recomputes("x-statistics-sa-02")
def mean_wage() -> Any:
    table = distribution("x-statistics-sa-02")
    assert table.total == 50
    return table.mean, r"450 + \frac{-6}{50} \times 20 = 447.6"


@chapter.recomputes("x-statistics-sa-03")
def median_time() -> Any:
    table = distribution("x-statistics-sa-03")
    assert table.total == 50
    return table.median, r"40 + \frac{25 - 16}{12} \times 20 = 55"


@chapter.recomputes("x-statistics-la-01")
def frequencies_missing_from_a_median() -> Any:
    table = distribution("x-statistics-la-01")
    place = table.limits.index(30)
    found = sp.solve([table.total - 60, table.value_at_half(place) - 35], [x, y], dict=True)[0]
    full = Distribution(table.limits, tuple(f.subs(found) for f in table.frequencies))
    assert full.median == 35
    return [
        (found[x], "x = 7"),
        (found[y], "y = 21 - 7 = 14"),
        (full.mode, r"30 + \frac{6}{8} \times 10 = 37.5"),
    ]


@chapter.recomputes("x-statistics-la-02")
def three_measures_of_ages() -> Any:
    table = distribution("x-statistics-la-02")
    assert table.total == 50
    return [
        (table.mean, r"35 + \frac{6}{50} \times 10 = 36.2"),
        (table.median, r"30 + \frac{25 - 15}{16} \times 10 = 36.25"),
        (table.mode, r"30 + \frac{16 - 10}{32 - 10 - 12} \times 10 = 36"),
    ]


@chapter.recomputes("x-statistics-la-03")
def cumulative_table() -> Any:
    found = CUMULATIVE_ROW.findall(chapter.questions["x-statistics-la-03"]["text"])
    limits = (0, *(int(limit) for limit, _ in found))
    frequencies = [after - before for before, after in pairwise([0, *(int(n) for _, n in found)])]
    table = Distribution(limits, tuple(frequencies))
    assert (table.total, table.frequencies) == (80, (8, 12, 25, 21, 14))
    return [
        (table.median, r"40 + \frac{40 - 20}{25} \times 20 = 56"),
        (table.mean, r"50 + \frac{21}{80} \times 20 = 55.25"),
    ]


@chapter.recomputes("x-statistics-la-04")
def two_sections() -> Any:
    section_a, section_b = (distribution("x-statistics-la-04", column) for column in (0, 1))
    assert section_a.total == section_b.total == 40
    assert section_b.mean > section_a.mean
    assert section_b.mode > section_a.mode
    return [
        (section_a.mean, r"25 + \frac{14}{40} \times 10 = 28.5"),
        (section_b.mean, r"25 + \frac{19}{40} \times 10 = 29.75"),
        (section_a.mode, r"20 + \frac{12 - 6}{24 - 6 - 8} \times 10 = 26"),
        (section_b.mode, r"30 + \frac{14 - 10}{28 - 10 - 8} \times 10 = 34"),
    ]


@pytest.mark.parametrize("code", chapter.recomputed)
def test_question_agrees_with_its_recomputation(code: str) -> None:
    chapter.verify(code)


def test_every_question_is_recomputed_or_argued() -> None:
    chapter.verify_coverage()
