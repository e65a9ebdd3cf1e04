"""Works the answers of seeds/reference/bank/x/probability.yaml out again by counting outcomes."""

from __future__ import annotations

from calendar import SUNDAY, isleap, weekday
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from itertools import product
from math import isqrt
from typing import Any

import pytest
import sympy as sp

from tests.features.bank.starter.harness import Chapter

chapter = Chapter("x/probability", not_computable={})
DIE = range(1, 7)
FACES = {"jack", "queen", "king"}
RANKS = [*range(2, 11), "jack", "queen", "king", "ace"]
RED = {"hearts", "diamonds"}
DECK = list(product(RANKS, ["clubs", "diamonds", "hearts", "spades"]))


def chance(outcomes: Iterable[Any], event: Callable[[Any], bool]) -> sp.Rational:
    """The share of equally likely outcomes in which an event happens."""
    listed = list(outcomes)
    return sp.Rational(sum(map(event, listed)), len(listed))


def sundays(year: int) -> int:
    days = 366 if isleap(year) else 365
    dates = (date(year, 1, 1) + timedelta(days=place) for place in range(days))
    return sum(weekday(day.year, day.month, day.day) == SUNDAY for day in dates)


def years_of_every_start(leap: bool) -> list[int]:
    """Seven years of a kind, one beginning on each day of the week, taken as equally likely."""
    years = {weekday(year, 1, 1): year for year in range(1972, 2100) if isleap(year) == leap}
    assert len(years) == 7
    return list(years.values())


@chapter.recomputes("x-probability-mcq-01")
def sum_of_two_dice() -> Any:
    choices = tuple(sp.Rational(*terms) for terms in ((1, 12), (1, 9), (5, 36), (2, 9)))
    return chance(product(DIE, DIE), lambda pair: sum(pair) == 8), choices


@chapter.recomputes("x-probability-mcq-02")
def red_face_card() -> Any:
    choices = tuple(sp.Rational(*terms) for terms in ((3, 26), (2, 13), (3, 13), (1, 2)))
    return chance(DECK, lambda card: card[0] in FACES and card[1] in RED), choices


@chapter.recomputes("x-probability-mcq-03")
def screws_without_a_defect() -> Any:
    (good,) = (n for n in range(241) if sp.Rational(240 - n, 240) == sp.Rational(1, 16))
    return good, (15, 16, 224, 225)


@chapter.recomputes("x-probability-ar-01")
def impossible_number_of_a_die() -> Any:
    return chance(DIE, lambda number: number > 6) == 1, chance(DIE, lambda _: False) == 0


@chapter.recomputes("x-probability-vsa-01")
def numbered_cards() -> Any:
    cards = range(11, 61)
    return [
        (chance(cards, lambda n: isqrt(n) ** 2 == n), r"\frac{4}{50} = \frac{2}{25}"),
        (chance(cards, lambda n: n % 7 == 0), r"\frac{7}{50}"),
    ]


@chapter.recomputes("x-probability-vsa-02")
def three_coins() -> Any:
    tosses = list(product("HT", repeat=3))
    return [
        (chance(tosses, lambda toss: toss.count("H") >= 2), r"\frac{4}{8} = \frac{1}{2}"),
        (chance(tosses, lambda toss: "H" not in toss), r"\frac{1}{8}"),
    ]


@chapter.recomputes("x-probability-vsa-03")
def fifty_three_sundays() -> Any:
    leap, common = (
        chance(years_of_every_start(kind), lambda year: sundays(year) == 53) for kind in (True, False)
    )
    return [
        (leap, r"P(53 \text{ Sundays}) = \frac{2}{7}"),
        (common, r"P(53 \text{ Sundays}) = \frac{1}{7}"),
    ]


@chapter.recomputes("x-probability-sa-01")
def deck_without_the_faces_of_clubs() -> Any:
    cards = [card for card in DECK if not (card[0] in FACES and card[1] == "clubs")]
    return [
        (chance(cards, lambda card: card[0] in FACES), r"\frac{9}{49}"),
        (chance(cards, lambda card: card[1] == "clubs"), r"\frac{10}{49}"),
        (chance(cards, lambda card: card[0] == "queen" and card[1] in RED), r"\frac{2}{49}"),
    ]


@chapter.recomputes("x-probability-sa-02")
def green_balls_added() -> Any:
    (green,) = (n for n in range(1, 16) if sp.Rational(n + 5, 20) == 2 * sp.Rational(n, 15))
    bag = ["green"] * (green + 5) + ["other"] * (15 - green)
    return [
        (green, "x = 3"),
        (chance(bag, lambda ball: ball != "green"), r"1 - \frac{8}{20} = \frac{3}{5}"),
    ]


@pytest.mark.parametrize("code", chapter.recomputed)
def test_question_agrees_with_its_recomputation(code: str) -> None:
    chapter.verify(code)


def test_every_question_is_recomputed_or_argued() -> None:
    chapter.verify_coverage()
