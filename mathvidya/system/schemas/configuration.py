"""Shapes of the configuration."""

from marshmallow import Schema, fields


class SettingValueSchema(Schema):
    """Another value for a setting; its type hangs on the key."""

    value = fields.Raw(required=True, allow_none=False)


class SettingSchema(Schema):
    """One setting."""

    key = fields.String(required=True)
    value = fields.Raw(required=True)
    description = fields.String(required=True)
    version = fields.Integer(required=True)
    updated_at = fields.AwareDateTime(required=True)
    updated_by = fields.UUID(required=True, allow_none=True)


class SettingsSchema(Schema):
    """All of them."""

    items = fields.List(fields.Nested(SettingSchema), required=True)
