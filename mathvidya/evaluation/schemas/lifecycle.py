"""Shapes of handing out scripts, of the SLA board and of a clock's account.

What a teacher is shown names no student and no exam of one: an evaluation's own id is all that marking needs.
"""

from datetime import timedelta
from typing import Any

from marshmallow import Schema, fields, validate

from mathvidya.accounts.models import ClassLevel
from mathvidya.evaluation.models import EvaluationState, FlagReason
from mathvidya.evaluation.rules.standing import Band
from mathvidya.platform.http.pages import PageArguments

_LONGEST_NOTE = 500
_MINUTE = timedelta(minutes=1)


def _moment(**options: Any) -> fields.AwareDateTime:
    return fields.AwareDateTime(required=True, **options)


class EvaluationSchema(Schema):
    """One marking of one script."""

    id = fields.UUID(required=True)
    round = fields.Integer(required=True)
    class_level = fields.Enum(ClassLevel, by_value=True, required=True)
    state = fields.Enum(EvaluationState, by_value=True, required=True)
    due_at = _moment(allow_none=True, metadata={"description": "null while the clock stands"})
    expected_minutes = fields.Integer(required=True)
    opened_at = _moment()
    assigned_at = _moment(allow_none=True)
    begun_at = _moment(allow_none=True)
    held_at = _moment(allow_none=True)
    completed_at = _moment(allow_none=True)
    version = fields.Integer(required=True)


class FlagSchema(Schema):
    """A page that the student has been asked for."""

    id = fields.UUID(required=True)
    sheet_id = fields.UUID(required=True)
    reason = fields.Enum(FlagReason, by_value=True, required=True)
    note = fields.String(required=True)
    raised_at = _moment()
    answer_by = _moment()
    settled_at = _moment(allow_none=True)
    settled_sheet_id = fields.UUID(
        required=True, allow_none=True, metadata={"description": "the page that came; null when none did"}
    )


class EvaluationWithFlagsSchema(Schema):
    """An evaluation and the pages asked for."""

    evaluation = fields.Nested(EvaluationSchema, required=True)
    flags = fields.List(fields.Nested(FlagSchema), required=True)


class ClaimedSchema(Schema):
    """A script in the teacher's hands."""

    evaluation = fields.Nested(EvaluationSchema, required=True)
    lease_token = fields.Integer(
        required=True, metadata={"description": "to be sent with everything that is done to the script"}
    )
    lease_minutes = fields.Integer(
        required=True, metadata={"description": "from now; every save begins them anew"}
    )


class LeaseSchema(Schema):
    """What shows that a teacher holds the script."""

    lease_token = fields.Integer(
        required=True,
        strict=True,
        validate=validate.Range(1, 2**63 - 1),
        metadata={"description": "as the claim gave it"},
    )


class ReassignSchema(Schema):
    """To whom."""

    teacher_id = fields.UUID(required=True)


class ReassignAllSchema(ReassignSchema):
    """Which scripts, and to whom."""

    evaluation_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(1, 100))


class ReassignedSchema(Schema):
    """The scripts in their new hands."""

    items = fields.List(fields.Nested(EvaluationSchema), required=True)


class FlagPageSchema(LeaseSchema):
    """A page that cannot be marked as it is."""

    sheet_id = fields.UUID(required=True)
    reason = fields.Enum(FlagReason, by_value=True, required=True)
    note = fields.String(load_default="", validate=validate.Length(max=_LONGEST_NOTE))


class EvaluationsArguments(PageArguments):
    """Which evaluations."""

    state = fields.Enum(EvaluationState, by_value=True, load_default=None)


class ScriptInHandSchema(Schema):
    """An open script of the teacher who asks."""

    evaluation = fields.Nested(EvaluationSchema, required=True)
    band = fields.Enum(Band, by_value=True, required=True)
    minutes_left = fields.Integer(
        required=True, allow_none=True, metadata={"description": "of working time; negative once late"}
    )
    marked = fields.Integer(required=True)
    questions = fields.Integer(
        required=True, metadata={"description": "written ones that were not declared unanswered"}
    )


class TallySchema(Schema):
    """What was done since the day began."""

    scripts = fields.Integer(required=True)
    questions = fields.Integer(required=True)
    minutes = fields.Integer(required=True, metadata={"description": "that the scripts are expected to take"})


class DeskSchema(Schema):
    """A teacher's desk, the script that is due first on top."""

    scripts = fields.List(fields.Nested(ScriptInHandSchema), required=True)
    today = fields.Nested(TallySchema, required=True)


class WaitingSchema(Schema):
    """Scripts of one class that wait."""

    class_level = fields.Enum(ClassLevel, by_value=True, required=True)
    waiting = fields.Integer(required=True)
    overdue = fields.Integer(required=True)
    next_due_at = _moment(allow_none=True)


class WorkloadSchema(Schema):
    """What a teacher has taken on."""

    minutes_today = fields.Integer(required=True)
    minutes_left = fields.Integer(required=True)
    open_scripts = fields.Integer(required=True)
    daily_cap = fields.Integer(required=True, metadata={"description": "in board scripts"})


class QueueSchema(Schema):
    """What waits for the teacher who asks."""

    workload = fields.Nested(WorkloadSchema, required=True)
    classes = fields.List(fields.Nested(WaitingSchema), required=True)
