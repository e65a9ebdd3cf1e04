import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mathvidya.exams.assembly.cells import Item
from mathvidya.exams.assembly.drawing import assemble
from mathvidya.exams.assembly.preview import preview
from mathvidya.exams.assembly.shortages import CannotAssemble
from mathvidya.exams.assembly.spec import TemplateSpec
from tests.features.exams.assembly_banks import (
    COGNITIVE,
    TEMPLATES,
    cell,
    group,
    ids,
    index,
    plentiful,
    stock,
    template,
    violations,
)

BOARD = TEMPLATES["cbse-xii-board"]
BANK = plentiful("XII")
ROOT = Path(__file__).parents[3]

KINDS = ("MCQ", "VSA", "SA")


@st.composite
def papers_worth(draw: st.DrawFn) -> tuple[TemplateSpec, list[Item]]:
    """A template and exactly the questions of two papers, in pairs of a kind."""
    counts = [(kind, draw(st.integers(1, 4))) for kind in KINDS]
    unit = st.sampled_from(["Algebra", "Calculus", "Probability"])
    one = [cell(draw(unit), kind) for kind, number in counts for _ in range(number)]
    marks: defaultdict[str, int] = defaultdict(int)
    for each in one:
        marks[each.unit] += each.marks
    spec = template(*(group(*each) for each in counts), units=dict(marks))
    return spec, stock(*one, *one)


@given(papers_worth(), st.integers(0, 2**32))
@settings(deadline=None)
def test_two_papers_from_exactly_twice_the_questions_share_none(
    case: tuple[TemplateSpec, list[Item]], seed: int
) -> None:
    spec, bank = case
    first = assemble(spec, index(bank), seen=frozenset(), seed=seed)
    second = assemble(spec, index(bank), seen=ids(first), seed=seed)
    assert violations(first) == violations(second) == []
    assert not ids(first) & ids(second)


@given(st.sampled_from([6, 8, 12, 40]), st.integers(0, 10**6))
@settings(max_examples=20, deadline=None)
def test_a_board_paper_from_any_bank_keeps_every_rule_or_is_refused_with_reasons(
    percent: int, chance: int
) -> None:
    rng = Random(chance)
    bank = [item for item in BANK if rng.randrange(100) < percent]
    seen = frozenset(item.question_id for item in bank if rng.random() < 0.3)
    missing = preview(BOARD, index(bank)).shortages
    if missing:
        with pytest.raises(CannotAssemble) as refusal:
            assemble(BOARD, index(bank), seen=seen, seed=7)
        assert {each.unit for each in refusal.value.shortages} <= {u.unit for u in BOARD.unit_marks}
    else:
        assert violations(assemble(BOARD, index(bank), seen=seen, seed=7)) == []


def test_a_board_paper_is_repeated_by_its_seed_and_changed_by_another() -> None:
    bank = index(BANK)
    papers = [assemble(BOARD, bank, seen=frozenset(), seed=seed) for seed in (7, 7, 8)]
    assert papers[0] == papers[1]
    assert ids(papers[0]) != ids(papers[2])


def test_the_order_in_which_the_bank_is_read_does_not_matter() -> None:
    shuffled = Random(1).sample(BANK, len(BANK))
    papers = [assemble(BOARD, index(b), seen=frozenset(), seed=7) for b in (BANK, shuffled)]
    assert papers[0] == papers[1]


PRINT_PAPERS = """
from tests.features.exams.assembly_banks import *
from mathvidya.exams.assembly.drawing import assemble
bank = plentiful("XII")
for items in (bank, bank[::9]):  # the second is too scarce for the greedy layout
    seen = frozenset(item.question_id for item in items[::2])
    paper = assemble(TEMPLATES["cbse-xii-board"], index(items), seen=seen, seed=7)
    print([item.question_id.int for item in paper.items()])
"""


