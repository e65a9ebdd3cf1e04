"""Works the answers of seeds/reference/bank/x/trigonometric-identities.yaml out again.

An identity holds when both sides agree at several points (see the harness).
"""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

from tests.features.bank.starter.harness import Chapter, same

chapter = Chapter("x/trigonometric-identities", not_computable={})
A, theta = sp.symbols("A theta")


@chapter.recomputes("x-trigonometric-identities-mcq-01")
def product_of_two_identities() -> Any:
    return (1 + sp.cot(theta) ** 2) * (1 - sp.cos(theta) ** 2), (-1, 0, 1, 2)


@chapter.recomputes("x-trigonometric-identities-mcq-02")
def cosine_from_secant_plus_tangent() -> Any:
    c = sp.Symbol("c", positive=True)
    (cosine,) = sp.solve(1 / c + sp.sqrt(1 - c**2) / c - 3, c)
    return cosine, tuple(sp.Rational(*terms) for terms in ((3, 5), (4, 5), (4, 3), (5, 3)))


@chapter.recomputes("x-trigonometric-identities-mcq-03")
def product_from_the_difference() -> Any:
    s, c = sp.symbols("s c")
    solutions = sp.solve([s - c - sp.Rational(1, 2), s**2 + c**2 - 1], [s, c])
    (value,) = {sp.expand(sine * cosine) for sine, cosine in solutions}
    return value, tuple(sp.Rational(*terms) for terms in ((-3, 4), (-3, 8), (1, 4), (3, 8)))


@chapter.recomputes("x-trigonometric-identities-ar-01")
def sum_and_sum_of_squares() -> Any:
    return (
        same(sp.sin(theta) + sp.cos(theta), 1),
        same(sp.sin(theta) ** 2 + sp.cos(theta) ** 2, 1),
    )


@chapter.recomputes("x-trigonometric-identities-vsa-01")
def ratios_from_the_secant() -> Any:
    angle = sp.acos(sp.Rational(5, 13))
    return [
        (sp.tan(angle), r"\tan\theta = \frac{12}{5}"),
        (1 / sp.sin(angle), r"\cosec\theta = \frac{13}{12}"),
    ]


@chapter.recomputes("x-trigonometric-identities-vsa-02")
def sines_from_a_relation_of_cosines() -> Any:
    c = sp.Symbol("c", positive=True)
    (cosine,) = sp.solve(c + c**2 - 1, c)
    sine_squared = 1 - cosine**2
    return sp.expand(sine_squared + sine_squared**2), r"\cos\theta + \cos^2\theta = 1"


@chapter.recomputes("x-trigonometric-identities-sa-01")
def sum_of_reciprocal_quotients() -> Any:
    quotient = (1 + sp.cos(A)) / sp.sin(A)
    return quotient + 1 / quotient, r"\frac{2}{\sin A} = 2\cosec A"


@chapter.recomputes("x-trigonometric-identities-sa-02")
def difference_of_reciprocal_quotients() -> Any:
    quotient = sp.tan(A) / (sp.sec(A) - 1)
    return quotient - 1 / quotient, r"\frac{2}{\tan A} = 2\cot A"


@chapter.recomputes("x-trigonometric-identities-sa-03")
def squares_of_sum_and_difference() -> Any:
    m, n = sp.tan(theta) + sp.sin(theta), sp.tan(theta) - sp.sin(theta)
    product = sp.tan(theta) * sp.sin(theta)
    assert same(m**2 - n**2, 4 * sp.sqrt(m * n))
    assert same(m**2 - n**2, 4 * product)
    assert same(m * n, product**2)
    return [  # the harness does not read a product of two such functions
        (True, r"= 4\tan\theta\sin\theta"),
        (True, r"= \sin^2\theta\tan^2\theta"),
    ]


@pytest.mark.parametrize("code", chapter.recomputed)
def test_question_agrees_with_its_recomputation(code: str) -> None:
    chapter.verify(code)


def test_every_question_is_recomputed_or_argued() -> None:
    chapter.verify_coverage()
