"""Works the answers of seeds/reference/bank/xii/differential-equations.yaml out again.

A solution is put back into its equation, along the curve that it describes.
"""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

from tests.features.bank.starter.harness import Chapter, equal

chapter = Chapter("xii/differential-equations", not_computable={})
x, y, t, k = sp.symbols("x y t k", positive=True)


def slope(curve: sp.Expr) -> sp.Expr:
    """The slope dy/dx of the curves on which an expression in x and y is constant."""
    return -curve.diff(x) / curve.diff(y)


@chapter.recomputes("xii-differential-equations-mcq-01")
def order_and_degree() -> Any:
    first, second = sp.symbols("y1 y2")
    equation = sp.Poly(second**3 + first**4 + y, second)
    order = 2
    return order + equation.degree(), (5, 6, 7, 8)


@chapter.recomputes("xii-differential-equations-mcq-02")
def integrating_factor() -> Any:
    choices = (x, 2 * sp.log(x), x**2, sp.exp(2 * x))
    (answer,) = (factor for factor in choices if equal(sp.diff(factor), factor * 2 / x))
    return answer, choices


@chapter.recomputes("xii-differential-equations-mcq-03")
def constants_of_the_motion() -> Any:
    left, right = sp.exp(y), sp.exp(2 * x)
    choices = (left - right, left - 2 * right, 1 / left - right / 2, left - right / 2)
    (answer,) = (curve for curve in choices if equal(slope(curve), sp.exp(2 * x - y)))
    return answer, choices


@chapter.recomputes("xii-differential-equations-vsa-01")
def particular_solution_in_inverse_tangents() -> Any:
    stated = sp.tan(sp.atan(x) + sp.pi / 4)
    assert equal(stated.diff(x), (1 + stated**2) / (1 + x**2))
    assert stated.subs(x, 0) == 1
    return sp.atan(x) + sp.pi / 4, r"$\tan^{-1}y = \tan^{-1}x + \frac{\pi}{4}$"


@chapter.recomputes("xii-differential-equations-sa-01")
def homogeneous_equation() -> Any:
    family = (x**2 - y**2) / x
    assert equal(slope(family), (x**2 + y**2) / (2 * x * y))
    assert family.subs({x: 1, y: 0}) == 1
    return x, "The particular solution is $x^2 - y^2 = x$"


@chapter.recomputes("xii-differential-equations-sa-02")
def linear_equation() -> Any:
    solution = -(sp.cos(x) ** 2) / sp.sin(x)
    assert equal(solution.diff(x) + solution * sp.cot(x), 2 * sp.cos(x))
    assert solution.subs(x, sp.pi / 2) == 0
    return solution * sp.sin(x), r"$y\sin x = \sin^2 x - 1 = -\cos^2 x$"


@chapter.recomputes("xii-differential-equations-sa-03")
def equation_linear_in_x() -> Any:
    family = x * y**2 - y**4 / 4
    assert equal(slope(family), -y / (2 * x - y**2))
    return y**4 / 4 + sp.Symbol("C"), r"$xy^2 = \frac{y^4}{4} + C$"


@chapter.recomputes("xii-differential-equations-case-01")
def cooling_tea() -> Any:
    temperature = 25 + 60 * sp.exp(-k * t)
    assert equal(temperature.diff(t), -k * (temperature - 25))
    (rate,) = sp.solve(temperature.subs(t, 10) - 55, k)
    cooling = temperature.subs(k, rate)
    (minutes,) = sp.solve(cooling - sp.Rational(65, 2), t)
    return {
        "i": (-k * (sp.Symbol("T") - 25), r"$\frac{dT}{dt} = -k(T - 25)$"),
        "ii": (temperature, "$T = 25 + 60e^{-kt}$"),
        "iii": (cooling.subs(t, 20), r"$T = 25 + 60 \times \frac{1}{4} = 40$"),
        "iii-or": (minutes, "$t = 30$"),
    }


@pytest.mark.parametrize("code", chapter.recomputed)
def test_question_agrees_with_its_recomputation(code: str) -> None:
    chapter.verify(code)


def test_every_question_is_recomputed_or_argued() -> None:
    chapter.verify_coverage()
