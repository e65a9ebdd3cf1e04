"""Shapes of templates, and of what a preview finds."""

from fractions import Fraction

from marshmallow import Schema, fields, validate

from mathvidya.accounts.models import ClassLevel, CourseLevel
from mathvidya.bank.queries import units_of
from mathvidya.exams.models import ExamTemplate
from mathvidya.plans.models import ExamType


class TemplateDocumentSchema(Schema):
    """A blueprint, with the form and the rules of exams/assembly."""

    spec = fields.Dict(
        keys=fields.String(),
        required=True,
        metadata={"description": "the blueprint: sections, counts, marks, choices, time, and what must hold"},
    )


class TemplateSummarySchema(Schema):
    """A template, as a list shows it."""

    id = fields.UUID(required=True)
    code = fields.String(required=True)
    title = fields.String(required=True)
    exam_type = fields.Enum(ExamType, by_value=True, required=True)
    class_level = fields.Enum(ClassLevel, by_value=True, required=True)
    course_level = fields.Enum(CourseLevel, by_value=True, required=True, allow_none=True)
    minutes = fields.Integer(required=True)
    units = fields.Method(
        "choosable_units",
        metadata={
            "type": "array",
            "items": {"type": "string"},
            "description": "the units to choose from; empty unless it is a unit practice",
        },
    )
    version = fields.Integer(required=True)
    archived_at = fields.AwareDateTime(required=True, allow_none=True)

    def choosable_units(self, template: ExamTemplate) -> list[str]:
        """The units that an exam of this template can be about."""
        if template.exam_type is not ExamType.UNIT_PRACTICE:
            return []
        return list(units_of(template.class_level))


class TemplateSchema(TemplateSummarySchema):
    """A template, whole."""

    spec = fields.Dict(keys=fields.String(), required=True)
    created_by = fields.UUID(required=True, allow_none=True)
    created_at = fields.AwareDateTime(required=True)


class PreviewArguments(Schema):
    """What a preview is of."""

    unit = fields.String(load_default=None, metadata={"description": "for a unit practice"})


class SampleArguments(PreviewArguments):
    """Which sample: the same seed gives the same paper while the bank stays as it is."""

    seed = fields.Integer(load_default=1, validate=validate.Range(0, 2**31 - 1))


class SampleSchema(Schema):
    """A paper as a student would draw it, and what marks it; nothing of it is kept."""

    seed = fields.Integer(required=True)
    paper = fields.Dict(required=True, metadata={"description": "as a student would see it"})
    key = fields.Dict(required=True, metadata={"description": "right choices, solutions and schemes"})
    written_numbers = fields.List(fields.Integer(), required=True)


class ShortageSchema(Schema):
    """One kind of question of which the bank has too few."""

    sections = fields.String(required=True)
    type = fields.String(required=True)
    marks = fields.Integer(required=True)
    pattern = fields.String(required=True)
    unit = fields.String(required=True)
    levels = fields.String(required=True)
    needed = fields.Integer(required=True)
    available = fields.Integer(required=True)


class SupplySchema(Schema):
    """How far the questions of one unit go for one kind of question."""

    section = fields.String(required=True)
    type = fields.String(required=True)
    marks = fields.Integer(required=True)
    pattern = fields.String(required=True, allow_none=True)
    unit = fields.String(required=True)
    available = fields.Integer(required=True)
    expected = fields.Function(
        lambda supply: _two_places(supply.expected),
        metadata={"type": "string", "description": "taken by a paper on average"},
    )
    papers = fields.Function(
        lambda supply: _two_places(supply.papers),
        metadata={"type": "string", "description": "papers that it would feed"},
    )


def _two_places(ratio: Fraction) -> str:
    return f"{float(ratio):.2f}"


class FeasibilitySchema(Schema):
    """Whether the bank can fill a template, what it lacks, and its scarcest supplies first."""

    fillable = fields.Boolean(required=True)
    shortages = fields.List(fields.Nested(ShortageSchema), required=True)
    supplies = fields.List(fields.Nested(SupplySchema), required=True)
