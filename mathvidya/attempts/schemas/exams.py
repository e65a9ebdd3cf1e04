"""Shapes of exam instances and receipts."""

from typing import Any

from marshmallow import Schema, fields, validate

from mathvidya.accounts.models import ClassLevel
from mathvidya.attempts.models import ExamState, HandedInBy
from mathvidya.attempts.rules.clock import Phase
from mathvidya.plans.models import ExamType
from mathvidya.platform.http.pages import PageArguments

_LARGEST_SEED = 2**63 - 1


class Hash(fields.String):
    """A SHA-256 as 64 hexadecimal digits."""

    def _serialize(self, value: Any, *_: Any, **__: Any) -> Any:
        return value if value is None else value.hex()


class DrawSchema(Schema):
    """What the student wants to sit."""

    template = fields.String(
        required=True, validate=validate.Length(1, 100), metadata={"example": "cbse-xii-board"}
    )
    unit = fields.String(
        load_default=None, validate=validate.Length(1, 100), metadata={"description": "for unit practice"}
    )
    seed = fields.Integer(
        load_default=None,
        strict=True,
        validate=validate.Range(0, _LARGEST_SEED),
        metadata={"description": "only where the clock can be moved: draws the same paper again"},
    )


class VoidSchema(Schema):
    """Why an exam is void."""

    reason = fields.String(required=True, validate=validate.Length(1, 500))


class PrintArguments(Schema):
    """Which part of a paper is printed."""

    part = fields.String(
        load_default="all",
        validate=validate.OneOf(["all", "written"]),
        metadata={"description": "written: without the questions that are answered on screen"},
    )


class ExamListArguments(PageArguments):
    """A page of exams, of one student where one is named."""

    student_id = fields.UUID(load_default=None)


class PublishedScoreSchema(Schema):
    """What an exam came to; marks are decimals as text."""

    mcq = fields.Decimal(as_string=True, required=True, attribute="mcq_score")
    manual = fields.Decimal(as_string=True, required=True, attribute="manual_score")
    total = fields.Decimal(as_string=True, required=True, attribute="total_score")
    possible = fields.Decimal(as_string=True, required=True, attribute="possible_score")
    percentage = fields.Decimal(as_string=True, required=True)


class ExamSchema(Schema):
    """An exam instance, without its paper."""

    id = fields.UUID(required=True)
    code = fields.String(required=True, metadata={"description": "what people read out"})
    student_id = fields.UUID(required=True)
    state = fields.Enum(ExamState, by_value=True, required=True)
    exam_type = fields.Enum(ExamType, by_value=True, required=True)
    class_level = fields.Enum(ClassLevel, by_value=True, required=True)
    unit = fields.String(allow_none=True, required=True)
    minutes = fields.Integer(required=True)
    extra_minutes = fields.Integer(required=True)
    written_numbers = fields.List(fields.Integer(), required=True)
    paper_sha256 = Hash(required=True)
    possible_score = fields.Decimal(as_string=True, required=True)
    created_at = fields.AwareDateTime(required=True)
    started_at = fields.AwareDateTime(allow_none=True, required=True)
    answering_ends_at = fields.AwareDateTime(allow_none=True, required=True)
    accepts_until = fields.AwareDateTime(allow_none=True, required=True)
    upload_ends_at = fields.AwareDateTime(allow_none=True, required=True)
    handed_in_at = fields.AwareDateTime(allow_none=True, required=True)
    handed_in_by = fields.Enum(HandedInBy, by_value=True, allow_none=True, required=True)
    published_at = fields.AwareDateTime(allow_none=True, required=True)
    void_reason = fields.String(allow_none=True, required=True)
    score = fields.Nested(
        PublishedScoreSchema,
        attribute="published_score",
        allow_none=True,
        required=True,
        metadata={"description": "null until the scores are published"},
    )
    version = fields.Integer(required=True)


class OutstandingSchema(Schema):
    """What handing in still wants, by question number."""

    missing = fields.List(
        fields.Integer(),
        required=True,
        metadata={"description": "written, on no sheet, not declared unanswered"},
    )
    contradictory = fields.List(
        fields.Integer(), required=True, metadata={"description": "on a sheet and declared unanswered"}
    )


class ExamStatusSchema(Schema):
    """An exam at one moment."""

    exam = fields.Nested(ExamSchema, required=True)
    server_now = fields.AwareDateTime(required=True)
    phase = fields.Enum(Phase, by_value=True, allow_none=True, required=True)
    phase_ends_at = fields.AwareDateTime(allow_none=True, required=True)
    ends_at = fields.AwareDateTime(
        allow_none=True,
        required=True,
        metadata={"description": "when time hands in what is there"},
    )
    unanswered = fields.List(fields.Integer(), required=True)
    outstanding = fields.Nested(OutstandingSchema, required=True)


class ReceiptPageSchema(Schema):
    """One page as it was handed in."""

    page_number = fields.Integer(required=True)
    sha256 = Hash(required=True)
    question_numbers = fields.List(fields.Integer(), required=True)


class ReceiptSchema(Schema):
    """What was handed in, when, and by whom."""

    exam_id = fields.UUID(required=True)
    code = fields.String(required=True)
    handed_in_at = fields.AwareDateTime(required=True)
    handed_in_by = fields.Enum(HandedInBy, by_value=True, required=True)
    paper_sha256 = Hash(required=True)
    pages = fields.List(fields.Nested(ReceiptPageSchema), required=True)
    unanswered = fields.List(fields.Integer(), required=True)
    answered_by_choice = fields.List(fields.Integer(), required=True)
