"""Works the answers of seeds/reference/bank/xii/linear-programming.yaml out again.

Regions are searched over a fine grid of points, which knows nothing of corners.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from tests.features.bank.starter.harness import Chapter

chapter = Chapter("xii/linear-programming", not_computable={})

Number = int | Fraction
Point = tuple[Number, Number]
GRID: list[Point] = [(Fraction(i, 2), Fraction(j, 2)) for i in range(41) for j in range(41)]
# A maximum here alone is the grid's, not the problem's: a wider grid would move it outwards.
FAR_CORNER: Point = GRID[-1]


def feasible(*constraints: Callable[[Number, Number], bool]) -> list[Point]:
    """The points of the grid, with x and y from 0 to 20, that satisfy all constraints."""
    return [point for point in GRID if all(holds(*point) for holds in constraints)]


def corners(points: list[Point]) -> list[Point]:
    """The points that do not lie halfway between two others."""
    known = set(points)

    def lies_between(x: Number, y: Number) -> bool:
        return any((2 * x - u, 2 * y - v) in known for u, v in points if (u, v) != (x, y))

    return [point for point in points if not lies_between(*point)]


def values(points: list[Point], a: int, b: int) -> dict[Point, Number]:
    return {(x, y): a * x + b * y for x, y in points}


def whole(value: Number) -> int:
    assert value.denominator == 1
    return int(value)


def best(points: list[Point], a: int, b: int) -> tuple[int, list[Point]]:
    """The greatest value of ax + by and the points that take it."""
    found = values(points, a, b)
    top = max(found.values())
    return whole(top), [point for point, value in found.items() if value == top]


def least(points: list[Point], a: int, b: int) -> tuple[int, list[Point]]:
    top, places = best(points, -a, -b)
    return -top, places


@chapter.recomputes("xii-linear-programming-mcq-01")
def greatest_value_over_corners() -> Any:
    inside = feasible(lambda x, y: 2 * x + y <= 10, lambda x, y: x + 3 * y <= 15)
    answer, places = best(inside, 3, 2)
    assert places == [(3, 4)]
    return answer, (10, 15, 17, 19)


@chapter.recomputes("xii-linear-programming-mcq-02")
def point_of_a_half_plane() -> Any:
    points: tuple[Point, ...] = ((1, 3), (2, 3), (3, 3), (4, 2))
    (answer,) = (point for point in points if point in feasible(lambda x, y: 2 * x + 3 * y <= 12))
    return answer, points


@chapter.recomputes("xii-linear-programming-mcq-03")
def two_corners_share_the_maximum() -> Any:
    pairs = [(a, b) for a in range(1, 30) for b in range(1, 30) if 2 * a + 6 * b == 6 * a + 4 * b]
    relations: tuple[Callable[[int, int], bool], ...] = (
        lambda a, b: a == b,
        lambda a, b: a == 2 * b,
        lambda a, b: 2 * a == 3 * b,
        lambda a, b: b == 2 * a,
    )
    return True, tuple(all(relation(a, b) for a, b in pairs) for relation in relations)


@chapter.recomputes("xii-linear-programming-mcq-04")
def contradictory_constraints() -> Any:
    points = feasible(lambda x, y: x + y <= 2, lambda x, y: x + y >= 3)
    return len(points), ("many", 0, "without end", 1)


@chapter.recomputes("xii-linear-programming-mcq-05")
def least_value_over_an_unbounded_region() -> Any:
    inside = feasible(
        lambda x, y: 3 * x + 2 * y >= 12, lambda x, y: x + 2 * y >= 8, lambda x, y: x + 3 * y >= 9
    )
    answer, places = least(inside, 3, 5)
    assert places == [(2, 3)]
    return answer, (18, 21, 23, 27)


@chapter.recomputes("xii-linear-programming-mcq-06")
def minutes_of_work_as_a_constraint() -> Any:
    allowed = feasible(lambda x, y: 20 * x + 50 * y <= 10 * 60)
    return allowed, (
        feasible(lambda x, y: 2 * x + 5 * y <= 1),
        feasible(lambda x, y: 2 * x + 5 * y <= 60),
        feasible(lambda x, y: 2 * x + 5 * y >= 60),
        feasible(lambda x, y: 5 * x + 2 * y <= 60),
    )


@chapter.recomputes("xii-linear-programming-mcq-07")
def corners_of_a_cut_rectangle() -> Any:
    inside = feasible(lambda x, y: x + y <= 5 and x <= 3 and y <= 4)
    found = corners(inside)
    assert found == [(0, 0), (0, 4), (1, 4), (3, 0), (3, 2)]
    return len(found), (3, 4, 5, 6)


@chapter.recomputes("xii-linear-programming-mcq-08")
def slopes_that_lead_to_one_corner() -> Any:
    inside = feasible(lambda x, y: 2 * x + y <= 12, lambda x, y: x + 4 * y <= 20)
    assert corners(inside) == [(0, 0), (0, 5), (4, 4), (6, 0)]
    # Six times Z, so that the values of a, counted in sixths, are whole.
    sixths = range(1, 60)
    found = [a for a in sixths if best(inside, a, 12)[1] == [(6, 0)]]
    return found, (
        [a for a in sixths if a < 3],
        [a for a in sixths if 3 < a < 24],
        [a for a in sixths if a > 10],
        [a for a in sixths if a > 24],
    )


@chapter.recomputes("xii-linear-programming-mcq-09")
def least_value_without_a_greatest() -> Any:
    inside = feasible(lambda x, y: x + y >= 4)
    lowest, places = least(inside, 2, 3)
    assert places == [(4, 0)]
    highest, furthest = best(inside, 2, 3)
    maximum = None if furthest == [FAR_CORNER] else highest
    return (lowest, maximum), ((8, None), (8, 12), (12, None), (None, None))


@chapter.recomputes("xii-linear-programming-mcq-10")
def profit_of_a_potter() -> Any:
    inside = feasible(lambda x, y: x + y <= 6, lambda x, y: x + 3 * y <= 12)
    answer, places = best(inside, 20, 50)
    assert places == [(3, 3)]
    return answer, (120, 200, 210, 300)


@chapter.recomputes("xii-linear-programming-ar-01")
def maximum_over_a_triangle() -> Any:
    inside = feasible(lambda x, y: x + y <= 4)
    assertion = best(inside, 1, 2) == (8, [(0, 4)])
    triangle: set[Point] = {(0, 0), (4, 0), (0, 4)}
    directions = [(a, b) for a in range(-3, 4) for b in range(-3, 4)]
    return assertion, all(triangle & set(best(inside, a, b)[1]) for a, b in directions)


@chapter.recomputes("xii-linear-programming-ar-02")
def least_value_taken_for_the_greatest() -> Any:
    inside = feasible(lambda x, y: x >= 2 and y >= 1)
    assert least(inside, 1, 1) == (3, [(2, 1)])
    only_the_window_bounds_it = best(inside, 1, 1)[1] == [FAR_CORNER]
    return best(inside, 1, 1)[0] == 3, only_the_window_bounds_it


@chapter.recomputes("xii-linear-programming-ar-03")
def maximum_along_an_edge() -> Any:
    inside = feasible(lambda x, y: x + y <= 5)
    places = best(inside, 2, 2)[1]
    assert places == [(x, y) for x, y in GRID if x + y == 5]
    return len(places) > 2, len([corner for corner in corners(inside) if corner in places]) < 2


@chapter.recomputes("xii-linear-programming-sa-01")
def maximum_over_a_quadrilateral() -> Any:
    inside = feasible(lambda x, y: x + 2 * y <= 8, lambda x, y: 3 * x + 2 * y <= 12)
    answer, places = best(inside, 4, 6)
    assert places == [(2, 3)]
    return answer, "The maximum value is $Z = 26$"


@chapter.recomputes("xii-linear-programming-sa-02")
def minimum_over_an_unbounded_region() -> Any:
    inside = feasible(lambda x, y: 2 * x + y >= 8, lambda x, y: x + 2 * y >= 10)
    answer, places = least(inside, 5, 7)
    assert places == [(2, 4)]
    return answer, "So the minimum value is $Z = 38$"


@chapter.recomputes("xii-linear-programming-sa-03")
def maximum_along_a_segment() -> Any:
    inside = feasible(lambda x, y: x + 2 * y <= 10, lambda x, y: x + y <= 6)
    answer, places = best(inside, 3, 6)
    assert places == [(0, 5), (1, Fraction(9, 2)), (2, 4)]
    return answer, "The maximum value is $Z = 30$"


@chapter.recomputes("xii-linear-programming-sa-04")
def both_extremes_over_a_pentagon() -> Any:
    inside = feasible(lambda x, y: x + y >= 3, lambda x, y: x + 2 * y <= 10, lambda x, y: 3 * x + y <= 15)
    low, low_places = least(inside, 3, 4)
    high, high_places = best(inside, 3, 4)
    assert (low_places, high_places) == ([(3, 0)], [(4, 3)])
    return [(low, "$Z = 9$, at $(3, 0)$"), (high, "$Z = 24$, at $(4, 3)$")]


@pytest.mark.parametrize("code", chapter.recomputed)
def test_question_agrees_with_its_recomputation(code: str) -> None:
    chapter.verify(code)


def test_every_question_is_recomputed_or_argued() -> None:
    chapter.verify_coverage()
