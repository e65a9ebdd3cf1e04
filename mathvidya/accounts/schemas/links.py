"""Shapes of parent links."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from mathvidya.accounts.models import ClassLevel, Relationship
from mathvidya.accounts.service import Redemption
from mathvidya.platform.http.pages import page_schema


class IssuedCodeSchema(Schema):
    """A code, shown this once."""

    code = fields.String(required=True)
    expires_at = fields.AwareDateTime(required=True)


class NoticeSchema(Schema):
    """The wording to show before asking for consent."""

    version = fields.String(required=True)
    text = fields.String(required=True)


class ConsentSchema(Schema):
    """Consent to a notice."""

    notice_version = fields.String(required=True, validate=validate.Length(1, 40))


class RedemptionSchema(ConsentSchema):
    """What a parent sends with a code."""

    code = fields.String(required=True, validate=validate.Length(1, 40))
    relationship = fields.Enum(Relationship, by_value=True, required=True)
    is_primary = fields.Boolean(load_default=False, metadata={"description": "who is billed and told"})

    @post_load
    def gather(self, data: dict[str, Any], **_: Any) -> Redemption:
        """One value for the service."""
        return Redemption(**data)


class LinkSchema(Schema):
    """A parent and a student."""

    id = fields.UUID(required=True)
    parent_id = fields.UUID(required=True)
    parent_name = fields.String(required=True)
    student_id = fields.UUID(required=True)
    student_name = fields.String(required=True)
    class_level = fields.Enum(ClassLevel, by_value=True, required=True)
    relationship = fields.Enum(Relationship, by_value=True, required=True)
    is_primary = fields.Boolean(required=True)
    has_consent = fields.Boolean(required=True)
    notice_version = fields.String(required=True, allow_none=True)


LinkPageSchema = page_schema(LinkSchema)
