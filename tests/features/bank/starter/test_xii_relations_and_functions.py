"""Works the answers of seeds/reference/bank/xii/relations-and-functions.yaml out again."""

from __future__ import annotations

from itertools import permutations, product
from typing import Any

import pytest
import sympy as sp

from tests.features.bank.starter.harness import Chapter

chapter = Chapter("xii/relations-and-functions", not_computable={})
x, y = sp.symbols("x y", real=True)

Pairs = set[tuple[Any, Any]]


def reflexive(pairs: Pairs, over: list[Any]) -> bool:
    return all((a, a) in pairs for a in over)


def symmetric(pairs: Pairs) -> bool:
    return all((b, a) in pairs for a, b in pairs)


def transitive(pairs: Pairs) -> bool:
    return all((a, d) in pairs for (a, b), (c, d) in product(pairs, pairs) if b == c)


def equivalence(pairs: Pairs, over: list[Any]) -> bool:
    return reflexive(pairs, over) and symmetric(pairs) and transitive(pairs)


@chapter.recomputes("xii-relations-and-functions-mcq-01")
def properties_of_a_small_relation() -> Any:
    pairs = {(1, 1), (2, 2), (3, 3), (1, 2), (2, 3)}
    found = (reflexive(pairs, [1, 2, 3]), symmetric(pairs), transitive(pairs))
    choices = (True, True, False), (True, False, True), (True, False, False), (True, True, True)
    return found, choices


@chapter.recomputes("xii-relations-and-functions-mcq-02")
def number_of_one_one_functions() -> Any:
    return len(list(permutations(range(4), 3))), (4, 24, 64, 81)


@chapter.recomputes("xii-relations-and-functions-mcq-03")
def class_of_two_modulo_three() -> Any:
    window = range(-30, 31)
    related = [a for a in window if (a - 2) % 3 == 0]
    multiples = [(2, 0), (3, 0), (3, 1), (3, 2)]
    choices = [[a for a in window if (a - rest) % by == 0] for by, rest in multiples]
    return related, choices


@chapter.recomputes("xii-relations-and-functions-mcq-04")
def quadratic_over_the_natural_numbers() -> Any:
    images = [n**2 + n + 1 for n in range(1, 201)]
    # They grow with n, so no number below the last of them can be an image of a later n.
    assert images == sorted(images)
    one_one, onto = len(set(images)) == len(images), set(range(1, 201)) <= set(images)
    return (one_one, onto), ((True, True), (True, False), (False, True), (False, False))


@chapter.recomputes("xii-relations-and-functions-ar-01")
def relation_that_misses_one_diagonal_pair() -> Any:
    pairs = {(1, 1), (2, 2), (1, 2), (2, 1)}
    return equivalence(pairs, [1, 2, 3]), symmetric(pairs) and transitive(pairs)


@chapter.recomputes("xii-relations-and-functions-vsa-01")
def least_value_of_the_quadratic() -> Any:
    f = x**2 - 4 * x
    assert f.subs(x, 0) == f.subs(x, 4) == 0
    return sp.calculus.util.minimum(f, x, sp.S.Reals), "$-4$"


@chapter.recomputes("xii-relations-and-functions-sa-01")
def neighbours_change_places() -> Any:
    images = [n + 1 if n % 2 else n - 1 for n in range(1, 201)]
    assert sorted(images) == list(range(1, 201))
    return []


@chapter.recomputes("xii-relations-and-functions-la-01")
def pairs_of_equal_difference() -> Any:
    numbers = range(1, 8)
    points = list(product(numbers, numbers))
    pairs = {(p, q) for p, q in product(points, points) if p[0] + q[1] == p[1] + q[0]}
    assert equivalence(pairs, points)
    related = {p for p, q in pairs if q == (2, 6)}
    assert related == {(n, n + 4) for n in numbers if n + 4 in numbers}
    return (x, x + 4), r"(x, x + 4)"


@chapter.recomputes("xii-relations-and-functions-la-02")
def five_classes() -> Any:
    window = list(range(-12, 13))
    pairs = {(a, b) for a, b in product(window, window) if (2 * a + 3 * b) % 5 == 0}
    assert equivalence(pairs, window)
    classes = {frozenset(b for a, b in pairs if a == first) for first in window}
    assert frozenset(range(-10, 11, 5)) in classes
    return len(classes), "number of classes $= 5$"


@chapter.recomputes("xii-relations-and-functions-la-03")
def bijection_between_punctured_lines() -> Any:
    f = (3 * x + 1) / (x - 2)
    (inverse,) = sp.solve(sp.Eq(f, y), x)
    assert sp.solveset(sp.Eq(inverse, 2), y, sp.S.Reals) == sp.S.EmptySet
    assert sp.calculus.util.function_range(f, x, sp.S.Reals - sp.FiniteSet(2)) == (
        sp.S.Reals - sp.FiniteSet(3)
    )
    (preimage,) = sp.solve(sp.Eq(f, 10), x)
    return [
        (inverse, r"x = \dfrac{2y + 1}{y - 3}"),
        (preimage, r"x = \dfrac{2(10) + 1}{10 - 3} = 3"),
    ]


@chapter.recomputes("xii-relations-and-functions-la-04")
def range_and_restriction() -> Any:
    f = 2 * x / (1 + x**2)
    assert f.subs(x, 2) == f.subs(x, sp.Rational(1, 2)) == sp.Rational(4, 5)
    found = sp.calculus.util.function_range(f, x, sp.S.Reals)
    assert found == sp.Interval(-1, 1)
    assert sp.solveset(f.diff(x) > 0, x, sp.S.Reals) == sp.Interval.open(-1, 1)
    return found, "the range of $f$ is $[-1, 1]$"


@pytest.mark.parametrize("code", chapter.recomputed)
def test_question_agrees_with_its_recomputation(code: str) -> None:
    chapter.verify(code)


def test_every_question_is_recomputed_or_argued() -> None:
    chapter.verify_coverage()
