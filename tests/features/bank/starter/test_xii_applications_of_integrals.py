"""Works the answers of seeds/reference/bank/xii/applications-of-integrals.yaml out again."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

from tests.features.bank.starter.harness import Chapter

chapter = Chapter("xii/applications-of-integrals", not_computable={})
x, y, a = sp.symbols("x y a", positive=True)


def area(height: sp.Expr, low: Any, high: Any) -> sp.Expr:
    return sp.integrate(height, (x, low, high))


@chapter.recomputes("xii-applications-of-integrals-mcq-01")
def two_arches_of_the_sine() -> Any:
    arches = [area(sp.sin(x), 0, sp.pi), area(sp.sin(x), sp.pi, 2 * sp.pi)]
    return sum(map(abs, arches)), (0, 1, 2, 4)


@chapter.recomputes("xii-applications-of-integrals-vsa-01")
def region_under_a_parabola() -> Any:
    strip = 3 * (4 - 1)
    above = sp.integrate(4 - y**2 / 9, (y, 3, 6))
    return strip + above, r"\left[2x^{3/2}\right]_1^4 = 2(8 - 1) = 14$"


@chapter.recomputes("xii-applications-of-integrals-sa-01")
def ellipse_as_a_stretched_circle() -> Any:
    return sp.pi * 4**2 * sp.Rational(3, 4), r"$3 \times 4\pi = 12\pi$"


@chapter.recomputes("xii-applications-of-integrals-la-01")
def segment_of_a_circle() -> Any:
    sector, triangle = sp.pi * 8 / 4, sp.Rational(1, 2) * 8
    return sector - triangle, r"$2(2\pi - 2 - \pi) = 2\pi - 4$"


@chapter.recomputes("xii-applications-of-integrals-la-02")
def parabola_cut_in_half() -> Any:
    whole = sp.integrate(2 - y**2 / 8, (y, -4, 4))
    left = sp.Rational(2, 3) * 2 * sp.sqrt(8 * a) * a  # Archimedes: two thirds of the rectangle
    (answer,) = sp.solve(left - whole / 2, a)
    return [
        (whole, r"\frac{8\sqrt{2}}{3} \times 2\sqrt{2} = \frac{32}{3}$"),
        (answer, r"$a = \sqrt[3]{2}$"),
    ]


@chapter.recomputes("xii-applications-of-integrals-case-01")
def opening_of_a_bridge() -> Any:
    arch = 8 - x**2 / 8
    assert sp.solve(arch, x) == [8]
    whole = sp.Rational(2, 3) * 16 * 8  # Archimedes again
    middle, outer = 2 * area(arch, 0, 4), 2 * area(arch, 4, 8)
    assert whole == middle + outer
    return {
        "i": (whole, r"2\left(64 - \frac{64}{3}\right) = \frac{256}{3}$"),
        "ii": (middle, r"2\left(32 - \frac{8}{3}\right) = \frac{176}{3}$"),
        "ii-or": (outer, r"$2\left(\frac{128}{3} - \frac{88}{3}\right) = \frac{80}{3}$"),
    }


@pytest.mark.parametrize("code", chapter.recomputed)
def test_question_agrees_with_its_recomputation(code: str) -> None:
    chapter.verify(code)


def test_every_question_is_recomputed_or_argued() -> None:
    chapter.verify_coverage()
