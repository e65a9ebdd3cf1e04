"""Works the answers of seeds/reference/bank/xii/matrices.yaml out again."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
import sympy as sp

from tests.features.bank.starter.harness import Chapter, bmatrix

chapter = Chapter("xii/matrices", not_computable={})
x, y = sp.symbols("x y")
half = sp.Rational(1, 2)


def defined(left: tuple[int, int], right: tuple[int, int]) -> bool:
    return left[1] == right[0]


@chapter.recomputes("xii-matrices-mcq-01")
def order_that_fits_both_products() -> Any:
    transposed = (4, 3)
    orders = product(range(1, 6), range(1, 6))
    (fitting,) = (order for order in orders if defined(transposed, order) and defined(order, transposed))
    return fitting, ((3, 3), (3, 4), (4, 3), (4, 4))


@chapter.recomputes("xii-matrices-mcq-02")
def entries_of_a_skew_symmetric_matrix() -> Any:
    matrix = sp.Matrix([[0, x, -3], [2, 0, -1], [y, 1, 0]])
    (solution,) = sp.solve(list(matrix + matrix.T), [x, y], dict=True)
    return (x + y).subs(solution), (-5, -1, 1, 5)


@chapter.recomputes("xii-matrices-mcq-03")
def fifth_power() -> Any:
    choices = [[1, 7], [0, 1]], [[1, 10], [0, 1]], [[1, 32], [0, 1]], [[5, 10], [0, 5]]
    return sp.Matrix([[1, 2], [0, 1]]) ** 5, tuple(map(sp.Matrix, choices))


@chapter.recomputes("xii-matrices-mcq-04")
def square_of_the_complement_of_an_idempotent_matrix() -> Any:
    a, one = sp.Matrix([[2, -2], [1, -1]]), sp.eye(2)
    assert a**2 == a
    return tuple((one - a) ** 2), tuple(tuple(choice) for choice in (a, one, one + a, one - a))


@chapter.recomputes("xii-matrices-mcq-05")
def sum_of_squares_from_equal_matrices() -> Any:
    solutions = sp.solve([x + y - 6, x * y - 8], [x, y])
    (value,) = {a**2 + b**2 for a, b in solutions}
    return value, (20, 28, 36, 52)


@chapter.recomputes("xii-matrices-mcq-06")
def matrix_from_its_rule() -> Any:
    answer = sp.Matrix(2, 2, lambda i, j: abs((i + 1) - 3 * (j + 1)))
    choices = [[-2, -5], [-1, -4]], [[2, 1], [5, 4]], [[2, 5], [1, 4]], [[4, 7], [5, 8]]
    return answer, tuple(map(sp.Matrix, choices))


@chapter.recomputes("xii-matrices-ar-01")
def commutator_of_symmetric_matrices() -> Any:
    a, b, c, d, e, f = sp.symbols("a b c d e f")
    left, right = sp.Matrix([[a, b], [b, c]]), sp.Matrix([[d, e], [e, f]])
    commutator = left * right - right * left
    general = sp.Matrix([[a, b], [c, d]])
    reason = (general * right).T == right.T * general.T
    return (commutator + commutator.T).expand().is_zero_matrix, reason


@chapter.recomputes("xii-matrices-vsa-01")
def symmetric_and_skew_symmetric_parts() -> Any:
    p, q, r, s = sp.symbols("p q r s")
    symmetric, skew = sp.Matrix([[p, q], [q, r]]), sp.Matrix([[0, s], [-s, 0]])
    parts = sp.solve(list(symmetric + skew - sp.Matrix([[2, 7], [-1, 4]])), [p, q, r, s])
    first, second = symmetric.subs(parts), skew.subs(parts)
    return [
        (first, rf"P = \frac{{1}}{{2}}(A + A^T) = {bmatrix(first)}"),
        (second, rf"Q = \frac{{1}}{{2}}(A - A^T) = {bmatrix(second)}"),
    ]


@chapter.recomputes("xii-matrices-sa-01")
def inverse_from_a_quadratic_equation() -> Any:
    a = sp.Matrix([[2, 3], [1, 4]])
    assert (a**2 - 6 * a + 5 * sp.eye(2)).is_zero_matrix
    scaled = 5 * a.inv()
    return [
        (a**2, f"{bmatrix(a)} {bmatrix(a)} = {bmatrix(a**2)}$"),
        (scaled, rf"A^{{-1}} = \frac{{1}}{{5}}(6I - A) = \frac{{1}}{{5}}{bmatrix(scaled)}"),
    ]


@chapter.recomputes("xii-matrices-la-01")
def inverse_from_a_cubic_equation() -> Any:
    a = sp.Matrix([[1, 2, 0], [0, 1, 1], [1, 0, 2]])
    assert (a**3 - 4 * a**2 + 5 * a - 4 * sp.eye(3)).is_zero_matrix
    scaled = 4 * a.inv()
    return [
        (a**2, f"$A^2 = A \\cdot A = {bmatrix(a**2)}$"),
        (a**3, f"$A^3 = A^2 \\cdot A = {bmatrix(a**3)}$"),
        (scaled, rf"$A^{{-1}} = \frac{{1}}{{4}}{bmatrix(scaled)}$"),
    ]


@pytest.mark.parametrize("code", chapter.recomputed)
def test_question_agrees_with_its_recomputation(code: str) -> None:
    chapter.verify(code)


def test_every_question_is_recomputed_or_argued() -> None:
    chapter.verify_coverage()
