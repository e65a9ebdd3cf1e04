"""Works the answers of seeds/reference/bank/x/heights-and-distances.yaml out again.

Lines of sight are drawn with their slope and met with the ground or a vertical.
"""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp
from sympy import Point

from tests.features.bank.starter.harness import Chapter

chapter = Chapter("x/heights-and-distances", not_computable={})
root = sp.sqrt(3)
SCHOOL_ROOT = sp.Rational(173, 100)  # the value of the root of 3 that the questions give
GROUND = sp.Line(Point(0, 0), Point(1, 0))


def sight(start: Point, degrees: int) -> sp.Line:
    """The line of sight that rises (or, below zero, falls) at this angle to the right."""
    return sp.Line(start, slope=sp.tan(sp.rad(degrees)))


def on_the_ground(line: sp.Line) -> Any:
    (point,) = line.intersection(GROUND)
    return point.x


def at_distance(line: sp.Line, distance: Any) -> Any:
    """The height of a line of sight above a place of the ground."""
    (point,) = line.intersection(sp.Line(Point(distance, 0), Point(distance, 1)))
    return point.y


def angle_over(distance: Any, height: Any) -> Any:
    """At how many degrees a height is seen from this distance, where it is a whole number."""
    (angle,) = (degrees for degrees in range(90) if sp.tan(sp.rad(degrees)) == height / distance)
    return angle


@chapter.recomputes("x-heights-and-distances-mcq-01")
def length_of_a_ladder() -> Any:
    top = Point(4, at_distance(sight(Point(0, 0), 60), 4))
    return top.distance(Point(0, 0)), (2, 8 / root, 4 * root, 8)


@chapter.recomputes("x-heights-and-distances-mcq-02")
def elevation_of_the_sun() -> Any:
    return angle_over(root, 1), (30, 45, 60, 90)


@chapter.recomputes("x-heights-and-distances-la-01")
def ships_on_opposite_sides() -> Any:
    top = Point(0, 60 * root)
    far, near = on_the_ground(sight(top, -30)), -on_the_ground(sight(top, 60))
    return [
        (far, r"BC = 60\sqrt{3} \times \sqrt{3} = 180"),
        (near, r"BD = \frac{60\sqrt{3}}{\sqrt{3}} = 60"),
        (far + near, "CD = BC + BD = 180 + 60 = 240"),
    ]


@chapter.recomputes("x-heights-and-distances-la-02")
def tower_seen_from_a_building() -> Any:
    roof = Point(0, 30)
    distance = on_the_ground(sight(roof, -60))
    return [
        (distance, r"x = \frac{30}{\sqrt{3}} = 10\sqrt{3}"),
        (distance / root * SCHOOL_ROOT, r"10 \times 1.73 = 17.3"),
        (at_distance(sight(roof, 30), distance), "CD = CE + ED = 10 + 30 = 40"),
    ]


@chapter.recomputes("x-heights-and-distances-case-01")
def jeep_seen_from_a_watch_tower() -> Any:
    top = Point(0, 45 * root)
    first, second = (on_the_ground(sight(top, -degrees)) for degrees in (30, 60))
    speed = (first - second) / 6
    return {
        "i": (first, r"d = 45\sqrt{3} \times \sqrt{3} = 135"),
        "ii": (second, r"e = \frac{45\sqrt{3}}{\sqrt{3}} = 45"),
        "iii": [
            (speed, r"\frac{90}{6} = 15"),
            (second / speed, r"\frac{45}{15} = 3"),
        ],
        "iii-or": [
            (top.distance(Point(first, 0)), r"s = 2 \times 45\sqrt{3} = 90\sqrt{3}"),
            (top.distance(Point(second, 0)), r"t = 45\sqrt{3} \times \frac{2}{\sqrt{3}} = 90"),
        ],
    }


@chapter.recomputes("x-heights-and-distances-case-02")
def statue_on_a_pedestal() -> Any:
    away = 20 * root
    pedestal, top = (at_distance(sight(Point(0, 0), degrees), away) for degrees in (30, 45))
    stop = on_the_ground(sight(Point(0, pedestal), -60))
    return {
        "i": (pedestal, r"h = 20\sqrt{3} \times \frac{1}{\sqrt{3}} = 20"),
        "ii": (
            Point(0, 0).distance(Point(away, pedestal)),
            r"l = 20\sqrt{3} \times \frac{2}{\sqrt{3}} = 40",
        ),
        "iii": [
            (top, r"H = 20\sqrt{3}"),
            ((top - pedestal).subs(root, SCHOOL_ROOT), "20(1.73 - 1) = 14.6"),
        ],
        "iii-or": (away - stop, r"20\sqrt{3} - \frac{20\sqrt{3}}{3} = \frac{40\sqrt{3}}{3}"),
    }


@chapter.recomputes("x-heights-and-distances-case-03")
def mast_held_by_two_wires() -> Any:
    top = Point(0, 12)
    far, near = (on_the_ground(sight(top, -degrees)) for degrees in (30, 60))
    wires = [top.distance(Point(peg, 0)) for peg in (far, near)]
    return {
        "i": (wires[0], r"l = 12 \times 2 = 24"),
        "ii": (near, r"d = \frac{12}{\sqrt{3}} = 4\sqrt{3}"),
        "iii": [
            (far, r"\frac{12}{\tan 30^\circ} = 12\sqrt{3}"),
            (far + near, r"12\sqrt{3} + 4\sqrt{3} = 16\sqrt{3}"),
        ],
        "iii-or": [
            (wires[1], r"\frac{24}{\sqrt{3}} = 8\sqrt{3}"),
            (sum(wires).subs(root, SCHOOL_ROOT), r"24 + 8 \times 1.73 = 37.84"),
        ],
    }


@pytest.mark.parametrize("code", chapter.recomputed)
def test_question_agrees_with_its_recomputation(code: str) -> None:
    chapter.verify(code)


def test_every_question_is_recomputed_or_argued() -> None:
    chapter.verify_coverage()
