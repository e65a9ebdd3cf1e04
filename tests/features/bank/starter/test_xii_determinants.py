"""Works the answers of seeds/reference/bank/xii/determinants.yaml out again."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

from tests.features.bank.starter.harness import Chapter, bmatrix

chapter = Chapter("xii/determinants", not_computable={})
x, y, z, k = sp.symbols("x y z k")


def triangle(*points: tuple[Any, Any]) -> sp.Expr:
    """Twice the signed area of a triangle, by the shoelace formula."""
    (ax, ay), (bx, by), (cx, cy) = points
    return sp.expand(ax * (by - cy) + bx * (cy - ay) + cx * (ay - by))


def scaled_inverse(matrix: sp.Matrix, sign: str = "") -> str:
    """The inverse as a fraction before a matrix of integers."""
    size = abs(matrix.det())
    scaled = matrix.inv() * (-size if sign else size)
    return rf"A^{{-1}} = {sign}\frac{{1}}{{{size}}}{bmatrix(scaled)}"


@chapter.recomputes("xii-determinants-mcq-01")
def determinant_of_a_scaled_adjoint() -> Any:
    a = sp.diag(1, 2, 2)
    assert a.det() == 4
    return (2 * a.adjugate()).det(), (32, 64, 128, 512)


@chapter.recomputes("xii-determinants-mcq-02")
def vertex_from_the_area() -> Any:
    doubled = triangle((k, 1), (3, 1), (5, 5))
    answer = tuple(sorted(sp.solve(doubled**2 - 12**2, k)))
    choices = (-6, 0), (-3, 3), (0, 6), (sp.Rational(3, 2), sp.Rational(9, 2))
    return answer, choices


@chapter.recomputes("xii-determinants-mcq-03")
def row_times_cofactors_of_another_row() -> Any:
    a = sp.Matrix([[1, 2, 3], [0, 4, 5], [1, 0, 6]])
    assert a.det() == 22
    return sum(a[0, j] * a.cofactor(1, j) for j in range(3)), (-22, 0, 22, 44)


@chapter.recomputes("xii-determinants-mcq-04")
def singular_matrix() -> Any:
    roots = sp.solve(sp.Matrix([[x, 3], [12, x]]).det(), x)
    return max(roots), (sp.sqrt(15), 6, 9, 36)


@chapter.recomputes("xii-determinants-mcq-05")
def determinant_and_determinant_of_the_adjoint() -> Any:
    a = sp.Matrix([[2, 0], [3, 5]])
    assert a * a.adjugate() == 10 * sp.eye(2)
    return a.det() + a.adjugate().det(), (11, 20, 100, 110)


@chapter.recomputes("xii-determinants-mcq-06")
def inverse_of_a_small_matrix() -> Any:
    p, q, r, s = sp.symbols("p q r s")
    unknown = sp.Matrix([[p, q], [r, s]])
    solution = sp.solve(list(sp.Matrix([[2, 1], [5, 3]]) * unknown - sp.eye(2)), [p, q, r, s])
    choices = [[2, -1], [-5, 3]], [[3, 1], [5, 2]], [[-3, 1], [5, -2]], [[3, -1], [-5, 2]]
    return unknown.subs(solution), tuple(map(sp.Matrix, choices))


@chapter.recomputes("xii-determinants-mcq-07")
def condition_for_a_unique_solution() -> Any:
    excluded = sp.solveset(sp.Matrix([[1, 1, 1], [2, 1, -1], [3, 2, k]]).det(), k, sp.S.Reals)
    zero, one = sp.FiniteSet(0), sp.FiniteSet(1)
    return sp.S.Reals - excluded, (sp.S.Reals - zero, zero, sp.S.Reals - one, one)


@chapter.recomputes("xii-determinants-ar-01")
def determinant_of_the_inverse() -> Any:
    a = sp.Matrix([[1, 1, 0], [0, 1, 2], [1, 0, 1]])
    assert a.det() == 3
    return a.inv().det() == sp.Rational(1, 3), a.inv() == a.det() * a.adjugate()


@chapter.recomputes("xii-determinants-vsa-01")
def inverse_as_a_linear_expression() -> Any:
    a = sp.Matrix([[3, 2], [7, 5]])
    (solution,) = sp.solve(list(a.inv() - (k * sp.eye(2) - a)), [k], dict=True)
    return [(a.inv(), f"$A^{{-1}} = {bmatrix(a.inv())}$"), (solution[k], "$k = 8$")]


@chapter.recomputes("xii-determinants-vsa-02")
def collinear_points() -> Any:
    slopes = sp.Eq(sp.Rational(3 + 1, 4 - 2), (9 - 3) / (k - 4))
    (answer,) = sp.solve(slopes, k)
    return answer, "$k = 7$"


@chapter.recomputes("xii-determinants-sa-01")
def prices_at_the_stall() -> Any:
    prices = sp.solve([4 * x + 3 * y - 155, 2 * x + 5 * y - 165], [x, y])
    assert (prices[x], prices[y]) == (20, 25)
    inverse = scaled_inverse(sp.Matrix([[4, 3], [2, 5]]))
    return [
        (sp.Matrix([prices[x], prices[y]]), f"= {bmatrix(sp.Matrix([20, 25]))}"),
        (prices, f"${inverse}$"),
        (prices, "A pen costs ₹20 and a notebook ₹25."),
    ]


@chapter.recomputes("xii-determinants-sa-02")
def adjoint_of_order_three() -> Any:
    a = sp.Matrix([[1, 0, 2], [0, 2, 1], [1, 1, 3]])
    adjoint = a.det() * a.inv()
    return [
        (adjoint, rf"\text{{adj}} \, A = {bmatrix(adjoint)}"),
        (a.det(), r"$|A| = 1 \cdot 5 + 0 \cdot 1 + 2 \cdot (-2) = 1$"),
    ]


def solved(equations: list[sp.Expr]) -> tuple[sp.Expr, sp.Expr, sp.Expr]:
    (solution,) = sp.linsolve(equations, [x, y, z])
    return tuple(solution)


@chapter.recomputes("xii-determinants-la-01")
def system_of_three_equations() -> Any:
    answer = solved([2 * x + y - z - 1, x - y + 2 * z - 5, 3 * x + 2 * y + z - 10])
    assert answer == (1, 2, 3)
    inverse = scaled_inverse(sp.Matrix([[2, 1, -1], [1, -1, 2], [3, 2, 1]]), "-")
    return [(answer, f"${inverse}$"), (answer, "$x = 1$, $y = 2$, $z = 3$")]


@chapter.recomputes("xii-determinants-la-02")
def system_from_a_product() -> Any:
    a = sp.Matrix([[1, 2, 1], [2, 1, -1], [1, -1, 1]])
    b = sp.Matrix([[0, 1, 1], [1, 0, -1], [1, -1, 1]])
    answer = solved([x + 2 * y + z - 7, 2 * x + y - z - 2, x - y + z - 1])
    assert answer == (1, 2, 2)
    assert a * b == 3 * sp.eye(3)
    return [(answer, f"{bmatrix(a * b)} = 3I$"), (answer, "$x = 1$, $y = 2$, $z = 2$")]


@chapter.recomputes("xii-determinants-la-03")
def prices_of_gift_boxes() -> Any:
    totals = [x + y + z - 600, 2 * x + 3 * y + z - 1100, 3 * x + y + 2 * z - 1100]
    answer = solved(totals)
    assert answer == (100, 200, 300)
    inverse = scaled_inverse(sp.Matrix([[1, 1, 1], [2, 3, 1], [3, 1, 2]]), "-")
    return [
        (answer, f"${inverse}$"),
        (answer, "A small box costs ₹100, a medium box ₹200 and a large box ₹300."),
    ]


@pytest.mark.parametrize("code", chapter.recomputed)
def test_question_agrees_with_its_recomputation(code: str) -> None:
    chapter.verify(code)


def test_every_question_is_recomputed_or_argued() -> None:
    chapter.verify_coverage()
