"""What must hold of a template, and what turns it into the blueprint of one paper. Pure."""

from collections.abc import Collection

from mathvidya.accounts.models import ClassLevel, CourseLevel
from mathvidya.exams.assembly.fields import InvalidTemplate
from mathvidya.exams.assembly.parsing import parse_template
from mathvidya.exams.assembly.shortages import CannotAssemble
from mathvidya.exams.assembly.spec import TemplateSpec, for_unit
from mathvidya.exams.assembly.words import ExamType
from mathvidya.exams.errors import InvalidTemplateSpec, NoSuchTemplate, TemplateCannotBeFilled, UnitNeeded
from mathvidya.exams.models import ExamTemplate
from workflows.base import JsonObject


def read_spec(document: JsonObject) -> TemplateSpec:
    """The blueprint in ``document``, bound to no unit. Raises InvalidTemplateSpec naming the place."""
    try:
        spec = parse_template(document)
    except InvalidTemplate as error:
        raise as_problem(error) from error
    if spec.unit is not None:
        raise as_problem(
            InvalidTemplate("unit", "is chosen when an exam starts", "leave it null in a template")
        )
    return spec


def require_known_units(spec: TemplateSpec, units: Collection[str]) -> None:
    """Every unit that the blueprint gives marks to is one of the class."""
    for each in spec.unit_marks:
        if each.unit not in units:
            remedy = f"use units of class {spec.class_level}: {', '.join(sorted(units))}"
            raise as_problem(InvalidTemplate(f"unit_marks.{each.unit}", "is no unit of the class", remedy))


def require_same_code(template: ExamTemplate, spec: TemplateSpec) -> None:
    """A code names one template for ever."""
    if spec.code != template.code:
        remedy = "make a new template for another code"
        raise as_problem(InvalidTemplate("code", f"is {spec.code!r} and was {template.code!r}", remedy))


def require_for(template: ExamTemplate, class_level: ClassLevel, course_level: CourseLevel | None) -> None:
    """The template is of the student's class and course; any other does not exist for the student."""
    if (template.class_level, template.course_level) != (class_level, course_level):
        raise NoSuchTemplate(f"there is no template {template.code} for your class")


def bind_unit(spec: TemplateSpec, unit: str | None, units: Collection[str]) -> TemplateSpec:
    """The blueprint with the unit that was chosen; a unit practice has one, and nothing else has."""
    if spec.exam_type is not ExamType.UNIT_PRACTICE:
        if unit is not None:
            raise UnitNeeded(f"{spec.code} is over all units; leave the unit out")
        return spec
    if unit is None or unit not in units:
        raise UnitNeeded(f"{spec.code} needs a unit: one of {', '.join(sorted(units))}")
    return for_unit(spec, unit)


def as_problem(error: InvalidTemplate) -> InvalidTemplateSpec:
    """What the blueprint's parser says, as a problem that a person is told."""
    return InvalidTemplateSpec(str(error), {error.path: [f"{error.problem}; {error.remedy}"]})


def cannot_be_filled(error: CannotAssemble) -> TemplateCannotBeFilled:
    """What the bank lacks, as a problem that a person is told."""
    return TemplateCannotBeFilled(
        str(error), template=error.code, shortages=[str(shortage) for shortage in error.shortages]
    )
