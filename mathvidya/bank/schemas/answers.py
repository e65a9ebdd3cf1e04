"""Questions as the API gives them, to staff only."""

from typing import Any

from marshmallow import Schema, fields

from mathvidya.accounts.models import ClassLevel, CourseLevel
from mathvidya.bank.models import CognitiveLevel, Difficulty, QuestionStatus, QuestionType
from mathvidya.bank.schemas.content import MarkingSchemeSchema, QuestionChoiceSchema, QuestionPartSchema


class QuestionSummarySchema(Schema):
    """One version of a question, as a list shows it."""

    question_id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    is_current = fields.Boolean(
        required=True, metadata={"description": "the version that papers are drawn from and people shown"}
    )
    code = fields.String(required=True, allow_none=True)
    status = fields.Enum(QuestionStatus, by_value=True, required=True)
    type = fields.Enum(QuestionType, by_value=True, required=True)
    class_level = fields.Enum(ClassLevel, by_value=True, required=True)
    levels = fields.List(fields.Enum(CourseLevel, by_value=True), required=True)
    unit = fields.String(required=True)
    chapter = fields.String(required=True)
    marks = fields.Integer(required=True)
    pattern = fields.String(
        required=True, metadata={"description": "case study: marks of its parts, such as 1+1+2"}
    )
    cognitive_level = fields.Enum(CognitiveLevel, by_value=True, required=True)
    difficulty = fields.Enum(Difficulty, by_value=True, required=True)
    tags = fields.List(fields.String(), required=True)
    text = fields.String(required=True)
    assertion = fields.String(required=True, allow_none=True)
    uses = fields.Integer(required=True, metadata={"description": "papers it has been drawn into, nearly"})
    created_by = fields.UUID(required=True, allow_none=True)
    created_at = fields.AwareDateTime(required=True)
    approved_at = fields.AwareDateTime(required=True, allow_none=True)


class StoredImageSchema(Schema):
    """A figure that was kept."""

    image_key = fields.String(required=True, metadata={"description": "to be attached to a question"})
    width = fields.Integer(required=True)
    height = fields.Integer(required=True)


class ImageAddressSchema(Schema):
    """Where a figure can be read for some minutes."""

    url = fields.String(required=True)


class StoredScheme(fields.Nested):
    """A scheme as it is stored, where an empty object says that there is none."""

    def get_value(self, obj: Any, attr: str, accessor: Any = None, default: Any = None) -> Any:
        """The stored scheme, or None for an empty one."""
        return super().get_value(obj, attr, accessor, default) or None


class QuestionSchema(QuestionSummarySchema):
    """One version of a question, whole."""

    image_key = fields.String(required=True, allow_none=True)
    choices = fields.List(fields.Nested(QuestionChoiceSchema), required=True)
    correct_choices = fields.List(fields.String(), required=True)
    reason = fields.String(required=True, allow_none=True)
    solution = fields.String(required=True)
    scheme = StoredScheme(
        MarkingSchemeSchema, required=True, allow_none=True, metadata={"description": "null beside a key"}
    )
    parts = fields.List(fields.Nested(QuestionPartSchema), required=True)
    approved_by = fields.UUID(required=True, allow_none=True)


class RowProblemSchema(Schema):
    """One thing that is wrong with one row of a file."""

    line = fields.Integer(required=True)
    code = fields.String(required=True, allow_none=True)
    field = fields.String(required=True)
    problem = fields.String(required=True)


class ImportExaminationSchema(Schema):
    """What an import of the file would meet; nothing was changed."""

    rows = fields.Integer(required=True)
    problems = fields.List(fields.Nested(RowProblemSchema), required=True)


class ImportedSchema(Schema):
    """What an import has written: drafts."""

    questions = fields.List(fields.Nested(QuestionSummarySchema), required=True)
