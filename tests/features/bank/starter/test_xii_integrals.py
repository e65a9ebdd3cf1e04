"""Works the answers of seeds/reference/bank/xii/integrals.yaml out again.

Antiderivatives are differentiated back; definite integrals are summed numerically by SymPy.
"""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

from tests.features.bank.starter.harness import Chapter, equal, read

chapter = Chapter("xii/integrals", not_computable={})
x, C = sp.symbols("x C")


def area_under(integrand: sp.Expr, low: Any, high: Any) -> sp.Expr:
    """A definite integral by quadrature, knowing no antiderivative."""
    return sp.Integral(integrand, (x, low, high)).evalf(25)


def antiderivative(integrand: sp.Expr, text: str) -> tuple[sp.Expr, str]:
    """The antiderivative that a fragment states, once its derivative is the integrand."""
    stated = read(text.rpartition("=")[2])
    assert isinstance(stated, sp.Expr)
    assert stated.has(C)
    assert equal(derivative(stated), integrand)
    return stated, text


def derivative(expression: sp.Expr) -> sp.Expr:
    """The derivative where log|u| differentiates as log u, which is right for either sign."""
    return expression.replace(sp.Abs, lambda inner: inner).diff(x)


@chapter.recomputes("xii-integrals-mcq-01")
def exponential_times_a_function_and_its_derivative() -> Any:
    e = sp.exp(x)
    choices = (e / x + C, -e / x + C, e / x**2 + C, e * sp.log(x) + C)
    integrand = e * (1 / x - 1 / x**2)
    (answer,) = (choice for choice in choices if equal(derivative(choice), integrand))
    return answer, choices


@chapter.recomputes("xii-integrals-mcq-02")
def odd_terms_vanish() -> Any:
    answer = sp.integrate(x**5 + 3 * x**2 + sp.sin(x), (x, -2, 2))
    return answer, (0, 8, 16, 32)


@chapter.recomputes("xii-integrals-mcq-03")
def quadratic_without_real_zeros() -> Any:
    choices = (
        sp.atan((x + 2) / 3) + C,
        sp.atan((x + 2) / 3) / 3 + C,
        sp.atan((x + 2) / 9) / 9 + C,
        sp.log(sp.Abs((x - 1) / (x + 5))) / 6 + C,
    )
    integrand = 1 / (x**2 + 4 * x + 13)
    (answer,) = (choice for choice in choices if equal(derivative(choice), integrand))
    return answer, choices


@chapter.recomputes("xii-integrals-mcq-04")
def derivative_of_an_integral() -> Any:
    t = sp.Symbol("t", positive=True)
    upper = sp.Symbol("x", positive=True)
    answer = sp.integrate(t**2 * sp.log(t), (t, 1, upper)).diff(upper)
    log = sp.log(x)
    return answer, (2 * x * log, x + 2 * x * log, x**3 / 3 * log, x**2 * log)


@chapter.recomputes("xii-integrals-ar-01")
def odd_integrand_over_a_symmetric_interval() -> Any:
    real = sp.Symbol("x", real=True)
    halves = [(real, -1, 0), (real, 0, 1)]
    left, right = (sp.integrate(real * sp.Abs(real), part) for part in halves)
    a, p, q, r = sp.symbols("a p q r")
    odd = p * x + q * x**3 + r * sp.sin(x)
    return left + right == 0, sp.integrate(odd, (x, -a, a)) == 0


@chapter.recomputes("xii-integrals-vsa-01")
def secant_of_a_root() -> Any:
    root = sp.sqrt(x)
    return antiderivative(sp.sec(root) ** 2 / root, r"$I = 2\tan\sqrt{x} + C$")


@chapter.recomputes("xii-integrals-vsa-02")
def root_of_a_perfect_square() -> Any:
    answer = area_under(sp.sqrt(1 + sp.sin(2 * x)), 0, sp.pi / 4)
    return answer, r"\left[-\cos x + \sin x\right]_0^{\pi/4} = 0 - (-1) = 1$"


@chapter.recomputes("xii-integrals-sa-01")
def partial_fractions_with_a_square() -> Any:
    return antiderivative(
        (3 * x + 1) / ((x - 1) ** 2 * (x + 3)),
        r"$I = \frac{1}{2}\log|x - 1| - \frac{1}{x - 1} - \frac{1}{2}\log|x + 3| + C$",
    )


@chapter.recomputes("xii-integrals-sa-02")
def parts_with_an_inverse_tangent() -> Any:
    return antiderivative(
        x**2 * sp.atan(x),
        r"$I = \frac{x^3}{3}\tan^{-1}x - \frac{x^2}{6} + \frac{1}{6}\log(1 + x^2) + C$",
    )


@chapter.recomputes("xii-integrals-sa-03")
def reflected_integrand() -> Any:
    return area_under(x / (1 + sp.sin(x)), 0, sp.pi), r"$I = \pi$"


@chapter.recomputes("xii-integrals-sa-04")
def modulus_of_a_quadratic() -> Any:
    quadratic = x**2 - 3 * x + 2
    parts = [sp.integrate(quadratic, (x, low, low + 1)) for low in range(3)]
    return sum(map(abs, parts)), r"$\frac{5}{6} + \frac{1}{6} + \frac{5}{6} = \frac{11}{6}$"


@chapter.recomputes("xii-integrals-sa-05")
def root_of_a_quadratic_below() -> Any:
    return antiderivative(
        (2 * x + 5) / sp.sqrt(7 - 6 * x - x**2),
        r"$I = -2\sqrt{7 - 6x - x^2} - \sin^{-1}\frac{x + 3}{4} + C$",
    )


@chapter.recomputes("xii-integrals-la-01")
def substitution_of_a_difference() -> Any:
    answer = area_under((sp.sin(x) + sp.cos(x)) / (3 + sp.sin(2 * x)), 0, sp.pi / 4)
    return answer, r"$I = \frac{1}{4}\left(\log 1 - \log\frac{1}{3}\right) = \frac{1}{4}\log 3$"


@pytest.mark.parametrize("code", chapter.recomputed)
def test_question_agrees_with_its_recomputation(code: str) -> None:
    chapter.verify(code)


def test_every_question_is_recomputed_or_argued() -> None:
    chapter.verify_coverage()
