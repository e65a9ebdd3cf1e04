"""Works the answers of seeds/reference/bank/x/areas-related-to-circles.yaml out again.

Arcs and sectors are integrated, with 22/7 for pi put in at the end.
"""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

from tests.features.bank.starter.harness import Chapter

chapter = Chapter("x/areas-related-to-circles", not_computable={})
SCHOOL_PI = sp.Rational(22, 7)
SCHOOL_ROOT = sp.Rational(173, 100)  # the value of the root of 3 that the question gives
r, turn = sp.symbols("r turn", positive=True)


def arc(radius: Any, degrees: Any) -> Any:
    return schooled(sp.integrate(radius, (turn, 0, sp.pi * degrees / 180)))


def sector(radius: Any, degrees: Any) -> Any:
    return schooled(sp.integrate(sp.integrate(r, (r, 0, radius)), (turn, 0, sp.pi * degrees / 180)))


def chord_triangle(radius: Any, degrees: int) -> Any:
    """The triangle of a chord and the radii to its ends, by its corners."""
    angle = sp.rad(degrees)
    return abs(sp.Triangle((0, 0), (radius, 0), (radius * sp.cos(angle), radius * sp.sin(angle))).area)


def schooled(value: Any) -> Any:
    return value.subs(sp.pi, SCHOOL_PI)


@chapter.recomputes("x-areas-related-to-circles-mcq-01")
def length_of_an_arc() -> Any:
    return arc(21, 120), (22, 44, 132, 462)


@chapter.recomputes("x-areas-related-to-circles-mcq-02")
def area_swept_by_a_minute_hand() -> Any:
    return sector(21, 10 * 6), (22, sp.Rational(231, 2), 231, 1386)


@chapter.recomputes("x-areas-related-to-circles-mcq-03")
def perimeter_of_a_quadrant() -> Any:
    return arc(7, 90) + 7 + 7, (11, 18, 22, 25)


@chapter.recomputes("x-areas-related-to-circles-mcq-04")
def angle_of_a_sector() -> Any:
    degrees = sp.Symbol("degrees", positive=True)
    (angle,) = sp.solve(sector(14, degrees) - 77, degrees)
    return angle, (8, 45, 90, 315)


@chapter.recomputes("x-areas-related-to-circles-ar-01")
def perimeter_of_a_semicircular_disc() -> Any:
    return arc(7, 180) + 2 * 7 == 36, arc(r, 180) + 2 * r == SCHOOL_PI * r


@chapter.recomputes("x-areas-related-to-circles-vsa-01")
def length_of_a_pendulum() -> Any:
    (length,) = sp.solve(arc(r, 30) - sp.Rational(88, 10), r)
    return length, r"l = \frac{8.8 \times 21}{11} = 16.8"


@chapter.recomputes("x-areas-related-to-circles-vsa-02")
def grazing_in_a_corner() -> Any:
    short, long = sector(7, 90), sector(14, 90)
    return [
        (short, r"\frac{1}{4} \times \frac{22}{7} \times 7^2 = 38.5"),
        (long, r"\frac{1}{4} \times \frac{22}{7} \times 14^2 = 154"),
        (long - short, "154 - 38.5 = 115.5"),
    ]


@chapter.recomputes("x-areas-related-to-circles-sa-01")
def segments_of_a_right_angle() -> Any:
    minor = sector(14, 90) - chord_triangle(14, 90)
    major = sector(14, 270) + chord_triangle(14, 90)
    return [(minor, "154 - 98 = 56"), (major, "616 - 56 = 560")]


@chapter.recomputes("x-areas-related-to-circles-la-01")
def segments_around_a_hexagon() -> Any:
    side = 2 * 42 * sp.sin(sp.rad(30))
    triangle = chord_triangle(42, 60).subs(sp.sqrt(3), SCHOOL_ROOT)
    segment = sector(42, 60) - triangle
    return [
        (arc(42, 60) + side, "44 + 42 = 86"),
        (sector(42, 60), r"\frac{60}{360} \times \frac{22}{7} \times 42^2 = 924"),
        (triangle, r"441 \times 1.73 = 762.93"),
        (segment, "924 - 762.93 = 161.07"),
        (6 * segment / 2, r"6 \times 161.07 \times 0.50 = 483.21"),
    ]


@pytest.mark.parametrize("code", chapter.recomputed)
def test_question_agrees_with_its_recomputation(code: str) -> None:
    chapter.verify(code)


def test_every_question_is_recomputed_or_argued() -> None:
    chapter.verify_coverage()
