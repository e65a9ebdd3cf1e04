"""Works the answers of seeds/reference/bank/x/coordinate-geometry.yaml out again.

Points are SymPy's own, and ratios come from distances along the segment.
"""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp
from sympy import Point

from tests.features.bank.starter.harness import Chapter

chapter = Chapter("x/coordinate-geometry", not_computable={})
x, y, k = sp.symbols("x y k")


def pair(point: Point) -> tuple[Any, Any]:
    return point.x, point.y


def ratio(start: Point, between: Point, end: Point) -> Any:
    """In which ratio a point of a segment divides it, counted from the start."""
    assert Point.is_collinear(start, between, end)
    return start.distance(between) / between.distance(end)


def dividing(start: Point, end: Point, first: int, second: int) -> tuple[Any, Any]:
    """The point reached after first/(first + second) of the way."""
    return pair(start + (end - start) * sp.Rational(first, first + second))


@chapter.recomputes("x-coordinate-geometry-mcq-01")
def distance_of_two_points() -> Any:
    return Point(-3, 5).distance(Point(5, -1)), (2 * sp.sqrt(5), 10, 14, 100)


@chapter.recomputes("x-coordinate-geometry-mcq-02")
def other_end_from_the_mid_point() -> Any:
    middle, end = Point(2, -1), Point(-4, 3)
    return pair(middle + (middle - end)), ((-10, 7), (-1, 1), (6, -4), (8, -5))


@chapter.recomputes("x-coordinate-geometry-mcq-03")
def equidistant_point_of_the_x_axis() -> Any:
    bisector = sp.Segment(Point(-1, 4), Point(5, 2)).perpendicular_bisector()
    (point,) = bisector.intersection(sp.Line((0, 0), (1, 0)))
    return pair(point), ((1, 0), (2, 0), (2, 3), (0, -3))


@chapter.recomputes("x-coordinate-geometry-mcq-04")
def ratio_cut_by_the_y_axis() -> Any:
    start, end = Point(-4, 5), Point(6, -3)
    (point,) = sp.Line(start, end).intersection(sp.Line((0, 0), (0, 1)))
    choices = tuple(sp.Rational(*terms) for terms in ((3, 2), (3, 5), (2, 3), (5, 3)))
    return ratio(start, point, end), choices


@chapter.recomputes("x-coordinate-geometry-mcq-05")
def diameter_of_a_circle() -> Any:
    return 2 * Point(3, -2).distance(Point(-1, 1)), (5, 10, 25, 50)


@chapter.recomputes("x-coordinate-geometry-mcq-06")
def coordinate_from_a_distance() -> Any:
    (value,) = (root for root in sp.solve((k - 1) ** 2 + (3 + 5) ** 2 - 100, k) if root > 0)
    return value, (5, 6, 7, 37)


@chapter.recomputes("x-coordinate-geometry-ar-01")
def distances_from_origin_and_axis() -> Any:
    point = Point(-5, 12)
    x_axis = sp.Line((0, 0), (1, 0))
    return point.distance(Point(0, 0)) == 13, x_axis.distance(point) == abs(point.x)


@chapter.recomputes("x-coordinate-geometry-vsa-01")
def points_on_a_line() -> Any:
    a, b, c = Point(1, -1), Point(5, 2), Point(9, 5)
    assert Point.is_collinear(a, b, c)
    return [
        (a.distance(b), r"AB = \sqrt{4^2 + 3^2} = 5"),
        (b.distance(c), r"BC = \sqrt{4^2 + 3^2} = 5"),
        (a.distance(c), r"AC = \sqrt{8^2 + 6^2} = 10"),
    ]


@chapter.recomputes("x-coordinate-geometry-vsa-02")
def ratio_and_coordinate() -> Any:
    start, end = Point(-5, 2), Point(4, 5)
    (point,) = sp.Line(start, end).intersection(sp.Line((1, 0), (1, 1)))
    return [
        (ratio(start, point, end), "m = 2"),
        (point.y, r"k = \frac{2 \times 5 + 1 \times 2}{2 + 1} = 4"),
    ]


