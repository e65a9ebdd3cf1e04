"""Shapes of promises and of the clocks that keep them."""

from datetime import timedelta
from typing import Any

from marshmallow import Schema, fields, post_load

from mathvidya.accounts.models import ClassLevel
from mathvidya.evaluation.models import EvaluationState
from mathvidya.evaluation.queries.board import BoardBand, BoardFilter, ClockAccount
from mathvidya.evaluation.queries.promises import PromiseFilter
from mathvidya.evaluation.rules.standing import Band, Whereabouts
from mathvidya.plans.models import PlanName
from mathvidya.platform.http.pages import PageArguments, page_schema
from workflows.calendar import Closure
from workflows.sla import ClockState, WarningKind

_MINUTE = timedelta(minutes=1)


def _moment(**options: Any) -> fields.AwareDateTime:
    return fields.AwareDateTime(required=True, **options)


class PromiseArguments(PageArguments):
    """Whose promises, and which page of them."""

    student_id = fields.UUID(load_default=None)
    is_open = fields.Boolean(
        load_default=None, metadata={"description": "true: only where marks are still owed"}
    )

    @post_load
    def gather(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Put the filters into one value."""
        page = {name: data.pop(name) for name in ("limit", "after")}
        return {**page, "narrowed": PromiseFilter(**data)}


class PromiseSchema(Schema):
    """When the marks of an exam are due."""

    exam_id = fields.UUID(required=True)
    exam_code = fields.String(required=True)
    whereabouts = fields.Enum(Whereabouts, by_value=True, required=True)
    clock = fields.Enum(ClockState, by_value=True, required=True)
    handed_in_at = _moment()
    due_at = _moment(allow_none=True, metadata={"description": "null while the clock stands"})
    minutes_left = fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "of working time; negative once late, null when the clock has ended"},
    )
    breached_at = _moment(allow_none=True)
    stopped_at = _moment(allow_none=True, metadata={"description": "when the marking was done"})


class MovedPromiseSchema(Schema):
    """A promise that would move."""

    exam_code = fields.String(required=True)
    due_before = _moment()
    due_after = _moment()


class ImpactSchema(Schema):
    """What a change of the calendar would do to the open promises."""

    open = fields.Integer(required=True)
    moved = fields.Integer(required=True)
    longest_minutes = fields.Integer(
        required=True, metadata={"description": "of the promise that moves farthest, nights and all"}
    )
    first = fields.List(
        fields.Nested(MovedPromiseSchema),
        required=True,
        metadata={"description": "the earliest due, ten at most"},
    )


class BoardArguments(PageArguments):
    """Which open promises, and which page of them."""

    plan = fields.Enum(PlanName, by_value=True, load_default=None)
    teacher_id = fields.UUID(load_default=None)
    band = fields.Enum(
        BoardBand,
        by_value=True,
        load_default=BoardBand.OPEN,
        metadata={"description": "as counted: what is at risk is due today too"},
    )

    @post_load
    def gather(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Put the filters into one value."""
        page = {name: data.pop(name) for name in ("limit", "after")}
        return {**page, "narrowed": BoardFilter(**data)}


class BoardRowSchema(Schema):
    """One open promise."""

    evaluation_id = fields.UUID(required=True)
    exam_id = fields.UUID(required=True)
    exam_code = fields.String(required=True)
    round = fields.Integer(required=True)
    class_level = fields.Enum(ClassLevel, by_value=True, required=True)
    plan = fields.Enum(PlanName, by_value=True, required=True)
    state = fields.Enum(EvaluationState, by_value=True, required=True)
    band = fields.Enum(Band, by_value=True, required=True)
    teacher_id = fields.UUID(required=True, allow_none=True)
    teacher_name = fields.String(required=True, allow_none=True)
    handed_in_at = _moment()
    due_at = _moment(metadata={"description": "of a script on hold its last promise"})
    minutes_left = fields.Integer(
        required=True, allow_none=True, metadata={"description": "of working time; negative once late"}
    )
    breached_at = _moment(allow_none=True)
    expected_minutes = fields.Integer(required=True)


class BoardCountsSchema(Schema):
    """How the open promises stand."""

    open = fields.Integer(required=True)
    waiting = fields.Integer(required=True)
    being_marked = fields.Integer(required=True)
    on_hold = fields.Integer(required=True)
    due_today = fields.Integer(required=True)
    at_risk = fields.Integer(
        required=True, metadata={"description": "due within two working hours, not late yet"}
    )
    breached = fields.Integer(required=True)


class BoardSchema(Schema):
    """Every open promise, the earliest due first."""

    counts = fields.Nested(BoardCountsSchema, required=True)
    page = fields.Nested(page_schema(BoardRowSchema), required=True)


class StretchSchema(Schema):
    """A stretch of working time."""

    start = _moment()
    end = _moment()
    minutes = fields.Function(lambda stretch: stretch.length / _MINUTE, required=True)


class PauseSchema(Schema):
    """A stretch during which the clock stood."""

    start = _moment()
    end = _moment(allow_none=True)
    reason = fields.String(required=True)


class ClockWarningSchema(Schema):
    """A threshold that lies ahead."""

    kind = fields.Enum(WarningKind, by_value=True, required=True)
    at = _moment()


class ClosedDaySchema(Schema):
    """A day on which nobody works."""

    date = fields.Date(required=True, attribute="day")
    reason = fields.Enum(Closure, by_value=True, required=True, attribute="closure")


class LogLineSchema(Schema):
    """Something that happened to the clock."""

    position = fields.Integer(required=True)
    kind = fields.String(required=True)
    at = _moment()
    consumed_minutes = fields.Function(lambda line: line.consumed / _MINUTE, required=True)
    due_before = _moment(allow_none=True)
    due_after = _moment()
    calendar_version = fields.Integer(required=True)
    reason = fields.String(required=True)


class ClockAccountSchema(Schema):
    """Why the marks of an exam are due when they are."""

    exam_id = fields.UUID(required=True)
    evaluation_id = fields.UUID(required=True)
    calendar = fields.String(required=True)
    timezone = fields.String(required=True)
    state = fields.Enum(ClockState, by_value=True, required=True)
    budget_minutes = fields.Float(required=True)
    remaining_minutes = fields.Float(required=True, metadata={"description": "negative once late"})
    paused_minutes = fields.Float(required=True, metadata={"description": "of working time"})
    started_at = _moment()
    stopped_at = _moment(allow_none=True)
    due_at = _moment()
    breached_at = _moment(allow_none=True)
    segments = fields.List(fields.Nested(StretchSchema), required=True)
    pauses = fields.List(fields.Nested(PauseSchema), required=True)
    warnings = fields.List(fields.Nested(ClockWarningSchema), required=True)
    closed_days = fields.List(fields.Nested(ClosedDaySchema), required=True)
    log = fields.List(fields.Nested(LogLineSchema), required=True)


def account_body(found: ClockAccount) -> dict[str, Any]:
    """An account as ``ClockAccountSchema`` dumps it."""
    account = found.account
    return {
        **vars(account),
        "exam_id": found.exam_id,
        "evaluation_id": found.evaluation_id,
        "calendar": found.calendar_key,
        "timezone": found.calendar.rules.timezone,
        "budget_minutes": account.budget / _MINUTE,
        "remaining_minutes": account.remaining / _MINUTE,
        "paused_minutes": account.paused / _MINUTE,
        "closed_days": account.closed,
    }
