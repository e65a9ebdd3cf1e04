"""Works the answers of the bank file of the same name (class X) out again."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
import sympy as sp

from tests.features.bank.starter.harness import Chapter

CODE = "x-pair-of-linear-equations-in-two-variables"
chapter = Chapter("x/pair-of-linear-equations-in-two-variables", not_computable={})
x, y, k = sp.symbols("x y k")


def solution(*equations: sp.Expr) -> tuple[Any, Any]:
    """The one solution of two equations, each given as an expression that is zero."""
    ((first, second),) = sp.linsolve(equations, x, y)
    return first, second


@chapter.recomputes(f"{CODE}-mcq-01")
def parallel_lines() -> Any:
    (value,) = sp.solve(sp.Matrix([[2, k], [6, 9]]).det(), k)
    assert sp.linsolve([2 * x + value * y - 7, 6 * x + 9 * y - 10], x, y) == sp.EmptySet
    return value, (-3, sp.Rational(4, 3), 3, 27)


@chapter.recomputes(f"{CODE}-mcq-02")
def sum_of_the_unknowns() -> Any:
    return sum(solution(23 * x + 17 * y - 97, 17 * x + 23 * y - 103)), (-1, 1, 5, 200)


@chapter.recomputes(f"{CODE}-mcq-03")
def two_digit_number() -> Any:
    (number,) = (
        10 * tens + units
        for tens, units in product(range(1, 10), range(10))
        if tens + units == 9 and 9 * (units - tens) == 27
    )
    return number, (27, 36, 45, 63)


@chapter.recomputes(f"{CODE}-mcq-04")
def number_of_solutions() -> Any:
    solutions = sp.linsolve([x - 2 * y - 3, 3 * x - 6 * y - 10], x, y)
    return 0 if solutions == sp.EmptySet else None, (0, 1, 2, sp.oo)


@chapter.recomputes(f"{CODE}-vsa-01")
def pair_by_substitution() -> Any:
    first, second = solution(5 * x - 2 * y - 4, 3 * x + y - 9)
    return [(first, "x = 2"), (second, r"y = 9 - 3 \times 2 = 3")]


@chapter.recomputes(f"{CODE}-sa-01")
def lines_and_the_y_axis() -> Any:
    meeting = solution(x + y - 6, 2 * x - y - 3)
    corners = [sp.Point(0, 6), sp.Point(0, -3), sp.Point(*meeting)]
    assert all(a + b == 6 for a, b in [(0, 6), (3, 3), (6, 0)])
    assert all(2 * a - b == 3 for a, b in [(0, -3), (1, -1), (3, 3)])
    return [
        (meeting, "(x, y) = (3, 3)"),
        (abs(sp.Triangle(*corners).area), r"\frac{1}{2} \times 9 \times 3 = 13.5"),
    ]


@chapter.recomputes(f"{CODE}-sa-02")
def fraction_from_two_changes() -> Any:
    numerator, denominator = solution(2 * (x + 1) - (y + 1), 3 * (x - 3) - (y - 3))
    assert sp.Rational(numerator + 1, denominator + 1) == sp.Rational(1, 2)
    assert sp.Rational(numerator - 3, denominator - 3) == sp.Rational(1, 3)
    return [
        (numerator, "x = 7"),
        (denominator, r"y = 2 \times 7 + 1 = 15"),
        (numerator / denominator, r"\frac{7}{15}"),
    ]


@chapter.recomputes(f"{CODE}-la-01")
def two_schemes() -> Any:
    at_eight, at_ten = solution(
        sp.Rational(8, 100) * x + sp.Rational(10, 100) * y - 1860,
        sp.Rational(10, 100) * x + sp.Rational(8, 100) * y - 1920,
    )
    together = (at_eight + at_ten) * sp.Rational(95, 1000)
    return [
        (at_eight, "x = 12000"),
        (at_ten, "y = 9000"),
        (together, r"\frac{9.5}{100} \times 21000 = 1995"),
        (together - 1860, "1995 - 1860 = 135"),
    ]


@chapter.recomputes(f"{CODE}-case-01")
def bags_of_pulses() -> Any:
    weighings = (4 * x + 3 * y - 46, 6 * x + 2 * y - 44)
    small, large = solution(*weighings)
    packed_small, packed_large = solution(x + y - 60, 5 * x + 8 * y - 360)
    first, second = (sp.Poly(weighing, x, y) for weighing in weighings)
    return {
        "i": [
            (4 * small + 3 * large, "4x + 3y = 46"),
            (6 * small + 2 * large, "6x + 2y = 44"),
        ],
        "ii": [
            (first.coeff_monomial(x) / second.coeff_monomial(x), r"\frac{4}{6} = \frac{2}{3}"),
            (first.coeff_monomial(y) / second.coeff_monomial(y), r"\frac{3}{2}"),
        ],
        "iii": [(small, "x = 4"), (large, "y = 22 - 12 = 10")],
        "iii-or": [(packed_small, "s = 60 - 20 = 40"), (packed_large, "l = 20")],
    }


@pytest.mark.parametrize("code", chapter.recomputed)
def test_question_agrees_with_its_recomputation(code: str) -> None:
    chapter.verify(code)


def test_every_question_is_recomputed_or_argued() -> None:
    chapter.verify_coverage()
