"""Works the answers of seeds/reference/bank/x/arithmetic-progressions.yaml out again.

Terms are listed and added one by one, so that the formulas of the solutions check themselves.
"""

from __future__ import annotations

from itertools import count, pairwise
from typing import Any

import pytest
import sympy as sp

from tests.features.bank.starter.harness import Chapter

chapter = Chapter("x/arithmetic-progressions", not_computable={})
a, d, k = sp.symbols("a d k")


def terms(first: Any, difference: Any, number: int) -> list[Any]:
    return [first + place * difference for place in range(number)]


def progression(*conditions: sp.Expr) -> tuple[Any, Any]:
    """First term and common difference from two expressions in them that are zero."""
    ((first, difference),) = sp.linsolve(conditions, a, d)
    return first, difference


@chapter.recomputes("x-arithmetic-progressions-mcq-01")
def number_of_a_term() -> Any:
    return terms(5, 4, 100).index(81) + 1, (19, 20, 21, 76)


@chapter.recomputes("x-arithmetic-progressions-mcq-02")
def three_consecutive_terms() -> Any:
    (value,) = sp.solve((k + 3 - (k - 1)) - (3 * k - 1 - (k + 3)), k)
    return value, (-4, 1, sp.Rational(5, 3), 4)


@chapter.recomputes("x-arithmetic-progressions-mcq-03")
def difference_from_the_sums() -> Any:
    sums = [3 * n**2 + 2 * n for n in range(10)]
    listed = [after - before for before, after in pairwise(sums)]
    (difference,) = {after - before for before, after in pairwise(listed)}
    return difference, (3, 5, 6, 11)


@chapter.recomputes("x-arithmetic-progressions-vsa-01")
def three_digit_multiples() -> Any:
    return sum(n % 13 == 0 for n in range(100, 1000)), "n = 69"


@chapter.recomputes("x-arithmetic-progressions-vsa-02")
def fifteenth_term() -> Any:
    first, difference = progression(a + 2 * d - 12, a + 6 * d - 32)
    return [
        (difference, "d = 5"),
        (first, "a = 2"),
        (terms(first, difference, 15)[-1], r"2 + 14 \times 5 = 72"),
    ]


@chapter.recomputes("x-arithmetic-progressions-sa-01")
def sum_from_two_sums_of_terms() -> Any:
    listed = terms(a, d, 20)
    first, difference = progression(listed[4] + listed[8] - 72, listed[6] + listed[11] - 97)
    return [
        (difference, "d = 5"),
        (first, "a = 6"),
        (sum(terms(first, difference, 20)), r"10 \times 107 = 1070"),
    ]


@chapter.recomputes("x-arithmetic-progressions-sa-02")
def two_numbers_of_terms() -> Any:
    fewer, more = (n for n in range(1, 50) if sum(terms(40, -4, n)) == 216)
    assert terms(40, -4, more)[fewer:] == [4, 0, -4]
    return [(fewer, "n = 9"), (more, "n = 12")]


@chapter.recomputes("x-arithmetic-progressions-la-01")
def seats_of_an_auditorium() -> Any:
    rows = next(n for n in count(1) if sum(terms(20, 2, n)) >= 1100)
    seats = terms(20, 2, rows)
    front = sum(seats[:10])
    money = sum(seat * (150 if row < 10 else 100) for row, seat in enumerate(seats))
    assert sum(seats) == 1100
    return [
        (rows, "n = 25"),
        (seats[-1], r"20 + 24 \times 2 = 68"),
        (front, r"\frac{10}{2}(40 + 9 \times 2) = 290"),
        (money, "43500 + 81000 = 124500"),
    ]


@chapter.recomputes("x-arithmetic-progressions-la-02")
def progression_from_two_sums() -> Any:
    first, difference = progression(sum(terms(a, d, 10)) - 155, sum(terms(a, d, 20)) - 610)
    listed = terms(first, difference, 50)
    place = next(place for place, term in enumerate(listed, start=1) if term > 100)
    return [
        (difference, "d = 3"),
        (first, "a = 2"),
        (sum(listed[:30]), r"15 \times 91 = 1365"),
        (place, "34"),
        (listed[place - 1], r"2 + 33 \times 3 = 101"),
    ]


@chapter.recomputes("x-arithmetic-progressions-case-01")
def weeks_of_training() -> Any:
    weekly = terms(10, 3, 52)
    (weeks,) = (n for n in range(1, 52) if sum(weekly[:n]) == 235)
    return {
        "i": (weekly[4], r"10 + 4 \times 3 = 22"),
        "ii": (weekly.index(40) + 1, "n = 11"),
        "iii": (sum(weekly[:12]), r"6 \times 53 = 318"),
        "iii-or": (weeks, "n = 10"),
    }


@pytest.mark.parametrize("code", chapter.recomputed)
def test_question_agrees_with_its_recomputation(code: str) -> None:
    chapter.verify(code)


def test_every_question_is_recomputed_or_argued() -> None:
    chapter.verify_coverage()
