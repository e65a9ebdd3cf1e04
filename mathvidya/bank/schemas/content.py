"""The content of a question as it travels, loading into values that the rules understand."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from mathvidya.accounts.models import ClassLevel, CourseLevel
from mathvidya.bank.content import Choice, Classification, Part, PartAlternative, QuestionContent
from mathvidya.bank.drafts import Draft
from mathvidya.bank.models import CognitiveLevel, Difficulty, QuestionType
from mathvidya.bank.schemas.fields import CODE, MOST_STEPS, StepMarks, Text
from mathvidya.bank.schemes import Method, Scheme, Step


class QuestionChoiceSchema(Schema):
    """One choice of an MCQ."""

    label = Text(required=True, validate=validate.Length(1, 2))
    text = Text(required=True)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Choice:
        return Choice(**data)


class SchemeStepSchema(Schema):
    """What must be shown, and the marks that it earns."""

    marks = StepMarks(required=True)
    text = Text(required=True)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Step:
        return Step(**data)


_STEPS = validate.Length(1, MOST_STEPS)


class SchemeMethodSchema(Schema):
    """Another method that earns full credit."""

    title = Text(required=True)
    steps = fields.List(fields.Nested(SchemeStepSchema), required=True, validate=_STEPS)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Method:
        return Method(data["title"], tuple(data["steps"]))


class MarkingSchemeSchema(Schema):
    """How a written answer is marked."""

    steps = fields.List(fields.Nested(SchemeStepSchema), required=True, validate=_STEPS)
    alternatives = fields.List(
        fields.Nested(SchemeMethodSchema), load_default=list, validate=validate.Length(max=10)
    )
    follow_through = Text(
        load_default=None,
        allow_none=True,
        metadata={"description": "what keeps its credit after which error"},
    )

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Scheme:
        return Scheme(tuple(data["steps"]), tuple(data["alternatives"]), data["follow_through"])


class QuestionPartAlternativeSchema(Schema):
    """The OR inside a part."""

    text = Text(required=True)
    solution = Text(required=True)
    scheme = fields.Nested(MarkingSchemeSchema, required=True)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> PartAlternative:
        return PartAlternative(**data)


class QuestionPartSchema(Schema):
    """One part of a case study."""

    label = Text(required=True, validate=validate.Length(1, 4))
    marks = fields.Integer(required=True, strict=True)
    text = Text(required=True)
    solution = Text(required=True)
    scheme = fields.Nested(MarkingSchemeSchema, required=True)
    alternative = fields.Nested(QuestionPartAlternativeSchema, load_default=None, allow_none=True)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Part:
        return Part(**data)


class WordingSchema(Schema):
    """What the API and authors' files spell alike."""

    type = fields.Enum(QuestionType, by_value=True, required=True)
    levels = fields.List(
        fields.Enum(CourseLevel, by_value=True), load_default=list, validate=validate.Length(max=2)
    )
    unit = Text(required=True)
    chapter = Text(required=True)
    marks = fields.Integer(required=True, strict=True)
    difficulty = fields.Enum(Difficulty, by_value=True, required=True)
    tags = fields.List(Text(), load_default=list, validate=validate.Length(max=50))
    text = Text(load_default="", metadata={"description": "LaTeX between $ signs"})
    choices = fields.List(
        fields.Nested(QuestionChoiceSchema), load_default=list, validate=validate.Length(max=20)
    )
    assertion = Text(load_default=None, allow_none=True)
    reason = Text(load_default=None, allow_none=True)
    solution = Text(load_default="", metadata={"description": "the model solution"})
    scheme = fields.Nested(MarkingSchemeSchema, load_default=None, allow_none=True)
    parts = fields.List(
        fields.Nested(QuestionPartSchema), load_default=list, validate=validate.Length(max=10)
    )


class QuestionContentSchema(WordingSchema):
    """The content of a question as the API takes it."""

    class_level = fields.Enum(ClassLevel, by_value=True, required=True)
    cognitive_level = fields.Enum(CognitiveLevel, by_value=True, required=True)
    correct_choices = fields.List(Text(), load_default=list, validate=validate.Length(max=20))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> QuestionContent:
        return content_from(data)


class QuestionDraftSchema(QuestionContentSchema):
    """A new question."""

    code = Text(
        load_default=None,
        allow_none=True,
        validate=(CODE, validate.Length(max=100)),
        metadata={"description": "natural key, the same for ever; may be left out"},
    )

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Draft:
        return Draft(data.pop("code"), content_from(data))


def content_from(data: dict[str, Any]) -> QuestionContent:
    """The content in what a schema has loaded."""
    return QuestionContent(
        classification=Classification(
            type=data["type"],
            class_level=data["class_level"],
            unit=data["unit"],
            chapter=data["chapter"],
            marks=data["marks"],
            cognitive_level=data["cognitive_level"],
            difficulty=data["difficulty"],
            levels=tuple(data["levels"]),
            tags=tuple(data["tags"]),
        ),
        text=data["text"],
        choices=tuple(data["choices"]),
        correct_choices=tuple(data["correct_choices"]),
        assertion=data["assertion"],
        reason=data["reason"],
        solution=data["solution"],
        scheme=data["scheme"],
        parts=tuple(data["parts"]),
    )
