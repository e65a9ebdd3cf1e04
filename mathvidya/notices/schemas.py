"""Shapes of notices."""

from marshmallow import Schema, fields

from mathvidya.notices.models import NoticeCategory


class NotificationSchema(Schema):
    """One thing told to the one who asks."""

    id = fields.UUID(required=True)
    category = fields.Enum(NoticeCategory, by_value=True, required=True)
    title = fields.String(required=True)
    body = fields.String(required=True)
    data = fields.Dict(required=True, metadata={"description": "ids of what it is about"})
    created_at = fields.AwareDateTime(required=True)
    read_at = fields.AwareDateTime(required=True, allow_none=True)


class NotificationsSchema(Schema):
    """A page of notices, and how many are unread in all."""

    items = fields.List(fields.Nested(NotificationSchema), required=True)
    next_after = fields.UUID(required=True, allow_none=True)
    unread = fields.Integer(required=True)
