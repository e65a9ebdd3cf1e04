"""Templates from JSON and back, with every rule that a template must keep on its own.

What depends on the bank (are there enough questions?) is not asked here; see `preview`.
"""

from collections.abc import Iterable
from dataclasses import fields as dataclass_fields

from mathvidya.exams.assembly.fields import Fields, InvalidTemplate
from mathvidya.exams.assembly.spec import (
    Band,
    Group,
    PatternCount,
    Section,
    TemplateSpec,
    UnitMarks,
)
from mathvidya.exams.assembly.words import (
    ClassLevel,
    CognitiveLevel,
    CourseLevel,
    Difficulty,
    ExamType,
    QuestionType,
)

LONGEST_MINUTES = 600
MOST_QUESTIONS = 200
MOST_MARKS_EACH = 6  # the longest answers of the board's older pattern

_TEMPLATE = frozenset(field.name for field in dataclass_fields(TemplateSpec))
_SECTION = frozenset(field.name for field in dataclass_fields(Section))
_GROUP = frozenset(field.name for field in dataclass_fields(Group))
_BAND = frozenset({"minimum", "maximum"})


def parse_template(data: object) -> TemplateSpec:
    """Read a template; raises InvalidTemplate at the first thing that is wrong."""
    fields = Fields.of(data, "", _TEMPLATE)
    spec = TemplateSpec(
        code=fields.text("code"),
        title=fields.text("title"),
        exam_type=fields.one_of("exam_type", ExamType),
        class_level=fields.one_of("class_level", ClassLevel),
        course_level=fields.one_of("course_level", CourseLevel) if fields.given("course_level") else None,
        minutes=fields.whole("minutes", 1, LONGEST_MINUTES),
        instructions=fields.texts("instructions"),
        sections=tuple(_section(value, path) for value, path in fields.items("sections")),
        unit_marks=_unit_marks(fields),
        cognitive=_bands(fields, "cognitive", CognitiveLevel),
        difficulty=_bands(fields, "difficulty", Difficulty),
        unit=fields.text("unit") if fields.given("unit") else None,
    )
    _check_whole(spec)
    return spec


def dump_template(spec: TemplateSpec) -> dict[str, object]:
    """The JSON form of a template; parsing it gives the same template."""
    return {
        "code": spec.code,
        "title": spec.title,
        "exam_type": spec.exam_type.value,
        "class_level": spec.class_level.value,
        "course_level": spec.course_level.value if spec.course_level else None,
        "minutes": spec.minutes,
        "instructions": list(spec.instructions),
        "sections": [
            {"section": section.section, "groups": [_dump_group(group) for group in section.groups]}
            for section in spec.sections
        ],
        "unit_marks": {unit.unit: unit.marks for unit in spec.unit_marks} or None,
        "cognitive": _dump_bands(spec.cognitive),
        "difficulty": _dump_bands(spec.difficulty),
        "unit": spec.unit,
    }


def _dump_group(group: Group) -> dict[str, object]:
    return {
        "type": group.type.value,
        "count": group.count,
        "marks_each": group.marks_each,
        "choices": group.choices,
        "patterns": {each.pattern: each.count for each in group.patterns} or None,
    }


def _dump_bands(bands: Iterable[Band]) -> dict[str, object] | None:
    table: dict[str, object] = {
        band.level.value: {"minimum": band.minimum, "maximum": band.maximum} for band in bands
    }
    return table or None


def _section(value: object, path: str) -> Section:
    fields = Fields.of(value, path, _SECTION)
    groups = tuple(_group(group, where) for group, where in fields.items("groups"))
    return Section(fields.text("section"), groups)


