"""Questions as authors' files spell them: the reference bank's YAML, and JSON imports."""

from typing import Any

from marshmallow import fields, post_load, validate

from mathvidya.accounts.models import ClassLevel
from mathvidya.bank.drafts import Draft
from mathvidya.bank.models import CognitiveLevel
from mathvidya.bank.schemas.content import WordingSchema, content_from
from mathvidya.bank.schemas.fields import CODE, Text


class AuthoredQuestionSchema(WordingSchema):
    """One question of a file; shorter words for what an author types again and again."""

    code = Text(required=True, validate=(CODE, validate.Length(max=100)))
    class_level = fields.Enum(ClassLevel, by_value=True, required=True, data_key="class")
    cognitive_level = fields.Enum(CognitiveLevel, by_value=True, required=True, data_key="cognitive")
    correct_choices = fields.List(Text(), load_default=list, data_key="key", validate=validate.Length(max=20))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Draft:
        return Draft(data.pop("code"), content_from(data))
