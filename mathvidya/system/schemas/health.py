"""Shapes of the health page."""

from marshmallow import Schema, fields


class PartHealthSchema(Schema):
    """One part of the installation."""

    ok = fields.Boolean(required=True)
    detail = fields.String(required=True)


class HealthSchema(Schema):
    """The installation."""

    ok = fields.Boolean(required=True)
    beat_ticked_at = fields.AwareDateTime(allow_none=True, required=True)
    parts = fields.Dict(keys=fields.String(), values=fields.Nested(PartHealthSchema), required=True)
