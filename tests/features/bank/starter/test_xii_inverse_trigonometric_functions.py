"""Works the answers of seeds/reference/bank/xii/inverse-trigonometric-functions.yaml out again."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

from tests.features.bank.starter.harness import Chapter

chapter = Chapter("xii/inverse-trigonometric-functions", not_computable={})
x = sp.Symbol("x", real=True)
pi = sp.pi
half = sp.Rational(1, 2)


def where_defined(argument: sp.Expr) -> sp.Set:
    """Where an argument of the inverse sine or cosine lies in [-1, 1]."""
    return sp.solveset(argument >= -1, x, sp.S.Reals) & sp.solveset(argument <= 1, x, sp.S.Reals)


@chapter.recomputes("xii-inverse-trigonometric-functions-mcq-01")
def principal_value_of_inverse_cosine() -> Any:
    answer = sp.acos(-sp.sqrt(3) / 2)
    return answer, (-pi / 6, pi / 6, 5 * pi / 6, 7 * pi / 6)


@chapter.recomputes("xii-inverse-trigonometric-functions-mcq-02")
def domain_of_inverse_sine() -> Any:
    intervals = [(1, 2), (-1, 1), (-2, -1), (2, 4)]
    return where_defined(3 - 2 * x), tuple(sp.Interval(*ends) for ends in intervals)


@chapter.recomputes("xii-inverse-trigonometric-functions-mcq-03")
def range_of_a_stretched_inverse_sine() -> Any:
    f = 2 * sp.asin(x) - pi / 2
    assert sp.solveset(f.diff(x) <= 0, x, sp.Interval.open(-1, 1)) == sp.S.EmptySet
    ends = [(-3 * pi / 2, pi / 2), (-pi, 0), (-pi, pi), (-pi / 2, 3 * pi / 2)]
    return sp.Interval(f.subs(x, -1), f.subs(x, 1)), tuple(sp.Interval(*pair) for pair in ends)


@chapter.recomputes("xii-inverse-trigonometric-functions-vsa-01")
def sum_of_principal_values() -> Any:
    return sp.atan(1) + sp.acos(-half) + sp.asin(-half), r"\frac{2\pi}{3} - \frac{\pi}{6} = \frac{3\pi}{4}"


@chapter.recomputes("xii-inverse-trigonometric-functions-vsa-02")
def values_brought_into_the_branch() -> Any:
    answer = sp.asin(sp.sin(3 * pi / 5)) + sp.acos(sp.cos(13 * pi / 6))
    return answer, r"\frac{2\pi}{5} + \frac{\pi}{6} = \frac{17\pi}{30}"


@chapter.recomputes("xii-inverse-trigonometric-functions-vsa-03")
def domain_of_two_intervals() -> Any:
    near, far = sp.sqrt(3), sp.sqrt(5)
    domain = where_defined(x**2 - 4)
    assert domain == sp.Interval(-far, -near) | sp.Interval(near, far)
    return domain, (r"\left[-\sqrt{5}, -\sqrt{3}\right] \cup \left[\sqrt{3}, \sqrt{5}\right]")


@chapter.recomputes("xii-inverse-trigonometric-functions-vsa-04")
def ratios_of_right_triangles() -> Any:
    answer = sp.sin(sp.acos(sp.Rational(3, 5))) + sp.cos(sp.atan(sp.Rational(5, 12)))
    return answer, r"\frac{4}{5} + \frac{12}{13} = \frac{112}{65}"


@pytest.mark.parametrize("code", chapter.recomputed)
def test_question_agrees_with_its_recomputation(code: str) -> None:
    chapter.verify(code)


def test_every_question_is_recomputed_or_argued() -> None:
    chapter.verify_coverage()
