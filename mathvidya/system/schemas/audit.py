"""Shapes of the audit trail."""

from typing import Any

from marshmallow import Schema, fields, post_load

from mathvidya.platform.http.pages import PageArguments, page_schema
from mathvidya.system.queries import AuditFilter


class AuditArguments(PageArguments):
    """Which acts, and which page of them."""

    actor_id = fields.UUID(load_default=None)
    action = fields.String(load_default=None, metadata={"description": "such as evaluation.completed"})
    subject_type = fields.String(load_default=None)
    subject_id = fields.String(load_default=None)
    since = fields.AwareDateTime(load_default=None)
    until = fields.AwareDateTime(load_default=None)

    @post_load
    def gather(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Put the filters into one value."""
        page = {name: data.pop(name) for name in ("limit", "after")}
        return {**page, "narrowed": AuditFilter(**data)}


class AuditSchema(Schema):
    """One act."""

    id = fields.UUID(required=True)
    at = fields.AwareDateTime(required=True)
    actor_id = fields.UUID(required=True, allow_none=True, metadata={"description": "null: the house itself"})
    actor_role = fields.String(required=True, allow_none=True)
    session_id = fields.UUID(required=True, allow_none=True)
    address = fields.String(required=True, allow_none=True)
    action = fields.String(required=True)
    subject_type = fields.String(required=True)
    subject_id = fields.String(required=True)
    changes = fields.Dict(required=True)


class ChainFaultSchema(Schema):
    """A seal that no longer fits what it sealed."""

    position = fields.Integer(required=True)
    what = fields.String(required=True)


class ChainSchema(Schema):
    """What a check of every seal found."""

    intact = fields.Boolean(required=True, attribute="ok")
    sealed_through = fields.AwareDateTime(
        required=True,
        allow_none=True,
        attribute="sealed_at",
        metadata={"description": "when the last seal was set; null before the first"},
    )
    seals = fields.Integer(required=True)
    rows = fields.Integer(required=True, metadata={"description": "acts under a seal"})
    unsealed = fields.Integer(required=True, metadata={"description": "acts that wait for the next seal"})
    head = fields.Function(
        lambda report: report.head.hex(),
        required=True,
        metadata={"type": "string", "description": "noted in another place, it shows an end cut off"},
    )
    first_broken = fields.Function(
        lambda report: ChainFaultSchema().dump(report.faults[0]) if report.faults else None,
        required=True,
        metadata={"type": ["object", "null"], "description": "position and what, of the first fault"},
    )


AuditPageSchema = page_schema(AuditSchema)