def test_another_process_with_another_hash_seed_draws_the_same_papers() -> None:
    printed = {
        subprocess.run(
            [sys.executable, "-c", PRINT_PAPERS],
            env={"PYTHONHASHSEED": hash_seed},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for hash_seed in ("1", "2")
    }
    assert len(printed) == 1
    assert printed != {""}


def test_a_student_meets_nothing_twice_while_the_bank_has_fresh_questions() -> None:
    bank = index(BANK)
    seen: frozenset[UUID] = frozenset()
    for seed in range(6):
        paper = assemble(BOARD, bank, seen=seen, seed=seed)
        assert not ids(paper) & seen
        seen |= ids(paper)


@given(st.lists(st.integers(0, 3), min_size=24, max_size=24), st.integers(0, 99))
@settings(deadline=None)
def test_in_every_cell_the_least_used_questions_go_first(uses: list[int], seed: int) -> None:
    levels = [cell("Algebra", "VSA", cognitive=level) for level in COGNITIVE]
    bank = stock(*(levels * 8), uses=uses)
    paper = assemble(template(group("VSA", 9, 3)), index(bank), seen=frozenset(), seed=seed)
    drawn = ids(paper)
    for level in levels:
        taken = [i.uses for i in bank if i.cell == level and i.question_id in drawn]
        left = [i.uses for i in bank if i.cell == level and i.question_id not in drawn]
        assert max(taken, default=0) <= min(left, default=3)


def test_questions_used_equally_often_are_drawn_by_lot() -> None:
    bank = index(stock(*[cell("Algebra", "SA")] * 10))
    spec = template(group("SA", 1))
    drawn = {ids(assemble(spec, bank, seen=frozenset(), seed=seed)) for seed in range(60)}
    assert len(drawn) > 5


def test_a_partner_comes_from_the_same_chapter_if_it_can() -> None:
    chapters = [cell("Calculus", "LA", chapter=name) for name in ("Integrals", "Derivatives")]
    bank = index(stock(*(chapters * 2)))
    for seed in range(20):
        paper = assemble(template(group("LA", 2, 2)), bank, seen=frozenset(), seed=seed)
        for question in paper.questions:
            assert question.alternative is not None
            assert question.alternative.cell.chapter == question.item.cell.chapter


def test_a_partner_comes_from_another_chapter_of_the_unit_if_it_must() -> None:
    chapters = [cell("Calculus", "LA", chapter=name) for name in ("Integrals", "Derivatives")]
    paper = assemble(template(group("LA", 1, 1)), index(stock(*chapters)), seen=frozenset(), seed=1)
    assert violations(paper) == []


def test_a_case_study_has_a_partner_of_its_own_parts() -> None:
    patterns = [cell("Calculus", "CASE_STUDY", pattern=p) for p in ("1+1+2", "2+2")]
    asked = group("CASE_STUDY", 2, 2, patterns={"1+1+2": 1, "2+2": 1})
    for seed in range(10):
        paper = assemble(template(asked), index(stock(*(patterns * 2))), seen=frozenset(), seed=seed)
        assert violations(paper) == []


def test_two_sections_may_share_one_kind_of_question() -> None:
    spec = template(group("MCQ", 3, 1), group("MCQ", 2, 2))
    bank = stock(*[cell("Algebra", "MCQ")] * 8)
    assert violations(assemble(spec, index(bank), seen=frozenset(), seed=3)) == []
    with pytest.raises(
        CannotAssemble, match=r"Sections A and B: MCQ of 1 mark in Algebra: 8 needed, 7 in the bank"
    ):
        assemble(spec, index(bank[1:]), seen=frozenset(), seed=3)


def test_a_unit_practice_without_its_unit_is_refused() -> None:
    with pytest.raises(ValueError, match="choose its unit"):
        assemble(TEMPLATES["cbse-xii-unit-sa"], index(BANK), seen=frozenset(), seed=1)


def test_a_question_that_is_in_the_bank_twice_is_refused() -> None:
    bank = stock(cell("Algebra", "SA"))
    with pytest.raises(ValueError, match="twice"):
        index(bank * 2)