def _group(value: object, path: str) -> Group:
    fields = Fields.of(value, path, _GROUP)
    kind = fields.one_of("type", QuestionType)
    count = fields.whole("count", 1, MOST_QUESTIONS)
    marks_each = fields.whole("marks_each", 1, MOST_MARKS_EACH)
    choices = fields.whole("choices", 0, count) if fields.given("choices") else 0
    if not fields.given("patterns"):
        return Group(kind, count, marks_each, choices)
    if kind is not QuestionType.CASE_STUDY:
        raise InvalidTemplate(fields.at("patterns"), f"does not suit {kind}", "leave it null")
    patterns = _patterns(fields.table("patterns"), marks_each)
    if sum(each.count for each in patterns) != count:
        problem = f"has counts that do not sum to the group's {count}"
        raise InvalidTemplate(fields.at("patterns"), problem, "count every question once")
    return Group(kind, count, marks_each, choices, patterns)


def _patterns(table: Fields, marks_each: int) -> tuple[PatternCount, ...]:
    for pattern in table.values:
        parts = pattern.split("+")
        if not all(part.isdecimal() for part in parts) or sum(map(int, parts)) != marks_each:
            remedy = f"write part marks that sum to {marks_each}, such as 1+1+2"
            raise InvalidTemplate(table.at(pattern), "is no division into parts", remedy)
    return tuple(PatternCount(each, table.whole(each, 1, MOST_QUESTIONS)) for each in table.values)


def _unit_marks(fields: Fields) -> tuple[UnitMarks, ...]:
    if not fields.given("unit_marks"):
        return ()
    table = fields.table("unit_marks")
    highest = MOST_QUESTIONS * MOST_MARKS_EACH
    return tuple(UnitMarks(unit, table.whole(unit, 1, highest)) for unit in table.values)


def _bands(fields: Fields, key: str, words: type[CognitiveLevel] | type[Difficulty]) -> tuple[Band, ...]:
    if not fields.given(key):
        return ()
    table = Fields.of(fields.values[key], fields.at(key), frozenset(words))
    return tuple(_band(table, level) for level in words)


def _band(table: Fields, level: CognitiveLevel | Difficulty) -> Band:
    fields = Fields.of(table.values.get(level), table.at(level), _BAND)
    highest = MOST_QUESTIONS * MOST_MARKS_EACH
    minimum = fields.whole("minimum", 0, highest)
    return Band(level, minimum, fields.whole("maximum", minimum, highest))


def _check_whole(spec: TemplateSpec) -> None:
    """The rules between fields."""
    if (spec.class_level is ClassLevel.X) != (spec.course_level is not None):
        remedy = "class X needs standard or basic, class XII takes null"
        raise InvalidTemplate("course_level", f"does not suit class {spec.class_level}", remedy)
    letters = [section.section for section in spec.sections]
    if len(set(letters)) != len(letters):
        raise InvalidTemplate("sections", "use a letter twice", "give each its own letter")
    if spec.questions > MOST_QUESTIONS:
        raise InvalidTemplate("sections", "ask too much", f"at most {MOST_QUESTIONS} questions")
    _check_units(spec)
    _check_bands("cognitive", spec.cognitive, spec.marks)
    _check_bands("difficulty", spec.difficulty, spec.marks)


def _check_units(spec: TemplateSpec) -> None:
    total = sum(each.marks for each in spec.unit_marks)
    if spec.unit_marks and total != spec.marks:
        problem = f"sum to {total} where the questions carry {spec.marks}"
        raise InvalidTemplate("unit_marks", problem, "make both sums agree")
    if spec.unit_marks and spec.exam_type is ExamType.UNIT_PRACTICE:
        raise InvalidTemplate("unit_marks", "has no place in a unit practice", "leave it null")
    if spec.unit is not None and spec.exam_type is not ExamType.UNIT_PRACTICE:
        raise InvalidTemplate("unit", f"does not suit {spec.exam_type}", "leave it null")


def _check_bands(path: str, bands: tuple[Band, ...], marks: int) -> None:
    fewest = sum(band.minimum for band in bands)
    most = sum(band.maximum for band in bands)
    if bands and not fewest <= marks <= most:
        problem = f"allows {fewest} to {most} marks where the questions carry {marks}"
        raise InvalidTemplate(path, problem, "widen the bands until they hold the paper")
