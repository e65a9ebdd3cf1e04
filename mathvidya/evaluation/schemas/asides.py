"""Shapes of notes at questions, and of what teachers ask each other."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from mathvidya.evaluation.schemas.lifecycle import LeaseSchema
from mathvidya.evaluation.schemas.marking import ScriptSheetSchema
from mathvidya.evaluation.service.asides import Note
from mathvidya.platform.http.pages import page_schema

_WORDS = 1000
_PAGES = 60


def _words(**options: Any) -> fields.String:
    return fields.String(required=True, validate=validate.Length(1, _WORDS), **options)


class NoteSchema(LeaseSchema):
    """A note, whole; with nothing in it the note is taken away."""

    come_back = fields.Boolean(load_default=False)
    words = fields.String(load_default="", validate=validate.Length(max=_WORDS))
    sheet_ids = fields.List(
        fields.UUID(),
        load_default=list,
        validate=validate.Length(max=_PAGES),
        metadata={"description": "pages on which the answer goes on"},
    )

    @post_load
    def gather(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """The note as one value, and the lease apart from it."""
        token = data.pop("lease_token")
        return {"note": Note(**{**data, "sheet_ids": tuple(data["sheet_ids"])}), "lease_token": token}


class AskSchema(LeaseSchema):
    """What a teacher asks a colleague."""

    question_number = fields.Integer(required=True, validate=validate.Range(1, 200))
    sheet_id = fields.UUID(required=True)
    question = _words()

    @post_load
    def gather(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """As the service calls it."""
        return {"number": data.pop("question_number"), **data}


class ColleagueAnswerSchema(Schema):
    """What the colleague says."""

    answer = _words()


class ConsultationSchema(Schema):
    """A question between two teachers who stay unnamed."""

    id = fields.UUID(required=True)
    question_number = fields.Integer(required=True)
    sheet_id = fields.UUID(required=True)
    question = fields.String(required=True)
    asked_at = fields.AwareDateTime(required=True)
    answer = fields.String(required=True, metadata={"description": "empty until there is one"})
    answered_at = fields.AwareDateTime(required=True, allow_none=True)


ConsultationPageSchema = page_schema(ConsultationSchema)


class ConsultationsSchema(Schema):
    """What has been asked about one script."""

    items = fields.List(fields.Nested(ConsultationSchema), required=True)


class ConsultationViewSchema(Schema):
    """What the colleague needs to answer."""

    consultation = fields.Nested(ConsultationSchema, required=True)
    paper_question = fields.Dict(required=True)
    key_question = fields.Dict(required=True, metadata={"description": "solution and scheme"})
    sheet = fields.Nested(ScriptSheetSchema, required=True)
