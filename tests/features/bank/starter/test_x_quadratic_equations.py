"""Works the answers of seeds/reference/bank/x/quadratic-equations.yaml out again."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

from tests.features.bank.starter.harness import Chapter

chapter = Chapter("x/quadratic-equations", not_computable={})
x, k, t = sp.symbols("x k t")


def positive_root(equation: sp.Expr) -> Any:
    (root,) = (value for value in sp.roots(sp.numer(sp.together(equation)), x) if value > 0)
    return root


@chapter.recomputes("x-quadratic-equations-mcq-01")
def coefficient_for_a_perfect_square() -> Any:
    (value,) = (root for root in sp.solve(sp.discriminant(x**2 + k * x + 16, x), k) if root > 0)
    assert len(sp.roots(x**2 + value * x + 16, x)) == 1
    return value, (4, 8, 16, 64)


@chapter.recomputes("x-quadratic-equations-mcq-02")
def roots_in_order() -> Any:
    return tuple(sorted(sp.roots(x**2 - 3 * x - 10, x))), ((-5, -2), (-5, 2), (2, 5), (-2, 5))


@chapter.recomputes("x-quadratic-equations-mcq-03")
def consecutive_odd_integers() -> Any:
    (smaller,) = (n for n in range(1, 196, 2) if n * (n + 2) == 195)
    return smaller, (13, 14, 15, 39)


@chapter.recomputes("x-quadratic-equations-ar-01")
def nature_and_sum_of_roots() -> Any:
    a, b, c = sp.symbols("a b c")
    roots = sp.solve(a * x**2 + b * x + c, x)
    return len(sp.real_roots(x**2 - 5 * x + 6)) == 2, sp.simplify(sum(roots) + b / a) == 0


@chapter.recomputes("x-quadratic-equations-vsa-01")
def discriminant_and_roots() -> Any:
    equation = 2 * x**2 - 8 * x + 5
    smaller, larger = sorted(sp.roots(equation, x))
    return [
        (sp.discriminant(equation, x), r"b^2 - 4ac = (-8)^2 - 4 \times 2 \times 5 = 24"),
        (larger, r"\frac{4 + \sqrt{6}}{2}"),
        (smaller, r"\frac{4 - \sqrt{6}}{2}"),
    ]


@chapter.recomputes("x-quadratic-equations-sa-01")
def equal_roots_for_two_values() -> Any:
    equation = (k + 1) * x**2 - 2 * (k - 1) * x + 1
    values = sp.solve(sp.discriminant(equation, x), k)
    assert sorted(values) == [0, 3]
    ((at_zero, _),) = sp.roots(equation.subs(k, 0), x).items()
    ((at_three, _),) = sp.roots(equation.subs(k, 3), x).items()
    return [
        (0, "k = 0"),
        (3, "k = 3"),
        (at_zero, "x = -1"),
        (at_three, r"x = \frac{1}{2}"),
    ]


@chapter.recomputes("x-quadratic-equations-sa-02")
def roots_with_surds() -> Any:
    root = sp.sqrt(3)
    smaller, larger = sorted(sp.solve(root * x**2 - 2 * x - 8 * root, x))
    return [(larger, r"x = 2\sqrt{3}"), (smaller, r"x = -\frac{4}{\sqrt{3}}")]


@chapter.recomputes("x-quadratic-equations-la-01")
def speed_of_a_bus() -> Any:
    speed = positive_root(300 / x - 300 / (x + 10) - 1)
    return [(speed, "x = 50"), (300 / speed, r"\frac{300}{50} = 6")]


@chapter.recomputes("x-quadratic-equations-la-02")
def path_around_a_lawn() -> Any:
    width = positive_root((20 + 2 * x) * (14 + 2 * x) - 20 * 14 - 152)
    perimeter = 2 * (20 + 2 * width + 14 + 2 * width)
    return [
        (width, "is $x = 2"),
        (perimeter, "2(24 + 18) = 84"),
        (perimeter * 45, r"84 \times 45 = 3780"),
    ]


@chapter.recomputes("x-quadratic-equations-case-01")
def ball_thrown_upwards() -> Any:
    height = 25 + 20 * t - 5 * t**2
    assert sp.maximum(height, t) < 50
    (landing,) = (time for time in sp.roots(height, t) if time > 0)
    up, down = sorted(sp.roots(height - 40, t))
    return {
        "i": (height.subs(t, 0), "h = 25 + 0 - 0 = 25"),
        "ii": (
            sp.discriminant(sp.expand((50 - height) / 5), t),
            r"(-4)^2 - 4 \times 5 = -4",
        ),
        "iii": (landing, "t = 5"),
        "iii-or": [(up, "t = 1"), (down, "t = 3"), (down - up, "3 - 1 = 2")],
    }


@pytest.mark.parametrize("code", chapter.recomputed)
def test_question_agrees_with_its_recomputation(code: str) -> None:
    chapter.verify(code)


def test_every_question_is_recomputed_or_argued() -> None:
    chapter.verify_coverage()
