"""Works the answers of seeds/reference/bank/xii/probability.yaml out again.

Wherever it is possible by counting equally likely cases.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from fractions import Fraction
from itertools import permutations, product
from typing import Any

import pytest
import sympy as sp

from tests.features.bank.starter.harness import Chapter

chapter = Chapter("xii/probability", not_computable={})
k = sp.Symbol("k")


def exact(value: Fraction) -> sp.Rational:
    return sp.Rational(value.numerator, value.denominator)


def share(cases: Iterable[Any], favourable: Callable[[Any], bool]) -> sp.Rational:
    """The share of equally likely cases that are favourable."""
    listed = list(cases)
    return sp.Rational(sum(map(favourable, listed)), len(listed))


def mean(distribution: dict[int, Any]) -> sp.Expr:
    return sum(value * chance for value, chance in distribution.items())


def normalised(distribution: dict[int, sp.Expr]) -> dict[int, sp.Expr]:
    """A distribution with the value of k for which it sums to 1."""
    (value,) = sp.solve(sum(distribution.values()) - 1, k)
    return {place: chance.subs(k, value) for place, chance in distribution.items()}


@chapter.recomputes("xii-probability-mcq-01")
def complement_under_a_condition() -> Any:
    cases = [("A", "B")] * 3 + [("A", "")] * 3 + [("", "B")] * 1 + [("", "")] * 5
    assert share(cases, lambda case: case[0] == "A") == sp.Rational(1, 2)
    given = [case for case in cases if case[1] == "B"]
    answer = share(given, lambda case: case[0] != "A")
    return answer, tuple(sp.Rational(*pair) for pair in ((1, 4), (1, 3), (1, 2), (3, 4)))


@chapter.recomputes("xii-probability-mcq-02")
def second_of_two_independent_events() -> Any:
    neither = 1 - Fraction("0.65")
    answer = 1 - neither / (1 - Fraction("0.3"))
    return exact(answer), tuple(sp.Rational(text) for text in ("0.35", "0.455", "0.5", "0.65"))


@chapter.recomputes("xii-probability-mcq-03")
def mean_of_a_rising_distribution() -> Any:
    return mean(normalised({x: k * x for x in range(1, 5)})), (1, 2, sp.Rational(5, 2), 3)


@chapter.recomputes("xii-probability-mcq-04")
def two_balls_of_one_colour() -> Any:
    answer = share(permutations("RRRRRBBB", 2), lambda draw: draw[0] == draw[1])
    return answer, tuple(sp.Rational(*pair) for pair in ((5, 14), (13, 28), (17, 32), (15, 28)))


@chapter.recomputes("xii-probability-mcq-05")
def road_of_a_late_bus() -> Any:
    old = [("old", late) for late in (True, False, False, False, False)] * 6
    new = [("new", late) for late in [True] + [False] * 9] * 2
    assert share(old + new, lambda day: day[0] == "old") == sp.Rational(3, 5)
    answer = share([day for day in old + new if day[1]], lambda day: day[0] == "old")
    return answer, tuple(sp.Rational(*pair) for pair in ((3, 25), (3, 5), (2, 3), (3, 4)))


@chapter.recomputes("xii-probability-ar-01")
def union_of_independent_events() -> Any:
    cases = list(product(range(10), range(10)))
    union = share(cases, lambda case: case[0] < 4 or case[1] < 5)
    both = share(cases, lambda case: case[0] < 4 and case[1] < 5)
    return union == sp.Rational(9, 10), both == sp.Rational(4, 10) * sp.Rational(5, 10)


@chapter.recomputes("xii-probability-ar-02")
def ace_and_spade() -> Any:
    cards = list(product(range(13), "SHDC"))
    ace, spade = share(cards, lambda c: c[0] == 0), share(cards, lambda c: c[1] == "S")
    both = share(cards, lambda c: c == (0, "S"))
    spade_and_heart = share(cards, lambda c: c[1] == "S" and c[1] == "H")
    heart = share(cards, lambda c: c[1] == "H")
    return both == ace * spade, spade_and_heart == spade * heart


@chapter.recomputes("xii-probability-ar-03")
def dice_with_a_known_sum() -> Any:
    throws = list(product(range(1, 7), repeat=2))
    seven = [throw for throw in throws if sum(throw) == 7]
    conditional = share(seven, lambda throw: 2 in throw)
    both = share(throws, lambda throw: sum(throw) == 7 and 2 in throw)
    return conditional == sp.Rational(1, 3), conditional == both / share(
        throws, lambda throw: sum(throw) == 7
    )


@chapter.recomputes("xii-probability-ar-04")
def independence_of_events_and_of_their_complements() -> Any:
    cases = [("A", "B"), ("A", ""), ("A", ""), ("", "B"), ("", ""), ("", "")]
    in_a, in_b = share(cases, lambda case: "A" in case), share(cases, lambda case: "B" in case)
    both = share(cases, lambda case: case == ("A", "B"))
    assert (in_a, in_b, both) == (sp.Rational(1, 2), sp.Rational(1, 3), sp.Rational(1, 6))
    a, b = sp.symbols("a b")
    neither = 1 - (a + b - a * b)
    return both == in_a * in_b, sp.expand(neither - (1 - a) * (1 - b)) == 0


@chapter.recomputes("xii-probability-vsa-01")
def exactly_one_solves_it() -> Any:
    cases = product(range(3), range(4))
    answer = share(cases, lambda case: (case[0] == 0) != (case[1] == 0))
    return (
        answer,
        r"$\frac{1}{3} \times \frac{3}{4} + \frac{2}{3} \times \frac{1}{4} = \frac{5}{12}$",
    )


@chapter.recomputes("xii-probability-vsa-02")
def conditional_the_other_way_round() -> Any:
    cases = [("A", "B")] * 2 + [("A", "")] * 4 + [("", "B")] * 3 + [("", "")] * 1
    in_a = [case for case in cases if case[0] == "A"]
    in_b = [case for case in cases if case[1] == "B"]
    assert (len(in_a), len(in_b)) == (6, 5)
    assert share(in_a, lambda case: case[1] == "B") == sp.Rational(1, 3)
    return [
        (share(in_b, lambda case: case[0] == "A"), r"\frac{1}{5} \div \frac{1}{2} = \frac{2}{5}"),
        (
            share(cases, lambda case: "A" in case or "B" in case),
            r"$P(A \cup B) = \frac{3}{5} + \frac{1}{2} - \frac{1}{5} = \frac{9}{10}$",
        ),
    ]


@chapter.recomputes("xii-probability-sa-01")
def red_balls_without_replacement() -> Any:
    draws = list(permutations("RRRRWWWWWW", 2))
    counts = Counter(draw.count("R") for draw in draws)
    chances = {reds: sp.Rational(count, len(draws)) for reds, count in counts.items()}
    return [
        (chances[0], r"$P(X = 0) = \frac{6}{10} \times \frac{5}{9} = \frac{1}{3}$"),
        (chances[1], r"+ \frac{6}{10} \times \frac{4}{9} = \frac{8}{15}$"),
        (chances[2], r"$P(X = 2) = \frac{4}{10} \times \frac{3}{9} = \frac{2}{15}$"),
        (mean(chances), r"1 \times \frac{8}{15} + 2 \times \frac{2}{15} = \frac{4}{5}$"),
    ]


@chapter.recomputes("xii-probability-sa-02")
def bag_of_the_red_ball() -> Any:
    first = [("I", ball) for ball in "RRRBB"] * 2 * 8
    second = [("II", ball) for ball in "RRBBBBBB"] * 4 * 5
    red = [case for case in first + second if case[1] == "R"]
    return share(red, lambda case: case[0] == "I"), r"$P(E_1 \mid R) = \frac{6}{11}$"


@chapter.recomputes("xii-probability-sa-03")
def first_to_two_heads() -> Any:
    p = sp.Symbol("p")
    win = share(product("HT", repeat=2), lambda coins: coins == ("H", "H"))
    (answer,) = sp.solve(win + (1 - win) * (1 - p) - p, p)
    return [
        (answer, r"\frac{\frac{1}{4}}{1 - \frac{9}{16}} = \frac{4}{7}$"),
        (1 - answer, r"$1 - \frac{4}{7} = \frac{3}{7}$"),
    ]


@chapter.recomputes("xii-probability-sa-04")
def distribution_of_a_roof() -> Any:
    chances = normalised({1: k, 2: 2 * k, 3: k * (5 - 3), 4: k * (5 - 4)})
    return [
        (chances[1], r"$k = \frac{1}{6}$"),
        (chances[3] + chances[4], r"$P(X \ge 3) = 2k + k = 3k = \frac{1}{2}$"),
        (mean(chances), r"= 15k = \frac{5}{2}$"),
    ]


@chapter.recomputes("xii-probability-case-01")
def bulbs_of_three_machines() -> Any:
    made, defective = {"I": 500, "II": 300, "III": 200}, {"I": 10, "II": 9, "III": 8}
    assert {name: Fraction(defective[name], made[name]) for name in made} == {
        "I": Fraction("0.02"),
        "II": Fraction("0.03"),
        "III": Fraction("0.04"),
    }
    bad, total = sum(defective.values()), sum(made.values())
    good_from_first = made["I"] - defective["I"]
    return {
        "i": (sp.Rational(defective["II"], total), r"$0.3 \times 0.03 = 0.009$"),
        "ii": (sp.Rational(bad, total), r"+ 0.2 \times 0.04 = 0.027$"),
        "iii": (sp.Rational(defective["III"], bad), r"\frac{0.008}{0.027} = \frac{8}{27}$"),
        "iii-or": (sp.Rational(good_from_first, total - bad), r"\frac{490}{973} = \frac{70}{139}$"),
    }


@chapter.recomputes("xii-probability-case-02")
def knowing_and_guessing() -> Any:
    knows = [("knows", True)] * 3 * 4
    guesses = [("guesses", option == 0) for option in range(4)] * 2
    cases = knows + guesses
    right = [case for case in cases if case[1]]
    two = product(cases, repeat=2)
    return {
        "i": (share(cases, lambda c: c == ("guesses", True)), r"\frac{1}{4} = \frac{1}{10}$"),
        "ii": (share(cases, lambda c: c[1]), r"\frac{2}{5} \times \frac{1}{4} = \frac{7}{10}$"),
        "iii": (share(right, lambda c: c[0] == "knows"), r"\div \frac{7}{10} = \frac{6}{7}$"),
        "iii-or": (share(two, lambda pair: pair[0][1] != pair[1][1]), r"= \frac{21}{50}$"),
    }


@chapter.recomputes("xii-probability-case-03")
def cakes_of_a_day() -> Any:
    ends = sp.Rational("0.1"), sp.Rational("0.15")
    chances = normalised({0: ends[0], 1: k, 2: 2 * k, 3: 2 * k, 4: ends[1]})
    many = chances[3] + chances[4]
    return {
        "i": (chances[1], "$k = 0.15$"),
        "ii": (many, "$P(X \\ge 3) = 2k + 0.15 = 0.3 + 0.15 = 0.45$"),
        "iii": (mean(chances), "0.15 + 0.6 + 0.9 + 0.6 = 2.25$"),
        "iii-or": (many / (1 - chances[0]), r"\frac{0.45}{0.9} = 0.5$"),
    }


@pytest.mark.parametrize("code", chapter.recomputed)
def test_question_agrees_with_its_recomputation(code: str) -> None:
    chapter.verify(code)


def test_every_question_is_recomputed_or_argued() -> None:
    chapter.verify_coverage()