@chapter.recomputes("x-coordinate-geometry-sa-01")
def vertices_of_a_square() -> Any:
    a, b, c, d = Point(1, 2), Point(5, 4), Point(3, 8), Point(-1, 6)
    assert sp.Polygon(a, b, c, d).is_convex()
    assert {one.distance(two) for one, two in ((a, b), (b, c), (c, d), (d, a))} == {sp.sqrt(20)}
    assert (b - a).dot(c - b) == 0
    return [
        (d.distance(a), r"DA = \sqrt{2^2 + (-4)^2} = \sqrt{20}"),
        (a.distance(c), r"AC = \sqrt{2^2 + 6^2} = \sqrt{40}"),
        (b.distance(d), r"BD = \sqrt{(-6)^2 + 2^2} = \sqrt{40}"),
    ]


@chapter.recomputes("x-coordinate-geometry-sa-02")
def points_of_trisection() -> Any:
    a, b = Point(-3, 5), Point(6, -4)
    return [
        (dividing(a, b, 1, 2), "= (0, 2)"),
        (dividing(a, b, 2, 1), "= (3, -1)"),
        (a.distance(b) / 3, r"PQ = \sqrt{3^2 + (-3)^2} = 3\sqrt{2}"),
    ]


@chapter.recomputes("x-coordinate-geometry-case-01")
def map_of_a_town() -> Any:
    school, hospital, library = Point(2, 3), Point(8, 11), Point(9, 4)
    assert sp.Triangle(school, library, hospital).angles[library] == sp.pi / 2
    return {
        "i": (school.distance(hospital), r"\sqrt{36 + 64} = 10"),
        "ii": (pair(school.midpoint(hospital)), "= (5, 7)"),
        "iii": (
            dividing(school, hospital, 1, 3),
            r"= \left(\frac{7}{2}, 5\right)",
        ),
        "iii-or": [
            (school.distance(library), r"SL = \sqrt{7^2 + 1^2} = \sqrt{50}"),
            (library.distance(hospital), r"LH = \sqrt{(-1)^2 + 7^2} = \sqrt{50}"),
        ],
    }


@chapter.recomputes("x-coordinate-geometry-case-02")
def drones_in_a_parallelogram() -> Any:
    p, q, r = Point(-4, 1), Point(2, -3), Point(8, 5)
    stop = Point(dividing(p, r, 1, 3))
    assert stop == p.midpoint(Point(2, 3))
    return {
        "i": (pair(p.midpoint(r)), "= (2, 3)"),
        "ii": (p.distance(q), r"\sqrt{52} = 2\sqrt{13}"),
        "iii": [
            (pair(p + (r - q)), "S = (2, 9)"),
            (q.distance(r), r"QR = \sqrt{6^2 + 8^2} = 10"),
        ],
        "iii-or": (pair(stop), "= (-1, 2)"),
    }


@chapter.recomputes("x-coordinate-geometry-case-03")
def circular_flower_bed() -> Any:
    centre, lamp = Point(3, 4), Point(7, 7)
    boundary = sp.Circle(centre, centre.distance(lamp))
    left, right = sorted(boundary.intersection(sp.Line((0, 0), (1, 0))), key=lambda point: point.x)
    bisector = sp.Segment(lamp, Point(-1, 1)).perpendicular_bisector()
    (tap,) = bisector.intersection(sp.Line((0, 0), (0, 1)))
    return {
        "i": (boundary.radius, r"\sqrt{16 + 9} = 5"),
        "ii": (pair(centre + (centre - lamp)), "B = (-1, 1)"),
        "iii": [(pair(left), "(0, 0)"), (pair(right), "(6, 0)")],
        "iii-or": (pair(tap), "(0, 8)"),
    }


@pytest.mark.parametrize("code", chapter.recomputed)
def test_question_agrees_with_its_recomputation(code: str) -> None:
    chapter.verify(code)


def test_every_question_is_recomputed_or_argued() -> None:
    chapter.verify_coverage()
