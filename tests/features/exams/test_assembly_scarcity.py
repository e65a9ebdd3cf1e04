from collections import Counter
from collections.abc import Iterator
from itertools import combinations, product
from random import Random
from uuid import UUID

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from mathvidya.exams.assembly.cells import Cell, Item
from mathvidya.exams.assembly.drawing import assemble
from mathvidya.exams.assembly.fields import InvalidTemplate
from mathvidya.exams.assembly.greedy import propose
from mathvidya.exams.assembly.preview import preview
from mathvidya.exams.assembly.problem import Problem
from mathvidya.exams.assembly.shortages import CannotAssemble
from mathvidya.exams.assembly.solver import solve
from mathvidya.exams.assembly.spec import TemplateSpec, for_unit
from tests.features.exams.assembly_banks import (
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

NOTHING: frozenset[UUID] = frozenset()

# Four questions, six with the alternatives; the mix is tight enough to rule papers out.
TINY = template(
    group("MCQ", 2),
    group("VSA", 2, 1),
    units={"Algebra": 3, "Calculus": 3},
    cognitive={
        "remember_understand": {"minimum": 2, "maximum": 4},
        "apply": {"minimum": 1, "maximum": 4},
        "analyse_evaluate_create": {"minimum": 0, "maximum": 0},
    },
)
TINY_LEVELS = ("remember_understand", "apply")
KINDS = [
    cell(unit, kind, chapter=f"{unit} {part}", cognitive=level)
    for unit, kind, level, part in product(("Algebra", "Calculus"), ("MCQ", "VSA"), TINY_LEVELS, (1, 2))
]


def every_paper(bank: list[Item], seen: frozenset[UUID]) -> Iterator[tuple[int, int]]:
    """All fillings of TINY by trying them, each as (questions seen before, chapters shown)."""
    shelves = {kind: [i for i in bank if i.cell.type == kind] for kind in ("MCQ", "VSA")}
    pairs = product(combinations(shelves["MCQ"], 2), combinations(shelves["VSA"], 2))
    for mcq, vsa in pairs:
        mains = [*mcq, *vsa]
        for partner in shelves["VSA"]:
            if partner in vsa or partner.cell.unit not in {i.cell.unit for i in vsa}:
                continue
            if weighed_right(mains):
                shown = {item.cell.chapter for item in mains}
                yield sum(i.question_id in seen for i in [*mains, partner]), len(shown)


def weighed_right(mains: list[Item]) -> bool:
    marks: Counter[str] = Counter()
    for item in mains:
        marks[item.cell.unit] += item.cell.marks
        marks[item.cell.cognitive] += item.cell.marks
    return (
        marks["Algebra"] == marks["Calculus"] == 3
        and 2 <= marks["remember_understand"] <= 4
        and 1 <= marks["apply"] <= 4
    )


@given(
    st.lists(st.tuples(st.sampled_from(KINDS), st.booleans()), min_size=5, max_size=12),
    st.integers(0, 99),
)
@settings(max_examples=150, deadline=None)
def test_a_paper_is_found_if_and_only_if_there_is_one_and_it_is_the_best_there_is(
    known: list[tuple[Cell, bool]], seed: int
) -> None:
    bank = stock(*(each for each, _ in known))
    seen = frozenset(item.question_id for item, (_, met) in zip(bank, known, strict=True) if met)
    possible = list(every_paper(bank, seen))
    event(f"possible: {bool(possible)}")
    if not possible:
        with pytest.raises(CannotAssemble, match="needed"):
            assemble(TINY, index(bank), seen=seen, seed=seed)
        return
    paper = assemble(TINY, index(bank), seen=seen, seed=seed)
    assert violations(paper) == []
    fewest = min(met for met, _ in possible)
    assert len(ids(paper) & seen) == fewest
    shown = len({question.item.cell.chapter for question in paper.questions})
    assert shown == max(chapters for met, chapters in possible if met == fewest)


@given(st.lists(st.sampled_from(KINDS), max_size=8))
@settings(max_examples=60, deadline=None)
def test_a_bank_that_gains_what_was_named_as_missing_fills_the_template(known: list[Cell]) -> None:
    bank = stock(*known)
    for shortage in preview(TINY, index(bank)).shortages:
        gained = [
            cell(shortage.unit, shortage.type, cognitive=level)
            for level in ([shortage.levels] if shortage.levels else TINY_LEVELS)
            for _ in range(shortage.needed - shortage.available)
        ]
        bank = stock(*(item.cell for item in bank), *gained)
    assert preview(TINY, index(bank)).fillable


# Each unit's marks can be made of threes and fives in one way only, and each has just enough.
RECIPES = {
    "A": "LS",
    "B": "SSS",
    "C": "LL",
    "D": "LSS",
    "E": "SSS",
    "F": "LL",
    "G": "LS",
    "H": "SSS",
}
JIGSAW = [
    cell(unit, {"L": "LA", "S": "SA"}[letter]) for unit, recipe in RECIPES.items() for letter in recipe + "LS"
]


def jigsaw() -> TemplateSpec:
    letters = Counter("".join(RECIPES.values()))
    units = {unit: sum({"L": 5, "S": 3}[x] for x in recipe) for unit, recipe in RECIPES.items()}
    return template(group("LA", letters["L"]), group("SA", letters["S"]), units=units)


def test_a_jigsaw_that_defeats_the_greedy_layout_is_solved() -> None:
    bank = index(stock(*JIGSAW))
    problem = Problem.of(jigsaw(), bank.cells, bank.pools)
    free = bank.supply(NOTHING).free
    assert any(propose(problem, free, Random(seed)) is None for seed in range(10))
    for seed in range(10):
        assert violations(assemble(jigsaw(), bank, seen=NOTHING, seed=seed)) == []


def test_a_seen_question_is_drawn_only_as_often_as_it_must() -> None:
    bank = stock(*[cell("Algebra", "SA")] * 6)
    seen = frozenset(item.question_id for item in bank[:4])
    paper = assemble(template(group("SA", 3, 1)), index(bank), seen=seen, seed=5)
    assert len(ids(paper) & seen) == 2


def test_what_is_missing_is_named_by_section_kind_unit_and_number() -> None:
    bank = [i for i in plentiful("XII") if (i.cell.unit, i.cell.type) != ("Linear Programming", "MCQ")]
    short = [i for i in bank if i.cell.unit == "Linear Programming"]
    rest = [i for i in bank if i.cell.unit != "Linear Programming"]
    only_long = [i for i in short if i.cell.type == "SA"]
    with pytest.raises(CannotAssemble) as refusal:
        assemble(TEMPLATES["cbse-xii-board"], index(rest + only_long), seen=NOTHING, seed=1)
    assert [shortage.unit for shortage in refusal.value.shortages] == ["Linear Programming"]
    assert "in Linear Programming: 1 needed, 0 in the bank" in str(refusal.value)


def test_an_empty_bank_lacks_the_whole_paper() -> None:
    missing = preview(TEMPLATES["cbse-xii-board"], index([])).shortages
    assert sum(shortage.needed for shortage in missing) == 38 + 2 + 3 + 2
    assert {shortage.available for shortage in missing} == {0}


def test_an_empty_bank_lacks_a_practice_of_whatever_unit() -> None:
    (missing,) = preview(TEMPLATES["cbse-xii-section-sa"], index([])).shortages
    assert str(missing) == "Section C: SA of 3 marks in any unit: 6 needed, 0 in the bank"


def test_a_missing_partner_counts_as_missing() -> None:
    with pytest.raises(CannotAssemble, match="LA of 5 marks in Algebra: 3 needed, 2 in the bank"):
        assemble(
            template(group("LA", 2, 1)),
            index(stock(*[cell("Algebra", "LA")] * 2)),
            seen=NOTHING,
            seed=1,
        )


def test_a_missing_level_is_named_when_only_the_level_is_missing() -> None:
    mix = {
        "remember_understand": {"minimum": 0, "maximum": 6},
        "apply": {"minimum": 3, "maximum": 6},
        "analyse_evaluate_create": {"minimum": 0, "maximum": 6},
    }
    spec = template(group("SA", 2), cognitive=mix)
    bank = stock(*[cell("Algebra", "SA", cognitive="remember_understand")] * 5)
    with pytest.raises(CannotAssemble, match=r"in Algebra \(apply\): 1 needed, 0 in the bank"):
        assemble(spec, index(bank), seen=NOTHING, seed=1)


def test_a_missing_difficulty_is_named_too() -> None:
    mix = {
        "easy": {"minimum": 0, "maximum": 6},
        "medium": {"minimum": 0, "maximum": 6},
        "hard": {"minimum": 3, "maximum": 3},
    }
    spec = template(group("SA", 2), difficulty=mix)
    bank = stock(*[cell("Algebra", "SA", difficulty="easy")] * 5)
    with pytest.raises(CannotAssemble, match=r"in Algebra \(hard\): 1 needed, 0 in the bank"):
        assemble(spec, index(bank), seen=NOTHING, seed=1)
    hard = stock(*(item.cell for item in bank), cell("Algebra", "SA", difficulty="hard"))
    assert violations(assemble(spec, index(hard), seen=NOTHING, seed=1)) == []


def test_a_template_that_no_bank_can_fill_is_told_from_a_bank_that_is_short() -> None:
    spec = template(group("VSA", 2), units={"Algebra": 1, "Calculus": 3})
    with pytest.raises(InvalidTemplate, match="cannot be made up"):
        assemble(spec, index(plentiful("XII")), seen=NOTHING, seed=1)


def test_a_preview_puts_the_scarcest_supply_first() -> None:
    bank = plentiful("XII")
    few = [i for i in bank if (i.cell.unit, i.cell.type) == ("Probability", "SA")][:1]
    rest = [i for i in bank if (i.cell.unit, i.cell.type) != ("Probability", "SA")]
    found = preview(TEMPLATES["cbse-xii-board"], index(rest + few))
    scarcest = found.supplies[0]
    assert found.fillable
    assert (scarcest.unit, scarcest.type, scarcest.available) == ("Probability", "SA", 1)
    # Nine short answers with their alternatives, and 8 of 80 marks are Probability's.
    assert float(scarcest.papers) == pytest.approx(1 / 0.9)


def test_a_preview_of_a_unit_practice_looks_at_that_unit_alone() -> None:
    spec = for_unit(TEMPLATES["cbse-xii-unit-la"], "Algebra")
    found = preview(spec, index(plentiful("XII")))
    assert [(each.unit, each.available) for each in found.supplies] == [("Algebra", 24)]
    assert found.supplies[0].papers == 6


def test_the_solver_draws_other_papers_for_other_seeds_and_the_same_for_the_same() -> None:
    bank = index(plentiful("XII", copies=1))
    problem = Problem.of(TEMPLATES["cbse-xii-board"], bank.cells, bank.pools)
    supply = bank.supply(NOTHING)
    plans = [solve(problem, supply, Random(seed)) for seed in (1, 2, 3, 1)]
    assert plans[0] == plans[3]
    assert len({str(plan) for plan in plans}) > 1
