"""Works the answers of seeds/reference/bank/x/real-numbers.yaml out again, mostly by search."""

from __future__ import annotations

from itertools import count
from math import gcd
from typing import Any

import pytest
import sympy as sp

from tests.features.bank.starter.harness import Chapter

chapter = Chapter(
    "x/real-numbers",
    not_computable={"x-real-numbers-sa-01": "a proof by contradiction that the root of 5 is irrational"},
)


def common_divisors(*numbers: int) -> list[int]:
    return [d for d in range(1, min(numbers) + 1) if all(n % d == 0 for n in numbers)]


def least_common_multiple(*numbers: int) -> int:
    return next(m for m in count(max(numbers)) if all(m % n == 0 for n in numbers))


def composites() -> Any:
    return (n for n in count(2) if not sp.isprime(n))


@chapter.recomputes("x-real-numbers-mcq-01")
def hcf_of_factored_numbers() -> Any:
    p, q = 2**3 * 3 * 5**2, 2**2 * 3**3 * 7
    return max(common_divisors(p, q)), (6, 12, 216, 37800)


@chapter.recomputes("x-real-numbers-mcq-02")
def lcm_from_product_and_hcf() -> Any:
    pairs = [(a, 12960 // a) for a in common_divisors(12960) if gcd(a, 12960 // a) == 18]
    (lcm,) = {least_common_multiple(*pair) for pair in pairs}
    return lcm, (40, 360, 720, 12942)


@chapter.recomputes("x-real-numbers-mcq-03")
def greatest_divisor_leaving_five() -> Any:
    return max(d for d in range(1, 246) if 245 % d == 1029 % d == 5), (16, 21, 49, 15360)


@chapter.recomputes("x-real-numbers-mcq-04")
def lcm_of_smallest_composites() -> Any:
    smallest = next(composites())
    smallest_of_two_digits = next(n for n in composites() if n >= 10)
    return least_common_multiple(smallest, smallest_of_two_digits), (2, 10, 14, 20)


@chapter.recomputes("x-real-numbers-ar-01")
def powers_of_five_end_in_five() -> Any:
    assertion = all(pow(5, n, 10) != 0 for n in range(1, 200))
    reason = all({2, 5} <= set(sp.primefactors(n)) for n in range(10, 2000, 10))
    return assertion, reason


@chapter.recomputes("x-real-numbers-vsa-01")
def composite_by_a_common_factor() -> Any:
    number = 5 * 11 * 17 + 17
    assert sp.factorint(number) == {2: 3, 7: 1, 17: 1}
    return [(number, r"17 \times 56"), (number, r"2^3 \times 7 \times 17")]


@chapter.recomputes("x-real-numbers-vsa-02")
def buses_leave_together_again() -> Any:
    minutes = least_common_multiple(12, 18, 20)
    assert minutes == (9 - 6) * 60
    return [(minutes, r"2^2 \times 3^2 \times 5 = 180"), ("9:00 a.m.", "9:00 a.m.")]


@chapter.recomputes("x-real-numbers-vsa-03")
def hcf_and_lcm() -> Any:
    return [
        (max(common_divisors(126, 240)), r"2 \times 3 = 6"),
        (least_common_multiple(126, 240), r"2^4 \times 3^2 \times 5 \times 7 = 5040"),
    ]


@chapter.recomputes("x-real-numbers-vsa-04")
def greatest_divisor_leaving_one_and_two() -> Any:
    return max(d for d in range(1, 73) if (85 % d, 72 % d) == (1, 2)), r"2 \times 7 = 14"


@chapter.recomputes("x-real-numbers-sa-02")
def surd_alone_on_one_side() -> Any:
    a, b, root = sp.symbols("a b root")
    (alone,) = sp.solve(sp.Eq(7 - 4 * root, a / b), root)
    return alone, r"\sqrt{3} = \frac{7b - a}{4b}"


@chapter.recomputes("x-real-numbers-sa-03")
def tins_of_three_oils() -> Any:
    litres = (84, 126, 210)
    capacity = max(common_divisors(*litres))
    tins = sum(amount // capacity for amount in litres)
    return [(capacity, r"2 \times 3 \times 7 = 42"), (tins, "2 + 3 + 5 = 10")]


@chapter.recomputes("x-real-numbers-sa-04")
def smallest_four_digit_number_leaving_five() -> Any:
    number = next(n for n in count(1000) if n % 8 == n % 12 == n % 15 == 5)
    assert number % 7 == 0
    return [(number, r"120 \times 9 + 5 = 1085"), (number, r"1085 = 7 \times 155")]


@pytest.mark.parametrize("code", chapter.recomputed)
def test_question_agrees_with_its_recomputation(code: str) -> None:
    chapter.verify(code)


def test_every_question_is_recomputed_or_argued() -> None:
    chapter.verify_coverage()
