"""Works the answers of seeds/reference/bank/x/surface-areas-and-volumes.yaml out again.

Every solid is turned about its axis: its outline is the square of its radius along the axis,
volumes and curved surfaces are integrals, and 22/7 for pi is put in at the end.
"""

from __future__ import annotations

from math import ceil
from typing import Any

import pytest
import sympy as sp

from tests.features.bank.starter.harness import Chapter

chapter = Chapter("x/surface-areas-and-volumes", not_computable={})
SCHOOL_PI = sp.Rational(22, 7)
z, a = sp.symbols("z a", positive=True)

Outline = tuple[Any, Any]  # the square of the radius at z, and the whole height


def cylinder(radius: Any, height: Any) -> Outline:
    return sp.sympify(radius) ** 2, height


def cone(radius: Any, height: Any) -> Outline:
    """Measured from the apex."""
    return (sp.sympify(radius) * z / height) ** 2, height


def hemisphere(radius: Any) -> Outline:
    """Measured from the flat face."""
    return sp.sympify(radius) ** 2 - z**2, radius


def volume(outline: Outline) -> Any:
    square, height = outline
    return schooled(sp.pi * sp.integrate(square, (z, 0, height)))


def curved_surface(outline: Outline) -> Any:
    """The integral of 2 pi r sqrt(1 + r'^2), which is 2 pi sqrt(q + (q'/2)^2) for q = r^2."""
    square, height = outline
    strip = sp.sqrt(sp.expand(square + (sp.diff(square, z) / 2) ** 2))
    return schooled(2 * sp.pi * sp.integrate(strip, (z, 0, height)))


def disc(radius: Any) -> Any:
    return SCHOOL_PI * sp.sympify(radius) ** 2


def schooled(value: Any) -> Any:
    return value.subs(sp.pi, SCHOOL_PI)


@chapter.recomputes("x-surface-areas-and-volumes-mcq-01")
def two_cubes_joined() -> Any:
    return 2 * 6 * 5**2 - 2 * 5**2, (200, 250, 275, 300)


@chapter.recomputes("x-surface-areas-and-volumes-mcq-02")
def cone_and_hemisphere() -> Any:
    choices = tuple(sp.Rational(*terms) for terms in ((1, 2), (1, 3), (2, 1), (2, 3)))
    return volume(cone(a, a)) / volume(hemisphere(a)), choices


@chapter.recomputes("x-surface-areas-and-volumes-mcq-03")
def surface_of_a_solid_hemisphere() -> Any:
    return curved_surface(hemisphere(7)) + disc(7), (154, 308, 462, 616)


@chapter.recomputes("x-surface-areas-and-volumes-mcq-04")
def sphere_in_a_cube() -> Any:
    choices = tuple(multiple * sp.pi for multiple in (72, 144, 216, 288))
    return 2 * volume(hemisphere(6)) / SCHOOL_PI * sp.pi, choices


@chapter.recomputes("x-surface-areas-and-volumes-vsa-01")
def cone_in_a_cube() -> Any:
    return (
        volume(cone(sp.Rational(21, 2), 21)),
        r"\frac{21}{2} \times \frac{21}{2} \times 21 = 2425.5",
    )


@chapter.recomputes("x-surface-areas-and-volumes-vsa-02")
def hemisphere_on_a_cube() -> Any:
    radius = sp.Rational(7, 2)
    surface = 6 * 10**2 - disc(radius) + curved_surface(hemisphere(radius))
    return surface, r"\times \frac{7}{2} \times \frac{7}{2} = 638.5"


@chapter.recomputes("x-surface-areas-and-volumes-sa-01")
def medicine_capsule() -> Any:
    radius = sp.Rational(7, 2)
    sides, ends = curved_surface(cylinder(radius, 13)), 2 * curved_surface(hemisphere(radius))
    assert 13 + 2 * radius == 20
    return [
        (sides, r"2 \times \frac{22}{7} \times \frac{7}{2} \times 13 = 286"),
        (ends, r"\times \frac{7}{2} \times \frac{7}{2} = 154"),
        (sides + ends, "286 + 154 = 440"),
        (1000 * (sides + ends) / 10**2, r"\frac{1000 \times 440}{100} = 4400"),
    ]


@chapter.recomputes("x-surface-areas-and-volumes-la-01")
def tent_of_canvas() -> Any:
    height = sp.Rational(135, 10) - 3
    wall, roof = curved_surface(cylinder(14, 3)), curved_surface(cone(14, height))
    return [
        (sp.sqrt(14**2 + height**2), r"l = \sqrt{14^2 + 10.5^2} = \sqrt{306.25} = 17.5"),
        (wall, r"2 \times \frac{22}{7} \times 14 \times 3 = 264"),
        (roof, r"\frac{22}{7} \times 14 \times 17.5 = 770"),
        (wall + roof, "264 + 770 = 1034"),
        ((wall + roof) * 120, r"1034 \times 120 = 124080"),
    ]


@chapter.recomputes("x-surface-areas-and-volumes-la-02")
def grain_store() -> Any:
    radius = sp.Rational(21, 10)
    body, dome = cylinder(radius, 5), hemisphere(radius)
    capacity = volume(body) + volume(dome)
    painted = curved_surface(body) + curved_surface(dome)
    return [
        (volume(body), r"\frac{22}{7} \times 2.1^2 \times 5 = 69.3"),
        (volume(dome), r"\frac{2}{3} \times \frac{22}{7} \times 2.1^3 = 19.404"),
        (capacity, "69.3 + 19.404 = 88.704"),
        (ceil(capacity / 8), "$12$"),
        (painted * 50, r"(66 + 27.72) \times 50 = 4686"),
    ]


@chapter.recomputes("x-surface-areas-and-volumes-la-03")
def toy_of_cone_and_hemisphere() -> Any:
    top, bottom = cone(7, 31 - 7), hemisphere(7)
    return [
        (curved_surface(top) + curved_surface(bottom), "550 + 308 = 858"),
        (volume(top), r"\frac{1}{3} \times \frac{22}{7} \times 7^2 \times 24 = 1232"),
        (volume(bottom), r"\frac{2}{3} \times \frac{22}{7} \times 7^3 = \frac{2156}{3}"),
        (volume(top) + volume(bottom), r"1232 + \frac{2156}{3} = \frac{5852}{3}"),
    ]


@chapter.recomputes("x-surface-areas-and-volumes-la-04")
def cylinder_with_a_conical_cavity() -> Any:
    outside, cavity = cylinder(7, 24), cone(7, 24)
    surfaces = curved_surface(outside), disc(7), curved_surface(cavity)
    return [
        (volume(outside) - volume(cavity), "3696 - 1232 = 2464"),
        (surfaces[0], r"2 \times \frac{22}{7} \times 7 \times 24 = 1056"),
        (surfaces[1], r"\frac{22}{7} \times 7^2 = 154"),
        (surfaces[2], r"\frac{22}{7} \times 7 \times 25 = 550"),
        (sum(surfaces), "1056 + 154 + 550 = 1760"),
    ]


@pytest.mark.parametrize("code", chapter.recomputed)
def test_question_agrees_with_its_recomputation(code: str) -> None:
    chapter.verify(code)


def test_every_question_is_recomputed_or_argued() -> None:
    chapter.verify_coverage()
