"""Works the answers of seeds/reference/bank/x/introduction-to-trigonometry.yaml out again."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

from tests.features.bank.starter.harness import Chapter

chapter = Chapter("x/introduction-to-trigonometry", not_computable={})
half = sp.Rational(1, 2)
RIGHT_ANGLE = range(91)


def sin(degrees: int) -> Any:
    return sp.sin(sp.rad(degrees))


def cos(degrees: int) -> Any:
    return sp.cos(sp.rad(degrees))


def tan(degrees: int) -> Any:
    return sp.tan(sp.rad(degrees))


@chapter.recomputes("x-introduction-to-trigonometry-mcq-01")
def tangent_from_the_sine() -> Any:
    choices = tuple(sp.Rational(*terms) for terms in ((8, 15), (15, 17), (15, 8), (17, 8)))
    return sp.tan(sp.asin(sp.Rational(8, 17))), choices


@chapter.recomputes("x-introduction-to-trigonometry-mcq-02")
def value_at_specific_angles() -> Any:
    value = 4 * cos(60) ** 2 + 3 * tan(30) ** 2 - sin(45) ** 2
    return value, (half, 3 * half, 5 * half, 19 * half)


@chapter.recomputes("x-introduction-to-trigonometry-mcq-03")
def value_from_the_tangent() -> Any:
    theta = sp.atan(sp.Rational(4, 3))
    sine, cosine = sp.sin(theta), sp.cos(theta)
    value = (3 * sine + 2 * cosine) / (3 * sine - 2 * cosine)
    return value, (-1, sp.Rational(1, 3), 3, 6)


@chapter.recomputes("x-introduction-to-trigonometry-mcq-04")
def angle_from_the_cosine_of_its_triple() -> Any:
    (theta,) = (angle for angle in range(1, 30) if 2 * cos(3 * angle) == 1)
    return theta, (10, 20, 60, 180)


@chapter.recomputes("x-introduction-to-trigonometry-vsa-01")
def sine_of_the_sum_of_the_acute_angles() -> Any:
    a = sp.atan(sp.Rational(5, 12))
    c = sp.pi / 2 - a
    value = sp.sin(a) * sp.cos(c) + sp.cos(a) * sp.sin(c)
    return [(sp.sqrt(12**2 + 5**2), r"AC = \sqrt{12^2 + 5^2} = 13"), (value, "= 1")]


@chapter.recomputes("x-introduction-to-trigonometry-vsa-02")
def two_angles_from_sum_and_difference() -> Any:
    (total,) = (angle for angle in RIGHT_ANGLE if sin(angle) == 1)
    (difference,) = (angle for angle in RIGHT_ANGLE if cos(angle) == sp.sqrt(3) / 2)
    assert (total, difference) == (60 + 30, 60 - 30)
    return [
        ((total + difference) // 2, r"A = 60^\circ"),
        ((total - difference) // 2, r"B = 30^\circ"),
    ]


@chapter.recomputes("x-introduction-to-trigonometry-sa-01")
def quotient_at_specific_angles() -> Any:
    numerator = 2 * sin(60) ** 2 + 3 / sin(45) ** 2 - 1 / tan(30) ** 2
    denominator = 1 / cos(60) ** 2 - tan(60) ** 2
    return [
        (numerator, r"2 \times \frac{3}{4} + 3 \times 2 - 3 = \frac{9}{2}"),
        (denominator, "4 - 3 = 1"),
        (numerator / denominator, r"\frac{9}{2} \div 1 = \frac{9}{2}"),
    ]


@pytest.mark.parametrize("code", chapter.recomputed)
def test_question_agrees_with_its_recomputation(code: str) -> None:
    chapter.verify(code)


def test_every_question_is_recomputed_or_argued() -> None:
    chapter.verify_coverage()
