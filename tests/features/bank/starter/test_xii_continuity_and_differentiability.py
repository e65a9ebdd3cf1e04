"""Works the answers of seeds/reference/bank/xii/continuity-and-differentiability.yaml out again."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

from tests.features.bank.starter.harness import Chapter, equal

chapter = Chapter("xii/continuity-and-differentiability", not_computable={})
x, t, h = sp.symbols("x t h", real=True)
a, b = sp.symbols("a b")
third, half = sp.Rational(1, 3), sp.Rational(1, 2)


def one_sided_slope(f: sp.Expr, at: int, side: str) -> sp.Expr:
    """The derivative from one side, by its definition."""
    return sp.limit((f.subs(x, at + h) - f.subs(x, at)) / h, h, 0, side)


def differentiable(f: sp.Expr, at: int) -> bool:
    return bool(one_sided_slope(f, at, "-") == one_sided_slope(f, at, "+"))


@chapter.recomputes("xii-continuity-and-differentiability-mcq-01")
def value_that_fills_the_gap() -> Any:
    return sp.limit(sp.sin(5 * x) / (3 * x), x, 0), (0, 3 / sp.Integer(5), 1, 5 * third)


@chapter.recomputes("xii-continuity-and-differentiability-mcq-02")
def slope_of_an_inverse_tangent() -> Any:
    slope = sp.limit((sp.atan(sp.exp(2 * h)) - sp.pi / 4) / h, h, 0)
    return slope, (half, 1, 2, 4)


@chapter.recomputes("xii-continuity-and-differentiability-mcq-03")
def slope_of_an_ellipse() -> Any:
    upper = 3 * sp.sqrt(1 - x**2 / 4)
    slope = upper.diff(x).subs(x, 2 * sp.cos(sp.pi / 4))
    return slope, (-3 * half, -2 * third, 2 * third, 3 * half)


@chapter.recomputes("xii-continuity-and-differentiability-mcq-04")
def corners_of_a_sum_of_moduli() -> Any:
    f = sp.Abs(x - 1) + sp.Abs(x + 2)
    return sum(not differentiable(f, at) for at in range(-5, 6)), (0, 1, 2, 3)


@chapter.recomputes("xii-continuity-and-differentiability-mcq-05")
def second_derivative_of_a_square() -> Any:
    double = 2 * x
    choices = (2 * sp.cos(double), 2 * sp.sin(double), -2 * sp.cos(double), 4 * sp.cos(double))
    return sp.diff(sp.sin(x) ** 2, x, 2), choices


@chapter.recomputes("xii-continuity-and-differentiability-ar-01")
def modulus_at_its_corner() -> Any:
    f = sp.Abs(x - 3)
    continuous = sp.limit(f, x, 3, "-") == sp.limit(f, x, 3, "+") == f.subs(x, 3)
    return continuous, not differentiable(f, 3)


@chapter.recomputes("xii-continuity-and-differentiability-vsa-01")
def limit_of_a_cosine_quotient() -> Any:
    return sp.limit((1 - sp.cos(4 * x)) / x**2, x, 0), "$k = 8$"


@chapter.recomputes("xii-continuity-and-differentiability-vsa-02")
def slope_of_a_root_curve() -> Any:
    answer = sp.diff((5 - sp.sqrt(x)) ** 2, x).subs(x, 4)
    return answer, r"$\frac{dy}{dx} = -\frac{3}{2}$"


@chapter.recomputes("xii-continuity-and-differentiability-sa-01")
def relation_between_derivatives() -> Any:
    y = sp.exp(sp.atan(x))
    left = (1 + x**2) * y.diff(x, 2) + (2 * x - 1) * y.diff(x)
    assert equal(left, sp.S.Zero)
    return []


@chapter.recomputes("xii-continuity-and-differentiability-sa-02")
def second_derivative_of_a_cycloid() -> Any:
    first, second = a * (t - sp.sin(t)), a * (1 - sp.cos(t))
    dx, dy = first.diff(t), second.diff(t)
    curvature = (dx * second.diff(t, 2) - dy * first.diff(t, 2)) / dx**3
    return curvature.subs(t, sp.pi / 2), r"$\frac{d^2y}{dx^2} = -\frac{1}{a}$"


@chapter.recomputes("xii-continuity-and-differentiability-sa-03")
def smooth_joint() -> Any:
    left, right = a * x**2 + b, 4 * x - 3
    joint = [(left - right).subs(x, 2), (left - right).diff(x).subs(x, 2)]
    values = sp.solve(joint, [a, b])
    assert (values[a], values[b]) == (1, 1)
    return [(values[a], "$a = 1$"), (values[b], "$b = 5 - 4 = 1$")]


@chapter.recomputes("xii-continuity-and-differentiability-sa-04")
def derivative_of_variable_powers() -> Any:
    y = sp.cos(x) ** x + x ** sp.sin(x)
    return y.diff(x), (
        r"$\frac{dy}{dx} = (\cos x)^x (\log\cos x - x\tan x) "
        r"+ x^{\sin x}\left(\cos x \log x + \frac{\sin x}{x}\right)$"
    )


@pytest.mark.parametrize("code", chapter.recomputed)
def test_question_agrees_with_its_recomputation(code: str) -> None:
    chapter.verify(code)


def test_every_question_is_recomputed_or_argued() -> None:
    chapter.verify_coverage()
