from typing import Any

import pytest

from mathvidya.exams.assembly.drawing import assemble
from mathvidya.exams.assembly.parsing import dump_template, parse_template
from mathvidya.exams.assembly.spec import TemplateSpec, for_unit
from tests.features.exams.assembly_banks import (
    FACTS,
    TEMPLATES,
    UNITS,
    index,
    plentiful,
    violations,
)

BOARDS = {
    "cbse-x-standard-board": FACTS["papers"][0],
    "cbse-x-basic-board": FACTS["papers"][1],
    "cbse-xii-board": FACTS["papers"][2],
}
PRACTICE = {paper["exam_type"]: paper for paper in FACTS["practice_papers"]}
SECTIONS = [spec for spec in TEMPLATES.values() if spec.exam_type.startswith("section_")]
BANKS = {name: index(plentiful(name)) for name in UNITS}


def papers_of(spec: TemplateSpec) -> list[TemplateSpec]:
    """A unit practice is a paper for each unit."""
    if spec.exam_type != "unit_practice":
        return [spec]
    return [for_unit(spec, unit["unit"]) for unit in UNITS[spec.class_level]]


@pytest.mark.parametrize("code", BOARDS)
def test_a_board_template_has_the_boards_sections(code: str) -> None:
    wanted = [
        (each["section"], each["type"], each["count"], each["marks_each"])
        for each in FACTS["sections_common"]
    ]
    spec = TEMPLATES[code]
    assert [(s, g.type, g.count, g.marks_each) for s, g in spec.groups()] == wanted
    assert (spec.questions, spec.marks, spec.minutes) == (38, 80, 180)


@pytest.mark.parametrize(("code", "facts"), BOARDS.items())
def test_a_board_template_has_the_boards_unit_marks(code: str, facts: dict[str, Any]) -> None:
    wanted = [(unit["unit"], unit["marks"]) for unit in UNITS[facts["class"]]]
    assert [(each.unit, each.marks) for each in TEMPLATES[code].unit_marks] == wanted


@pytest.mark.parametrize(("code", "facts"), BOARDS.items())
def test_a_board_template_has_the_boards_choices_and_patterns(code: str, facts: dict[str, Any]) -> None:
    groups = list(TEMPLATES[code].groups())
    choices = {section: group.choices for section, group in groups if group.choices}
    # In section E the choice lies inside a question, so no question has a partner there.
    assert choices == {key: facts["internal_choice"][key] for key in "BCD"}
    patterns = [each.pattern for each in groups[-1][1].patterns for _ in range(each.count)]
    assert patterns == ["+".join(map(str, parts)) for parts in facts["case_study_parts"]]


@pytest.mark.parametrize(("code", "facts"), BOARDS.items())
def test_a_board_template_keeps_the_mix_within_four_marks_of_the_boards(
    code: str, facts: dict[str, Any]
) -> None:
    bands = {band.level: (band.minimum, band.maximum) for band in TEMPLATES[code].cognitive}
    assert bands == {level: (marks - 4, marks + 4) for level, marks in facts["cognitive_marks"].items()}


@pytest.mark.parametrize("exam_type", ["section_mcq", "section_vsa", "section_sa"])
def test_a_section_practice_has_its_size_for_every_paper_of_the_board(exam_type: str) -> None:
    facts = PRACTICE[exam_type]
    specs = [spec for spec in TEMPLATES.values() if spec.exam_type == exam_type]
    assert {(spec.class_level, spec.course_level) for spec in specs} == {
        ("XII", None),
        ("X", "standard"),
        ("X", "basic"),
    }
    for spec in specs:
        assert (spec.questions, spec.minutes) == (facts["questions"], facts["minutes"])
        assert {group.marks_each for _, group in spec.groups()} == {facts["marks_each"]}


@pytest.mark.parametrize("slug", ["cbse-xii", "cbse-x-standard", "cbse-x-basic"])
@pytest.mark.parametrize("facts", PRACTICE["unit_practice"]["variants"], ids=lambda v: v["type"])
def test_a_unit_practice_has_its_size_in_every_variant(slug: str, facts: dict[str, Any]) -> None:
    spec = TEMPLATES[f"{slug}-unit-{facts['type'].lower()}"]
    assert spec.exam_type == "unit_practice"
    assert {group.type for _, group in spec.groups()} == {facts["type"]}
    assert (spec.questions, spec.minutes) == (facts["questions"], facts["minutes"])


@pytest.mark.parametrize("spec", TEMPLATES.values(), ids=lambda spec: spec.code)
def test_a_template_survives_the_way_through_json(spec: TemplateSpec) -> None:
    for paper in papers_of(spec):
        assert parse_template(dump_template(paper)) == paper


@pytest.mark.parametrize("spec", TEMPLATES.values(), ids=lambda spec: spec.code)
def test_every_template_is_filled_exactly_from_a_plentiful_bank(spec: TemplateSpec) -> None:
    bank = BANKS[spec.class_level]
    for paper in papers_of(spec):
        for seed in range(5):
            assert violations(assemble(paper, bank, seen=frozenset(), seed=seed)) == []


@pytest.mark.parametrize("code", BOARDS)
def test_a_board_paper_from_a_plentiful_bank_shows_every_chapter(code: str) -> None:
    spec = TEMPLATES[code]
    chapters = {name for unit in UNITS[spec.class_level] for name in unit["chapters"]}
    for seed in range(10):
        paper = assemble(spec, BANKS[spec.class_level], seen=frozenset(), seed=seed)
        assert {q.item.cell.chapter for q in paper.questions} == chapters


@pytest.mark.parametrize("spec", SECTIONS, ids=lambda spec: spec.code)
def test_a_practice_without_a_unit_visits_as_many_units_as_it_can(spec: TemplateSpec) -> None:
    units = {unit["unit"] for unit in UNITS[spec.class_level]}
    for seed in range(5):
        paper = assemble(spec, BANKS[spec.class_level], seen=frozenset(), seed=seed)
        visited = {q.item.cell.unit for q in paper.questions}
        assert len(visited) == min(len(units), spec.questions)
