"""Works the answers of seeds/reference/bank/xii/three-dimensional-geometry.yaml out again."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

from tests.features.bank.starter.harness import Chapter, ijk

chapter = Chapter("xii/three-dimensional-geometry", not_computable={})
s, t = sp.symbols("s t", real=True)


def vec(*entries: Any) -> sp.Matrix:
    return sp.Matrix(entries)


def direction(x: sp.Expr, y: sp.Expr, z: sp.Expr) -> sp.Matrix:
    """The direction of the line whose three members, given as inverse functions, equal t."""
    return vec(x, y, z).diff(t)


def nearest(point: sp.Matrix, start: sp.Matrix, along: sp.Matrix) -> sp.Matrix:
    """The point of a line that makes the squared distance least."""
    on_line = start + t * along
    apart = on_line - point
    (best,) = sp.solve(apart.dot(apart).diff(t), t)
    return on_line.subs(t, best)


@chapter.recomputes("xii-three-dimensional-geometry-mcq-01")
def third_direction_angle() -> Any:
    third = sp.sqrt(1 - sp.cos(sp.pi / 3) ** 2 - sp.cos(sp.pi / 4) ** 2)
    return sp.deg(sp.acos(third)), (30, 45, 60, 75)


@chapter.recomputes("xii-three-dimensional-geometry-mcq-02")
def direction_ratios_from_an_unusual_form() -> Any:
    ratios = direction(2 * t + 1, 3 - 4 * t, (6 * t - 1) / 2)
    return tuple(ratios), ((2, -4, 3), (2, -4, 6), (2, 4, 3), (2, 4, 6))


@chapter.recomputes("xii-three-dimensional-geometry-mcq-03")
def parameter_of_perpendicular_lines() -> Any:
    (answer,) = sp.solve(vec(3, s, 2).dot(vec(2, -4, 1)), s)
    return answer, (-6, -2, 1, 2)


@chapter.recomputes("xii-three-dimensional-geometry-mcq-04")
def line_parallel_to_an_axis() -> Any:
    point, axis = (1, -2, 3), (0, 0, 1)
    choices = ((0, 0, 0), point), (point, axis), (point, (1, 1, 0)), (axis, point)
    return (point, axis), choices


@chapter.recomputes("xii-three-dimensional-geometry-mcq-05")
def angle_between_two_directions() -> Any:
    a, b = vec(1, 2, 1), vec(1, 1, 0)
    tangent = a.cross(b).norm() / a.dot(b)
    return sp.atan(tangent), (sp.pi / 6, sp.pi / 4, sp.pi / 3, sp.pi / 2)


@chapter.recomputes("xii-three-dimensional-geometry-mcq-06")
def third_coordinate_of_a_parallel_line() -> Any:
    along = vec(4, 3, s) - vec(2, -1, 3)
    found = sp.solve(list(along.cross(vec(1, 2, -3))), s)
    return found[s], (-3, 0, 6, 9)


@chapter.recomputes("xii-three-dimensional-geometry-ar-01")
def perpendicular_lines_through_the_origin() -> Any:
    first, second = vec(1, 2, 3), vec(2, -1, 0)
    meeting = sp.solve(list(s * first - t * second), [s, t])
    return first.dot(second) == 0, meeting == {s: 0, t: 0}


@chapter.recomputes("xii-three-dimensional-geometry-vsa-01")
def parallel_through_a_point() -> Any:
    along = direction(2 * t + 3, -5 * t - 1, 6 - 4 * t)
    return [
        (along, f"parallel to ${ijk(along)}$"),
        (along, rf"$\vec{{r}} = {ijk(vec(5, -2, 3))} + \lambda({ijk(along)})$"),
        (tuple(along), r"\frac{x - 5}{2} = \frac{y + 2}{-5} = \frac{z - 3}{-4}"),
    ]


@chapter.recomputes("xii-three-dimensional-geometry-vsa-02")
def crossing_of_a_coordinate_plane() -> Any:
    p, q = vec(1, 3, 2), vec(4, 0, -4)
    on_line = p + t * (q - p)
    (at,) = sp.solve(on_line[2], t)
    return [(at, r"$\lambda = \frac{1}{3}$"), (tuple(on_line.subs(t, at)), "$(2, 2, 0)$")]


@chapter.recomputes("xii-three-dimensional-geometry-vsa-03")
def direction_cosines_from_equal_members() -> Any:
    along = direction((t + 2) / 6, (t - 1) / 3, (t + 2) / 2)
    return tuple(along.normalized()), (r"$\frac{1}{\sqrt{14}}, \frac{2}{\sqrt{14}}, \frac{3}{\sqrt{14}}$")


@chapter.recomputes("xii-three-dimensional-geometry-vsa-04")
def angle_between_two_lines() -> Any:
    first, second = direction(2 * t + 2, 1 - t, 2 * t + 4), direction(6 * t, 2 * t + 5, 3 * t - 1)
    assert (first.norm(), second.norm()) == (3, 7)
    third_side = (first - second).norm()
    cosine = (3**2 + 7**2 - third_side**2) / (2 * 3 * 7)
    return sp.acos(cosine), r"\theta = \cos^{-1}\left(\frac{16}{21}\right)$"


@chapter.recomputes("xii-three-dimensional-geometry-sa-01")
def points_at_a_distance() -> Any:
    start, along = vec(1, -2, 3), vec(2, -1, 2)
    near, far = start + 6 * along.normalized(), start - 6 * along.normalized()
    return [(tuple(near), "$(5, -4, 7)$"), (tuple(far), "$(-3, 0, -1)$")]


@chapter.recomputes("xii-three-dimensional-geometry-la-01")
def foot_and_image() -> Any:
    point = vec(6, 3, 1)
    foot = nearest(point, vec(1, 0, 2), vec(1, 2, -1))
    image = point + 2 * (foot - point)
    assert (tuple(foot), tuple(image)) == ((3, 4, 0), (0, 5, -1))
    return [
        (tuple(foot), "The foot of the perpendicular is $F(3, 4, 0)$"),
        ((foot - point).norm(), r"\sqrt{(3 - 6)^2 + (4 - 3)^2 + (0 - 1)^2} = \sqrt{11}$"),
        (tuple(image), "The image is $P_1(0, 5, -1)$"),
    ]


@chapter.recomputes("xii-three-dimensional-geometry-la-02")
def least_distance_of_skew_lines() -> Any:
    first, second = vec(1, 0, 2), vec(4, 3, -1)
    along, across = vec(1, 2, 2), vec(2, -2, 1)
    apart = (second + t * across) - (first + s * along)
    squared = sp.expand(apart.dot(apart))
    best = sp.solve([squared.diff(s), squared.diff(t)], [s, t])
    product = along.cross(across)
    return [
        (product, f"= {ijk(product)}$"),
        (sp.sqrt(squared.subs(best)), r"$d = \frac{45}{9} = 5$"),
    ]


@chapter.recomputes("xii-three-dimensional-geometry-la-03")
def meeting_point_and_common_perpendicular() -> Any:
    first, along = vec(1, -1, 2), vec(2, 2, 3)
    second, across = vec(1, 3, 1), vec(1, -1, 2)
    values = sp.solve(list(first + s * along - second - t * across), [s, t])
    meeting = (first + s * along).subs(values)
    (normal,) = sp.Matrix([list(along), list(across)]).nullspace()
    normal = normal * 7 / normal[0]
    return [
        (tuple(meeting), "at the point $(3, 1, 5)$"),
        (normal, f"= {ijk(normal)}$"),
        (normal, rf"$\vec{{r}} = {ijk(meeting)} + \nu({ijk(normal)})$"),
    ]


@pytest.mark.parametrize("code", chapter.recomputed)
def test_question_agrees_with_its_recomputation(code: str) -> None:
    chapter.verify(code)


def test_every_question_is_recomputed_or_argued() -> None:
    chapter.verify_coverage()
