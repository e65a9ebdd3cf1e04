from functools import cache

import pytest

from mathvidya.bank.content import QuestionContent
from mathvidya.exams.assembly.cells import BankIndex, Cell, Item
from mathvidya.exams.assembly.drawing import assemble
from mathvidya.exams.assembly.paper import AssembledPaper
from mathvidya.exams.assembly.spec import TemplateSpec
from seeds.reference.questions import FOLDER, read
from tests.features.exams.assembly_banks import TEMPLATES, ids, violations

SEEDS = range(60)


@cache
def reference_bank(code: str) -> BankIndex:
    """What the bank's files hold for the students of a template, as if none had been used yet."""
    spec = TEMPLATES[code]
    return BankIndex.build(
        Item(reference.question_id, 1, cell_of(reference.content), 0)
        for file in sorted(FOLDER.glob("*/*.yaml"))
        for reference in read(file)
        if is_for(reference.content, spec)
    )


def is_for(content: QuestionContent, spec: TemplateSpec) -> bool:
    about = content.classification
    if about.class_level.value != spec.class_level.value:
        return False
    return spec.course_level is None or spec.course_level.value in about.levels


def cell_of(content: QuestionContent) -> Cell:
    about = content.classification
    return Cell(
        unit=about.unit,
        chapter=about.chapter,
        type=about.type.value,
        marks=about.marks,
        difficulty=about.difficulty.value,
        cognitive=about.cognitive_level.value,
        pattern=content.pattern,
    )


def two_papers(code: str, seed: int) -> tuple[AssembledPaper, AssembledPaper]:
    """The first two papers of one student."""
    spec, bank = TEMPLATES[code], reference_bank(code)
    first = assemble(spec, bank, seen=frozenset(), seed=seed)
    return first, assemble(spec, bank, seen=ids(first), seed=seed + len(SEEDS))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("code", ["cbse-xii-board", "cbse-x-standard-board"])
def test_the_first_two_board_papers_of_a_student_are_exact_and_share_no_question(
    code: str, seed: int
) -> None:
    first, second = two_papers(code, seed)
    assert violations(first) == violations(second) == []
    shared = ids(first) & ids(second)
    assert not shared
