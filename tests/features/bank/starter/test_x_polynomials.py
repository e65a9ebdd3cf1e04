"""Works the answers of seeds/reference/bank/x/polynomials.yaml out again, by finding the zeros."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

from tests.features.bank.starter.harness import Chapter

chapter = Chapter("x/polynomials", not_computable={})
x, k = sp.symbols("x k")


@chapter.recomputes("x-polynomials-mcq-01")
def polynomial_from_its_zeros() -> Any:
    choices = (x**2 - x - 12, x**2 + x - 12, x**2 + x + 12, x**2 - 7 * x + 12)
    return sp.expand((x + 4) * (x - 3)), choices


@chapter.recomputes("x-polynomials-mcq-02")
def coefficient_from_a_zero() -> Any:
    (value,) = sp.solve((x**2 + k * x + 6).subs(x, -2), k)
    return value, (-5, -1, 1, 5)


@chapter.recomputes("x-polynomials-mcq-03")
def sum_of_reciprocals_of_the_zeros() -> Any:
    zeros = sp.solve(2 * x**2 - 6 * x + 3, x)
    return sp.radsimp(sum(1 / zero for zero in zeros)), (-2, sp.Rational(1, 2), 2, 3)


@chapter.recomputes("x-polynomials-mcq-04")
def parabola_through_three_points() -> Any:
    parabola = sp.interpolate([(-4, 0), (1, 0), (0, -8)], x)
    choices = (2 * x**2 + 6 * x - 8, 2 * x**2 - 6 * x - 8, x**2 + 3 * x - 4, x**2 + 3 * x - 8)
    return parabola, choices


@chapter.recomputes("x-polynomials-vsa-01")
def zeros_and_their_sum() -> Any:
    smaller, larger = sorted(sp.roots(3 * x**2 - x - 10, x))
    return [
        (larger, "x = 2"),
        (smaller, r"x = -\frac{5}{3}"),
        (smaller + larger, r"2 - \frac{5}{3} = \frac{1}{3}"),
    ]


@chapter.recomputes("x-polynomials-sa-01")
def reciprocals_of_the_zeros() -> Any:
    zeros = sp.solve(x**2 - 6 * x + 7, x)
    squares = sp.expand(sum(zero**2 for zero in zeros))
    monic = sp.prod([x - 1 / zero for zero in zeros])
    return [
        (squares, "36 - 14 = 22"),
        (sp.radsimp(sp.expand(7 * monic)), "= 7x^2 - 6x + 1"),
    ]


@chapter.recomputes("x-polynomials-sa-02")
def one_zero_twice_the_other() -> Any:
    (constant,) = (
        value
        for value in sp.solve(sp.resultant(2 * x**2 - 9 * x + k, 8 * x**2 - 18 * x + k, x), k)
        if value != 0
    )
    smaller, larger = sorted(sp.roots(2 * x**2 - 9 * x + constant, x))
    assert larger == 2 * smaller
    return [
        (smaller, r"\alpha = \frac{3}{2}"),
        (larger, r"2\alpha = 3"),
        (constant, "k = 9"),
    ]


@pytest.mark.parametrize("code", chapter.recomputed)
def test_question_agrees_with_its_recomputation(code: str) -> None:
    chapter.verify(code)


def test_every_question_is_recomputed_or_argued() -> None:
    chapter.verify_coverage()
