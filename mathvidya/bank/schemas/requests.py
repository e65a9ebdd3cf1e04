"""Other things that are asked of the bank."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from mathvidya.accounts.models import ClassLevel, CourseLevel
from mathvidya.bank.models import CognitiveLevel, Difficulty, QuestionStatus, QuestionType
from mathvidya.bank.queries import QuestionFilter
from mathvidya.bank.schemas.fields import Text
from mathvidya.platform.http.pages import PageArguments


class QuestionArguments(PageArguments):
    """What a list of questions is narrowed to, and which page of it."""

    class_level = fields.Enum(ClassLevel, by_value=True, load_default=None)
    level = fields.Enum(CourseLevel, by_value=True, load_default=None)
    unit = Text(load_default=None)
    chapter = Text(load_default=None)
    type = fields.Enum(QuestionType, by_value=True, load_default=None)
    marks = fields.Integer(load_default=None, validate=validate.Range(1, 6))
    difficulty = fields.Enum(Difficulty, by_value=True, load_default=None)
    cognitive_level = fields.Enum(CognitiveLevel, by_value=True, load_default=None)
    status = fields.Enum(
        QuestionStatus,
        by_value=True,
        load_default=None,
        metadata={"description": "draft and in_review also find the versions under work of questions in use"},
    )
    tag = Text(load_default=None)
    author_id = fields.UUID(load_default=None)
    words = Text(
        load_default=None,
        validate=validate.Length(1, 200),
        data_key="q",
        metadata={"description": 'full-text search: words, "a phrase", or, -not; best match first'},
    )

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        page = {name: data.pop(name) for name in ("limit", "after")}
        return {"wanted": QuestionFilter(**data), **page}


class SendBackSchema(Schema):
    """Why a version goes back to its author."""

    reason = Text(required=True, validate=validate.Length(1, 2000))


class ImageSchema(Schema):
    """The figure of a question."""

    image_key = Text(
        required=True,
        allow_none=True,
        validate=validate.Regexp(
            r"questions/[A-Za-z0-9][A-Za-z0-9._/-]{0,200}\Z",
            error="give the storage key of a question's image",
        ),
        metadata={"description": "key of the stored image; null takes the image away"},
    )
