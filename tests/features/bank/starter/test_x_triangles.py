"""Works the answers of seeds/reference/bank/x/triangles.yaml out again.

Where a figure can be placed on a grid, lengths are measured there instead of by proportion.
"""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp
from sympy import Point

from tests.features.bank.starter.harness import Chapter

chapter = Chapter("x/triangles", not_computable={})
x = sp.Symbol("x", positive=True)


def along(start: Point, end: Point, length: Any) -> Point:
    """The point at this distance from the start on the ray towards the end."""
    return start + (end - start) * length / start.distance(end)


@chapter.recomputes("x-triangles-mcq-01")
def part_cut_off_by_a_parallel() -> Any:
    a, direction = Point(0, 0), Point(3, 4)
    d, b = Point(3, 0), Point(sp.Rational(15, 2), 0)
    e = along(a, direction, 4)
    (c,) = sp.Line(d, e).parallel_line(b).intersection(sp.Line(a, direction))
    return e.distance(c), (sp.Rational(8, 3), sp.Rational(11, 2), 6, 10)


@chapter.recomputes("x-triangles-mcq-02")
def side_from_the_perimeters() -> Any:
    small = sp.Triangle(sss=(8, 10, 12))
    large = small.scale(sp.Rational(45, 30), sp.Rational(45, 30))
    assert (small.perimeter, large.perimeter) == (30, 45)
    return min(side.length for side in large.sides), (sp.Rational(16, 3), 12, 18, 23)


@chapter.recomputes("x-triangles-mcq-03")
def tree_by_its_shadow() -> Any:
    light = sp.Line(Point(0, 0), Point(3, 2))
    (top,) = light.intersection(sp.Line(Point(9, 0), Point(9, 1)))
    return top.y, (6, 8, sp.Rational(27, 2), 18)


@chapter.recomputes("x-triangles-mcq-04")
def third_angle() -> Any:
    return 180 - 57 - 73, (50, 57, 73, 130)


@chapter.recomputes("x-triangles-mcq-05")
def diagonals_of_a_trapezium() -> Any:
    a, c, b, d = Point(-x, 0), Point(4, 0), Point(0, 9), Point(0, -x)
    (value,) = sp.solve((b - a).x * (d - c).y - (b - a).y * (d - c).x, x)
    return value, (sp.Rational(9, 4), 5, 6, sp.Rational(13, 2))


@chapter.recomputes("x-triangles-ar-01")
def converse_of_proportionality() -> Any:
    a, b, c = Point(0, 0), Point(5, 0), Point(6, 8)
    d, e = along(a, b, 2), along(a, c, 4)
    s, u, v = sp.symbols("s u v", positive=True)
    third, cut = Point(0, u) - Point(v, 0), Point(0, s * u) - Point(s * v, 0)
    parallel = sp.expand(third.x * cut.y - third.y * cut.x) == 0
    return sp.Line(d, e).is_parallel(sp.Line(b, c)), parallel


@chapter.recomputes("x-triangles-ar-02")
def isosceles_triangles_differ() -> Any:
    one, other = sp.Triangle(sss=(5, 5, 6)), sp.Triangle(sss=(5, 5, 8))
    equiangular = sp.Triangle(asa=(50, 7, 60)), sp.Triangle(asa=(50, 3, 60))
    ratios = {
        sp.N(first.length / second.length, 15)
        for first, second in zip(*(triangle.sides for triangle in equiangular), strict=True)
    }
    return one.is_similar(other), max(ratios) - min(ratios) < sp.Float("1e-12")


@chapter.recomputes("x-triangles-vsa-01")
def parallel_by_equal_ratios() -> Any:
    a, b, c = Point(0, 0), Point(12, 0), Point(0, 18)
    d, e = along(a, b, 8), along(a, c, 12)
    assert sp.Line(d, e).is_parallel(sp.Line(b, c))
    return [
        (a.distance(d) / d.distance(b), r"\frac{AD}{DB} = \frac{8}{4} = 2"),
        (a.distance(e) / e.distance(c), r"\frac{AE}{EC} = \frac{12}{6} = 2"),
    ]


@chapter.recomputes("x-triangles-vsa-02")
def side_by_a_shared_angle() -> Any:
    c, d, b = Point(0, 0), Point(4, 0), Point(16, 0)
    a = Point(3 * x / 5, 4 * x / 5)
    (length,) = sp.solve(tangent(d, a, c) - tangent(a, c, b), x)
    return length, "CA = 8"


def tangent(vertex: Point, first: Point, second: Point) -> Any:
    """The tangent of the angle at the vertex, turning from the first side to the second."""
    one, other = first - vertex, second - vertex
    return (one.x * other.y - one.y * other.x) / one.dot(other)


@chapter.recomputes("x-triangles-sa-01")
def line_through_a_parallelogram() -> Any:
    a, b, d = Point(0, 0), Point(10, 0), Point(0, 9)
    c, e = b + d, along(Point(0, 0), d, 15)
    (f,) = sp.Line(b, e).intersection(sp.Line(c, d))
    assert sp.Triangle(a, b, e).is_similar(sp.Triangle(c, f, b))
    return c.distance(f), r"CF = \frac{10 \times 9}{15} = 6"


@chapter.recomputes("x-triangles-sa-02")
def shadow_of_a_walking_boy() -> Any:
    walked = sp.Rational(12, 10) * 5
    light = sp.Line(Point(0, 6), Point(walked, sp.Rational(3, 2)))
    (tip,) = light.intersection(sp.Line(Point(0, 0), Point(1, 0)))
    return [(walked, r"1.2 \times 5 = 6"), (tip.x - walked, "x = 2")]


@chapter.recomputes("x-triangles-la-01")
def unknown_from_a_parallel() -> Any:
    (value,) = sp.solve(x / (x + 1) - (x + 3) / (x + 5), x)
    return value, "x = 3"


@chapter.recomputes("x-triangles-la-02")
def parallel_through_the_diagonals() -> Any:
    a, b, c, d = Point(0, 0), Point(12, 0), Point(8, 5), Point(2, 5)
    (o,) = sp.Line(a, c).intersection(sp.Line(b, d))
    middle = sp.Line(a, b).parallel_line(o)
    (e,), (f,) = middle.intersection(sp.Line(a, d)), middle.intersection(sp.Line(b, c))
    assert (d.distance(c), e.distance(o)) == (6, o.distance(f))
    return [
        (a.distance(o) / a.distance(c), r"\frac{AO}{AC} = \frac{2}{3}"),
        (e.distance(o), r"EO = \frac{2}{3} \times 6 = 4"),
        (e.distance(f), r"EF = 2 \times 4 = 8"),
    ]


@pytest.mark.parametrize("code", chapter.recomputed)
def test_question_agrees_with_its_recomputation(code: str) -> None:
    chapter.verify(code)


def test_every_question_is_recomputed_or_argued() -> None:
    chapter.verify_coverage()
