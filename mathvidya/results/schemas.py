"""Shapes of results and progress."""

from marshmallow import Schema, fields

from mathvidya.evaluation.schemas.marking import AnnotationSchema, ScriptSheetSchema, StepViewSchema
from mathvidya.platform.http.fields import Marks


class ResultScoreSchema(Schema):
    """What an exam came to."""

    mcq = Marks(required=True)
    manual = Marks(required=True)
    total = Marks(required=True)
    possible = Marks(required=True)
    percentage = Marks(required=True)


class SectionResultSchema(Schema):
    """One section of the paper, summed."""

    section = fields.String(required=True)
    title = fields.String(required=True)
    awarded = Marks(required=True)
    possible = Marks(required=True)


class QuestionResultSchema(Schema):
    """One number of the paper: the question, what it earned, and how it is solved."""

    number = fields.Integer(required=True)
    section = fields.String(required=True)
    awarded = Marks(required=True)
    possible = Marks(required=True)
    not_attempted = fields.Boolean(required=True)
    chosen = fields.List(fields.String(), required=True, allow_none=True)
    remark = fields.String(required=True)
    counted = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        required=True,
        metadata={"description": "by part, which alternative counted; the other was struck"},
    )
    steps = fields.List(fields.Nested(StepViewSchema), required=True)
    question = fields.Dict(required=True, metadata={"description": "as on the paper"})
    solution = fields.Dict(required=True, metadata={"description": "right choices, solution and scheme"})


class ResultSchema(Schema):
    """Everything that came of an exam."""

    exam_id = fields.UUID(required=True)
    title = fields.String(required=True)
    class_level = fields.String(required=True)
    exam_type = fields.String(required=True)
    unit = fields.String(required=True, allow_none=True)
    handed_in_at = fields.AwareDateTime(required=True)
    published_at = fields.AwareDateTime(required=True)
    score = fields.Nested(ResultScoreSchema, required=True)
    sections = fields.List(fields.Nested(SectionResultSchema), required=True)
    questions = fields.List(fields.Nested(QuestionResultSchema), required=True)
    sheets = fields.List(fields.Nested(ScriptSheetSchema), required=True)
    annotations = fields.List(fields.Nested(AnnotationSchema), required=True)


class EvidenceSchema(Schema):
    """Marks that were awarded of those that could be had."""

    awarded = Marks(required=True)
    possible = Marks(required=True)


class UnitProgressSchema(Schema):
    """One unit of the board's paper."""

    unit = fields.String(required=True)
    board_marks = fields.Integer(required=True)
    evidence = fields.Nested(EvidenceSchema, required=True)
    mastery = Marks(
        required=True,
        metadata={"description": "share from 0 to 1, drawn towards the student's whole while marks are few"},
    )


class ProgressSchema(Schema):
    """How a student stands."""

    units = fields.List(fields.Nested(UnitProgressSchema), required=True)
    readiness = Marks(
        required=True, metadata={"description": "mean mastery from 0 to 1, weighted by the board's marks"}
    )


class AccessSchema(Schema):
    """Something that somebody did with a child's data."""

    id = fields.UUID(required=True)
    at = fields.AwareDateTime(required=True)
    action = fields.String(required=True, metadata={"description": "such as evaluation.completed"})
    actor_role = fields.String(
        required=True, allow_none=True, metadata={"description": "null: the house itself; nobody is named"}
    )
    is_you = fields.Boolean(required=True)
    subject_type = fields.String(required=True)
    exam_code = fields.String(required=True, allow_none=True)
