"""Works the answers of seeds/reference/bank/xii/vectors.yaml out again."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

from tests.features.bank.starter.harness import Chapter, ijk

chapter = Chapter("xii/vectors", not_computable={})
s = sp.Symbol("s", real=True)
half = sp.Rational(1, 2)


def vec(*entries: Any) -> sp.Matrix:
    return sp.Matrix(entries)


def area_by_lagrange(a: sp.Matrix, b: sp.Matrix) -> sp.Expr:
    """The area of a parallelogram from scalar products alone."""
    return sp.sqrt(a.dot(a) * b.dot(b) - a.dot(b) ** 2)


def perpendicular_to(a: sp.Matrix, b: sp.Matrix) -> sp.Matrix:
    """A vector whose scalar products with both are zero, as a null space gives it."""
    (found,) = sp.Matrix([list(a), list(b)]).nullspace()
    return found


@chapter.recomputes("xii-vectors-mcq-01")
def angle_from_the_scalar_product() -> Any:
    return sp.acos(sp.Rational(6, 12)), (sp.pi / 6, sp.pi / 4, sp.pi / 3, sp.pi / 2)


@chapter.recomputes("xii-vectors-mcq-02")
def length_of_the_shadow() -> Any:
    a, b = vec(2, 3, 2), vec(1, 2, 2)
    return a.project(b).norm(), (sp.Rational(4, 3), 10 / sp.sqrt(17), 4, 12)


@chapter.recomputes("xii-vectors-mcq-03")
def area_of_a_parallelogram() -> Any:
    root = sp.sqrt(5)
    return area_by_lagrange(vec(1, 2, 2), vec(3, -2, 1)), (5 * root / 2, 5 * root, 15 * root, 125)


@chapter.recomputes("xii-vectors-mcq-04")
def parameter_of_perpendicularity() -> Any:
    (answer,) = sp.solve(vec(2, s, 1).dot(vec(1, -2, 3)), s)
    return answer, (-5 * half, -half, half, 5 * half)


@chapter.recomputes("xii-vectors-mcq-05")
def difference_of_unit_vectors() -> Any:
    a, b = vec(1, 0, 0), vec(-half, sp.sqrt(3) / 2, 0)
    assert b.norm() == (a + b).norm() == 1
    return (a - b).norm(), (0, 1, sp.sqrt(2), sp.sqrt(3))


@chapter.recomputes("xii-vectors-mcq-06")
def point_of_division() -> Any:
    p, q = vec(2, -1, 3), vec(5, 5, -6)
    choices = vec(3, 1, 0), vec(4, 3, -3), vec(1, 2, -3), vec(7, 4, -3)
    return p + (q - p) / 3, choices


@chapter.recomputes("xii-vectors-mcq-07")
def scalar_product_from_the_vector_product() -> Any:
    a, b = vec(2, 0, 0), vec(s, 3, 0)
    (along,) = (root for root in sp.solve(b.dot(b) - 25, s) if root > 0)
    b = b.subs(s, along)
    assert (b.norm(), a.cross(b).norm()) == (5, 6)
    return abs(a.dot(b)), (sp.Rational(4, 5), 4, 6, 8)


@chapter.recomputes("xii-vectors-ar-01")
def multiples_are_collinear() -> Any:
    a, b = vec(2, -1, 1), vec(-4, 2, -2)
    collinear = sp.Matrix.hstack(a, b).rank() == 1
    return collinear, collinear == (a.dot(b) == 0)


@chapter.recomputes("xii-vectors-ar-02")
def vector_product_changes_its_sign() -> Any:
    a, b = vec(*sp.symbols("a1:4", real=True)), vec(*sp.symbols("b1:4", real=True))
    forward, backward = a.cross(b), b.cross(a)
    same_length = sp.expand(forward.dot(forward) - backward.dot(backward)) == 0
    return forward == backward, same_length


@chapter.recomputes("xii-vectors-vsa-01")
def unit_vectors_perpendicular_to_two() -> Any:
    a, b = vec(2, 1, 1), vec(1, -1, 2)
    normal = perpendicular_to(a, b) * -1
    assert (3 * normal, normal.norm()) == (a.cross(b), sp.sqrt(3))
    return [
        (3 * normal, rf"= {ijk(3 * normal)}$"),
        (normal, rf"$\pm\frac{{1}}{{\sqrt{{3}}}}({ijk(normal)})$"),
    ]


@chapter.recomputes("xii-vectors-vsa-02")
def angle_in_a_closed_triangle() -> Any:
    inner = sp.acos(sp.Rational(3**2 + 5**2 - 7**2, 2 * 3 * 5))
    return sp.pi - inner, r"$\theta = \frac{\pi}{3}$"


@chapter.recomputes("xii-vectors-vsa-03")
def multiple_that_makes_perpendicular() -> Any:
    a, b, c = vec(1, 2, -1), vec(2, -1, -3), vec(3, 1, 1)
    (answer,) = sp.solve((a + s * b).dot(c), s)
    return answer, r"$\lambda = -2$"


@chapter.recomputes("xii-vectors-sa-01")
def isosceles_triangle() -> Any:
    a, b, c = vec(1, 2, 3), vec(3, 3, 5), vec(2, 0, 5)
    first, second = b - a, c - a
    assert first.norm() == second.norm() == 3
    product = first.cross(second)
    return [
        (product, f"= {ijk(product)}$"),
        (area_by_lagrange(first, second) / 2, r"The area of the triangle is $\frac{\sqrt{65}}{2}$"),
    ]


@chapter.recomputes("xii-vectors-la-01")
def parallel_and_perpendicular_parts() -> Any:
    alpha, beta = vec(2, -1, 2), vec(4, 1, 1)
    parallel = beta.project(alpha)
    rest = beta - parallel
    assert rest.dot(alpha) == 0
    return [
        (parallel, rf"Hence $\vec{{\beta_1}} = {ijk(parallel)}$"),
        (rest, f"= {ijk(rest)}$"),
        (area_by_lagrange(parallel, rest), r"$3 \times 3 = 9$"),
    ]


@pytest.mark.parametrize("code", chapter.recomputed)
def test_question_agrees_with_its_recomputation(code: str) -> None:
    chapter.verify(code)


def test_every_question_is_recomputed_or_argued() -> None:
    chapter.verify_coverage()
