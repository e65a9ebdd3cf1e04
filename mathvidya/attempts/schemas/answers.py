"""Shapes of saved answers. They document; the hot path reads its bodies by hand (schemas/reading.py)."""

from marshmallow import Schema, fields, validate

from mathvidya.attempts.schemas.reading import (
    LARGEST_SEQUENCE,
    LONGEST_LABEL,
    MOST_ANSWERS,
    MOST_CHOICES,
    MOST_QUESTIONS,
)
from mathvidya.platform.http.blueprint import ProblemSchema

_SEQUENCE = "rises with each change on the device; of two saves the higher one wins, in whatever order"


class AnswerSchema(Schema):
    """One answer by choice; no choices take it back."""

    choices = fields.List(
        fields.String(validate=validate.Length(1, LONGEST_LABEL)),
        required=True,
        validate=validate.Length(max=MOST_CHOICES),
    )
    sequence = fields.Integer(
        required=True,
        strict=True,
        validate=validate.Range(1, LARGEST_SEQUENCE),
        metadata={"description": _SEQUENCE},
    )
    answered_at = fields.AwareDateTime(
        required=True, metadata={"description": "when the student made it, by the device's clock"}
    )
    marked_for_review = fields.Boolean(load_default=False)


class NumberedAnswerSchema(AnswerSchema):
    """One answer of several."""

    number = fields.Integer(required=True, strict=True, validate=validate.Range(1, MOST_QUESTIONS))


class AnswersSchema(Schema):
    """What a device gathered while it was offline."""

    answers = fields.List(
        fields.Nested(NumberedAnswerSchema), required=True, validate=validate.Length(1, MOST_ANSWERS)
    )


class SavedAnswerSchema(Schema):
    """What is stored for a question now."""

    number = fields.Integer(required=True)
    choices = fields.List(fields.String(), required=True)
    marked_for_review = fields.Boolean(required=True)
    sequence = fields.Integer(required=True)
    saved_at = fields.AwareDateTime(required=True)
    superseded = fields.Boolean(
        required=True, metadata={"description": "what is stored is newer than what was sent"}
    )


class AnswerOutcomeSchema(Schema):
    """What became of one answer of several: stored, or refused with a problem."""

    number = fields.Integer(required=True)
    saved = fields.Nested(SavedAnswerSchema, allow_none=True, required=True)
    problem = fields.Nested(ProblemSchema, allow_none=True, required=True)


class AnswerOutcomesSchema(Schema):
    """What became of each answer."""

    answers = fields.List(fields.Nested(AnswerOutcomeSchema), required=True)


class StoredAnswerSchema(Schema):
    """One answer as it is stored, without what it scored."""

    number = fields.Integer(required=True, attribute="question_number")
    choices = fields.List(fields.String(), required=True)
    marked_for_review = fields.Boolean(required=True)
    sequence = fields.Integer(required=True)
    answered_at = fields.AwareDateTime(required=True)
    saved_at = fields.AwareDateTime(required=True)


class StoredAnswersSchema(Schema):
    """Every answer saved so far."""

    answers = fields.List(fields.Nested(StoredAnswerSchema), required=True)
