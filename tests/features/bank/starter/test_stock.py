"""What the starter bank holds in all, for each class: enough for two papers, evenly mixed."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.features.bank.starter import board
from tests.features.bank.starter.harness import BANK, load

STOCK = {
    folder.name.upper(): [q for file in sorted(folder.glob("*.yaml")) for q in load(file)]
    for folder in sorted(BANK.iterdir())
}

each_class = pytest.mark.parametrize("class_", sorted(STOCK))


@each_class
def test_every_chapter_has_questions(class_: str) -> None:
    chapters = {question["chapter"] for question in STOCK[class_]}
    assert chapters == set().union(*board.UNITS[class_].values())


@each_class
def test_paper_shape_gives_the_marks_of_the_board(class_: str) -> None:
    shape = board.PAPERS[class_]
    marks = [sum(board.MARKS[type_] * count for type_, count in unit.items()) for unit in shape.values()]
    sections = sum((Counter(unit) for unit in shape.values()), Counter())
    assert marks == board.UNIT_MARKS[class_]
    assert sections == board.SECTION_COUNTS


@each_class
def test_bank_fills_two_papers_that_share_no_question(class_: str) -> None:
    stock = Counter((question["unit"], question["type"]) for question in STOCK[class_])
    for unit, types in board.PAPERS[class_].items():
        for type_, count in types.items():
            assert stock[unit, type_] >= 2 * count, f"{unit}: {type_}"
    for type_, partners in board.OR_PARTNERS[class_].items():
        total = sum(count for (_, each), count in stock.items() if each == type_)
        assert total >= 2 * (board.SECTION_COUNTS[type_] + partners)


def test_two_papers_of_class_xii_have_enough_cases_of_each_shape() -> None:
    cases = [q for q in STOCK["XII"] if q["type"] == "CASE_STUDY" and q["unit"] == "Calculus"]
    shapes = Counter(len(question["parts"]) for question in cases)
    assert shapes[3] >= 2
    assert shapes[2] >= 2


@each_class
def test_cognitive_mix_is_near_the_board(class_: str) -> None:
    marks: Counter[str] = Counter()
    for question in STOCK[class_]:
        marks[question["cognitive"]] += question["marks"]
    for level, prescribed in board.COGNITIVE_MARKS[class_].items():
        assert abs(marks[level] / marks.total() - prescribed / 80) <= 0.1, level


@each_class
@pytest.mark.parametrize("type_", ["MCQ", "ASSERTION_REASON"])
def test_keys_are_spread_over_the_labels(class_: str, type_: str) -> None:
    keys = Counter(q["key"][0] for q in STOCK[class_] if q["type"] == type_)
    assert all(keys[label] * 8 >= keys.total() for label in "ABCD"), keys
