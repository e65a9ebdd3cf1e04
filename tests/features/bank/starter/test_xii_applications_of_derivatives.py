"""Works the answers of seeds/reference/bank/xii/applications-of-derivatives.yaml out again."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp
from sympy.calculus.util import maximum, minimum

from tests.features.bank.starter.harness import Chapter

chapter = Chapter("xii/applications-of-derivatives", not_computable={})
x, t = sp.symbols("x t", real=True)
tenth = sp.Rational(1, 10)


def rising(f: sp.Expr, within: sp.Set = sp.S.Reals) -> sp.Set:
    return sp.solveset(f.diff(x) > 0, x, sp.S.Reals) & within


def falling(f: sp.Expr, within: sp.Set = sp.S.Reals) -> sp.Set:
    return sp.solveset(f.diff(x) < 0, x, sp.S.Reals) & within


def place_of_maximum(f: sp.Expr, low: int, high: int) -> sp.Expr:
    """The one place of an interval where a function takes its maximum."""
    interval = sp.Interval(low, high)
    (place,) = sp.solveset(sp.Eq(f, maximum(f, x, interval)), x, interval)
    return place


@chapter.recomputes("xii-applications-of-derivatives-mcq-01")
def growing_cube() -> Any:
    edge = 5 + 2 * t
    return sp.diff(6 * edge**2, t).subs(t, 0), (60, 120, 150, 300)


@chapter.recomputes("xii-applications-of-derivatives-mcq-02")
def interval_of_decrease() -> Any:
    ends = (-sp.oo, 1), (-2, -1), (1, 2), (2, sp.oo)
    choices = tuple(sp.Interval.open(*pair) for pair in ends)
    return falling(2 * x**3 - 9 * x**2 + 12 * x), choices


@chapter.recomputes("xii-applications-of-derivatives-mcq-03")
def highest_value_of_a_decaying_product() -> Any:
    answer = maximum(x * sp.exp(-x), x, sp.Interval(0, 10))
    return answer, (1 / sp.E, sp.Rational(1, 2), 1, sp.E)


@chapter.recomputes("xii-applications-of-derivatives-vsa-01")
def sliding_ladder() -> Any:
    top = sp.sqrt(169 - (12 + t / 2) ** 2)
    return top.diff(t).subs(t, 0), r"\frac{12}{5} \times 0.5 = -\frac{6}{5}"


@chapter.recomputes("xii-applications-of-derivatives-vsa-02")
def always_increasing() -> Any:
    slope = sp.diff(x**3 - 3 * x**2 + 6 * x - 100, x)
    return minimum(slope, x), "the least value of the derivative is $3$"


@chapter.recomputes("xii-applications-of-derivatives-sa-01")
def intervals_of_a_quartic() -> Any:
    f = 3 * x**4 - 4 * x**3 - 12 * x**2 + 5
    opened = sp.Interval.open
    assert rising(f) == opened(-1, 0) | opened(2, sp.oo)
    assert falling(f) == opened(-sp.oo, -1) | opened(0, 2)
    return [
        (rising(f), r"strictly increasing on $(-1, 0) \cup (2, \infty)$"),
        (falling(f), r"strictly decreasing on $(-\infty, -1) \cup (0, 2)$"),
    ]


@chapter.recomputes("xii-applications-of-derivatives-la-01")
def cylinder_in_a_cone() -> Any:
    volume = sp.pi * (6 * (1 - x / 12)) ** 2 * x  # x is the height here, the radius there
    height = place_of_maximum(volume, 0, 12)
    assert height == sp.Rational(12, 3)
    return [
        (height, "$h = 12 - 8 = 4$"),
        (volume.subs(x, height), r"$V = \pi \times 16 \times 4 = 64\pi$"),
    ]


@chapter.recomputes("xii-applications-of-derivatives-case-01")
def open_box() -> Any:
    volume = x * (18 - 2 * x) ** 2
    best = place_of_maximum(volume, 0, 9)
    inside, opened = sp.Interval.open(0, 9), sp.Interval.open
    assert (rising(volume, inside), falling(volume, inside)) == (opened(0, 3), opened(3, 9))
    return {
        "i": (volume, "$V = x(18 - 2x)^2$"),
        "ii": (volume.diff(x), r"$\frac{dV}{dx} = 12(9 - x)(3 - x)$"),
        "iii": [
            (best, "greatest at $x = 3$"),
            (volume.subs(x, best), r"$3 \times 12^2 = 432$"),
        ],
        "iii-or": (best, "increases on $(0, 3)$ and decreases on $(3, 9)$"),
    }


@chapter.recomputes("xii-applications-of-derivatives-case-02")
def rooms_of_a_guest_house() -> Any:
    revenue = sp.expand((600 + 10 * x) * (100 - x))
    most = place_of_maximum(revenue, 0, 100)
    profit = (600 + 10 * x - 100) * (100 - x)
    best = place_of_maximum(profit, 0, 100)
    assert 600 + 10 * most == 800
    return {
        "i": (revenue, "$R(x) = (600 + 10x)(100 - x) = 60000 + 400x - 10x^2$"),
        "ii": (most, "zero for $x = 20$"),
        "iii": [
            (800, "price of a room is ₹800"),
            (revenue.subs(x, most), r"$80 \times 800 = 64000$"),
        ],
        "iii-or": [(best, "zero for $x = 25$"), (600 + 10 * best, "$600 + 250 = 850$")],
    }


@chapter.recomputes("xii-applications-of-derivatives-case-03")
def shadow_of_a_walking_child() -> Any:
    s = sp.Symbol("s", positive=True)
    (shadow,) = sp.solve(sp.Eq(6 * s, 15 * tenth * (x + s)), s)
    walk = 12 * tenth * t
    rate = shadow.subs(x, walk).diff(t)
    tip = (x + shadow).subs(x, walk).diff(t)
    apart = sp.sqrt((6 + walk) ** 2 + (45 * tenth) ** 2)
    return {
        "i": (shadow, r"$s = \frac{x}{3}$"),
        "ii": (rate, r"$\frac{ds}{dt} = \frac{1}{3}\frac{dx}{dt} = \frac{1}{3} \times 1.2 = 0.4$"),
        "iii": (tip, r"$\frac{4}{3} \times 1.2 = 1.6$"),
        "iii-or": (apart.diff(t).subs(t, 0), r"$\frac{dD}{dt} = \frac{6 \times 1.2}{7.5} = 0.96$"),
    }


@chapter.recomputes("xii-applications-of-derivatives-case-04")
def toy_train() -> Any:
    height, hall = x**3 - 6 * x**2 + 9 * x + 2, sp.Interval(0, 5)
    opened = sp.Interval.open
    assert rising(height, hall) == sp.Interval.Ropen(0, 1) | sp.Interval.Lopen(3, 5)
    assert falling(height, hall) == opened(1, 3)
    assert (maximum(height, x, hall), minimum(height, x, hall)) == (22, 2)
    assert sp.solveset(sp.Eq(height, 2), x, hall) == sp.FiniteSet(0, 3)
    return {
        "i": (height, "rises on $(0, 1)$ and $(3, 5)$ and falls on $(1, 3)$"),
        "ii": (22, "greatest height is $22$ m, at $x = 5$; the least height is $2$ m"),
    }


@chapter.recomputes("xii-applications-of-derivatives-case-05")
def field_along_a_canal() -> Any:
    area = x * (200 - 2 * x)
    best = place_of_maximum(area, 0, 100)
    closed = x * (100 - x)
    square = place_of_maximum(closed, 0, 100)
    assert square == 100 - square
    return {
        "i": (area.diff(x), r"$\frac{dA}{dx} = 200 - 4x$"),
        "ii": [(best, "$x = 50$"), (area.subs(x, best), r"$50 \times 100 = 5000$")],
        "ii-or": (closed.subs(x, square), "$50^2 = 2500$"),
    }


@pytest.mark.parametrize("code", chapter.recomputed)
def test_question_agrees_with_its_recomputation(code: str) -> None:
    chapter.verify(code)


def test_every_question_is_recomputed_or_argued() -> None:
    chapter.verify_coverage()
