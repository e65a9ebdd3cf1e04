"""Works the answers of seeds/reference/bank/x/circles.yaml out again, on a grid where possible."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp
from sympy import Point

from tests.features.bank.starter.harness import Chapter, same

chapter = Chapter(
    "x/circles",
    not_computable={
        "x-circles-vsa-01": "a proof that tangents at the ends of a diameter are parallel",
        "x-circles-sa-01": "a proof that a circumscribed parallelogram is a rhombus",
    },
)
ORIGIN = Point(0, 0)
r = sp.Symbol("r", positive=True)


def seen_at(radius: Any, angle: int) -> tuple[Point, Point, Point]:
    """A point from which a circle about the origin is seen at this angle, and its contacts."""
    half = sp.rad(sp.Rational(angle, 2))
    outside = Point(radius / sp.sin(half), 0)
    contact = Point(radius * sp.sin(half), radius * sp.cos(half))
    assert same(contact.dot(contact - outside), 0)
    return outside, contact, Point(contact.x, -contact.y)


def degrees(first: Point, vertex: Point, second: Point) -> Any:
    """The angle at the vertex, rounded to a whole degree after a check that it is one."""
    angle = sp.N(sp.deg(sp.acos(cosine(first - vertex, second - vertex))), 20)
    assert abs(angle - round(angle)) < sp.Float("1e-12")
    return sp.Integer(round(angle))


def cosine(one: Point, other: Point) -> Any:
    return one.dot(other) / (one.distance(ORIGIN) * other.distance(ORIGIN))


@chapter.recomputes("x-circles-mcq-01")
def radius_from_a_tangent() -> Any:
    (radius,) = (
        value
        for value in range(1, 26)
        if sp.Circle(ORIGIN, value).tangent_lines(Point(26, 0))[0].p2.distance(Point(26, 0)) == 24
    )
    return radius, (2, 10, 2 * sp.sqrt(313), 50)


@chapter.recomputes("x-circles-mcq-02")
def angle_between_radius_and_chord() -> Any:
    _, a, b = seen_at(sp.Integer(1), 50)
    return degrees(ORIGIN, a, b), (25, 40, 50, 65)


@chapter.recomputes("x-circles-mcq-03")
def fourth_side_around_a_circle() -> Any:
    from_a, from_b, from_c, from_d = sp.symbols("a b c d")
    tangents = sp.linsolve(
        [from_a + from_b - 7, from_b + from_c - 5, from_c + from_d - 8],
        [from_a, from_b, from_c, from_d],
    )
    ((at_a, _, _, at_d),) = tangents
    return sp.simplify(at_a + at_d), (4, 5, 6, 10)


@chapter.recomputes("x-circles-mcq-04")
def chord_touching_the_inner_circle() -> Any:
    tangent = sp.Line(Point(0, 5), Point(1, 5))
    first, second = sp.Circle(ORIGIN, 13).intersection(tangent)
    return first.distance(second), (8, 12, 18, 24)


@chapter.recomputes("x-circles-mcq-05")
def chord_between_contacts() -> Any:
    outside, a, b = seen_at(6 * sp.tan(sp.pi / 6), 60)
    assert sp.simplify(outside.distance(a)) == 6
    return sp.simplify(a.distance(b)), (3, 3 * sp.sqrt(3), 6, 6 * sp.sqrt(3))


@chapter.recomputes("x-circles-ar-01")
def angle_at_the_centre() -> Any:
    outside, a, b = seen_at(sp.Integer(1), 70)
    return degrees(a, ORIGIN, b) == 110, same(outside.distance(a), outside.distance(b))


@chapter.recomputes("x-circles-vsa-02")
def tangents_from_the_corners() -> Any:
    ad, be, cf = sp.symbols("ad be cf")
    ((at_a, at_b, at_c),) = sp.linsolve([ad + be - 13, be + cf - 15, cf + ad - 14], ad, be, cf)
    return [
        (at_a, "x = 21 - 15 = 6"),
        (at_b, "y = 21 - 14 = 7"),
        (at_c, "z = 21 - 13 = 8"),
    ]


@chapter.recomputes("x-circles-sa-02")
def tangents_at_the_ends_of_a_chord() -> Any:
    half, distance = 12, sp.sqrt(15**2 - 12**2)
    p, q = Point(half, distance), Point(-half, distance)
    tangents = [sp.Line(ORIGIN, point).perpendicular_line(point) for point in (p, q)]
    (t,) = tangents[0].intersection(tangents[1])
    return [
        (distance, r"OR = \sqrt{15^2 - 12^2} = 9"),
        (t.distance(p), r"TP = \frac{12 \times 15}{9} = 20"),
    ]


@chapter.recomputes("x-circles-la-01")
def incircle_of_a_right_triangle() -> Any:
    triangle = sp.Triangle(Point(0, 8), Point(0, 0), Point(15, 0))
    return [
        (max(side.length for side in triangle.sides), r"AC = \sqrt{8^2 + 15^2} = 17"),
        (triangle.inradius, "r = 3"),
    ]


@chapter.recomputes("x-circles-la-02")
def tangent_between_parallel_tangents() -> Any:
    a, b = Point(4, r), Point(9, -r)
    touching = sp.Eq(sp.Line(a, b).distance(ORIGIN) ** 2, r**2)
    (radius,) = sp.solve(touching, r)
    assert (a.dot(b)).subs(r, radius) == 0
    return [
        (a.distance(b).subs(r, radius), "AB = 4 + 9 = 13"),
        (radius, "OC = 6"),
    ]


@pytest.mark.parametrize("code", chapter.recomputed)
def test_question_agrees_with_its_recomputation(code: str) -> None:
    chapter.verify(code)


def test_every_question_is_recomputed_or_argued() -> None:
    chapter.verify_coverage()
