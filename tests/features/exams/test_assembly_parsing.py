from copy import deepcopy
from typing import Any

import pytest

from mathvidya.exams.assembly.fields import InvalidTemplate
from mathvidya.exams.assembly.parsing import dump_template, parse_template
from mathvidya.exams.assembly.spec import for_unit
from tests.features.exams.assembly_banks import TEMPLATES

BOARD = TEMPLATES["cbse-xii-board"]
PRACTICE = TEMPLATES["cbse-xii-unit-sa"]

MISTAKES: list[tuple[tuple[str | int, ...], object, str, str]] = [
    (("title",), "  ", "title", "not blank"),
    (("title",), None, "title", "not blank"),
    (("exam_type",), "quiz", "exam_type", "board_exam"),
    (("class_level",), "XI", "class_level", "X, XII"),
    (("course_level",), "basic", "course_level", "class XII takes null"),
    (("minutes",), "180", "minutes", "from 1 to 600"),
    (("minutes",), True, "minutes", "from 1 to 600"),
    (("minutes",), 0, "minutes", "from 1 to 600"),
    (("instructions",), [], "instructions", "list with members"),
    (("instructions", 1), 7, "instructions[1]", "not blank"),
    (("sections",), {}, "sections", "list with members"),
    (("sections", 1, "section"), "A", "sections", "own letter"),
    (("sections", 0), "A", "sections[0]", "JSON object"),
    (("sections", 0, "groups", 0, "type"), "ESSAY", "sections[0].groups[0].type", "MCQ"),
    (("sections", 0, "groups", 0, "count"), 1.5, "sections[0].groups[0].count", "whole number"),
    (("sections", 0, "groups", 0, "marks_each"), 7, "sections[0].groups[0].marks_each", "1 to 6"),
    (("sections", 1, "groups", 0, "choices"), 6, "sections[1].groups[0].choices", "0 to 5"),
    (("sections", 1, "groups", 0, "patterns"), {"2": 5}, "sections[1].groups[0].patterns", "null"),
    (
        ("sections", 4, "groups", 0, "patterns"),
        {"1+1+2": 2},
        "sections[4].groups[0].patterns",
        "once",
    ),
    (
        ("sections", 4, "groups", 0, "patterns"),
        {"1+2": 3},
        "sections[4].groups[0].patterns.1+2",
        "sum to 4",
    ),
    (("sections", 0, "colour"), "red", "sections[0].colour", "groups, section"),
    (("sections", 0, "groups", 0, "count"), 200, "sections", "200 questions"),
    (("unit_marks", "Algebra"), 11, "unit_marks", "sums agree"),
    (("unit_marks", "Algebra"), "10", "unit_marks.Algebra", "whole number"),
    (("cognitive", "apply"), None, "cognitive.apply", "JSON object"),
    (("cognitive", "recall"), {}, "cognitive.recall", "remember_understand"),
    (("cognitive", "apply", "maximum"), 3, "cognitive.apply.maximum", "from 16"),
    (("cognitive", "apply"), {"minimum": 60, "maximum": 70}, "cognitive", "widen"),
    (("unit",), "Algebra", "unit", "null"),
    (("price",), 3, "price", "cognitive"),
]


def changed(data: dict[str, object], place: tuple[str | int, ...], value: object) -> Any:
    copy: Any = deepcopy(data)
    here = copy
    for key in place[:-1]:
        here = here[key]
    here[place[-1]] = value
    return copy


@pytest.mark.parametrize(("place", "value", "path", "remedy"), MISTAKES)
def test_a_mistake_is_named_with_its_place_and_its_remedy(
    place: tuple[str | int, ...], value: object, path: str, remedy: str
) -> None:
    with pytest.raises(InvalidTemplate) as refusal:
        parse_template(changed(dump_template(BOARD), place, value))
    assert refusal.value.path == path
    assert remedy in refusal.value.remedy


@pytest.mark.parametrize("data", [None, [], "a template", 7])
def test_what_is_no_object_is_no_template(data: object) -> None:
    with pytest.raises(InvalidTemplate, match=r"template: .* give a JSON object"):
        parse_template(data)


def test_a_unit_practice_does_not_weigh_units() -> None:
    with pytest.raises(InvalidTemplate, match="no place in a unit practice"):
        parse_template(dump_template(PRACTICE) | {"unit_marks": {"Algebra": PRACTICE.marks}})


def test_class_x_needs_a_level() -> None:
    with pytest.raises(InvalidTemplate, match="class X needs standard or basic"):
        parse_template(dump_template(TEMPLATES["cbse-x-basic-board"]) | {"course_level": None})


def test_optional_fields_may_be_left_out() -> None:
    data = dump_template(PRACTICE)
    for key in ("course_level", "unit_marks", "cognitive", "difficulty", "unit"):
        del data[key]
    assert parse_template(data) == PRACTICE


def test_a_unit_is_bound_to_a_unit_practice_only() -> None:
    assert for_unit(PRACTICE, "Algebra").unit == "Algebra"
    with pytest.raises(ValueError, match="only a unit practice"):
        for_unit(BOARD, "Algebra")
    with pytest.raises(ValueError, match="name of a unit"):
        for_unit(PRACTICE, " ")
