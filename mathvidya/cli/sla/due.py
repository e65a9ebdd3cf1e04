"""The answer to "when is it due, and why then": computed once, told as text or as JSON."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from mathvidya.cli.sla.reference import Plan, holiday_names, plan_named, reference_calendar
from workflows import sla
from workflows.calendar import ClosedDay, Closure, Explanation, closed_days

REASONS = {Closure.WEEKLY_OFF: "weekly day off", Closure.OVERRIDE: "declared closed"}
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class SkippedDay:
    """A day on which nobody works, with the reason in words."""

    closed: ClosedDay
    reason: str


@dataclass(frozen=True)
class Promise:
    """A due time with everything that led to it."""

    plan: Plan
    submitted: datetime
    budget: timedelta
    explanation: Explanation
    skipped: tuple[SkippedDay, ...]
    zone: ZoneInfo

    def local(self, moment: datetime) -> datetime:
        """A moment as the people of the calendar read it."""
        return moment.astimezone(self.zone)


def promise(plan_name: str, submitted: datetime) -> Promise:
    """What the plan owes for a hand-in at this moment.

    Raises UnknownPlan, HorizonError for a moment whose holidays are not known.
    """
    plan, calendar = plan_named(plan_name), reference_calendar()
    budget = plan.policy.budget(calendar.rules)
    clock = sla.start(budget, calendar=calendar, at=submitted).clock
    names = holiday_names()
    return Promise(
        plan=plan,
        submitted=submitted,
        budget=budget,
        explanation=calendar.explain(submitted, budget),
        skipped=tuple(
            SkippedDay(closed, names.get(closed.day) or REASONS[closed.closure])
            for closed in closed_days(calendar.rules, submitted, clock.due_at)
        ),
        zone=calendar.rules.zone,
    )


def as_text(promised: Promise, *, explain: bool) -> str:
    """The promise for a reader; with its reasons if asked."""
    return "\n".join([*_answer(promised), *(_reasons(promised) if explain else ())])


def as_json(promised: Promise) -> dict[str, Any]:
    """The promise for a program, its reasons included; moments are local with their offset."""
    policy = promised.plan.policy
    return {
        "plan": promised.plan.name,
        "policy": {"unit": policy.unit.value, "amount": policy.amount},
        "budget_minutes": promised.budget // MINUTE,
        "timezone": promised.zone.key,
        "submitted": promised.local(promised.submitted).isoformat(),
        "due_at": promised.local(promised.explanation.end).isoformat(),
        "segments": [
            {
                "start": promised.local(segment.start).isoformat(),
                "end": promised.local(segment.end).isoformat(),
                "minutes": segment.length / MINUTE,
            }
            for segment in promised.explanation.segments
        ],
        "skipped": [
            {"date": skipped.closed.day.isoformat(), "reason": skipped.reason} for skipped in promised.skipped
        ],
    }


def _answer(promised: Promise) -> Iterator[str]:
    policy = promised.plan.policy
    unit = policy.unit.replace("_", " ") + ("s" if policy.amount > 1 else "")
    minutes = promised.budget // MINUTE
    yield f"Plan       {promised.plan.title}: {policy.amount} {unit} ({minutes} working minutes)"
    yield f"Submitted  {_moment(promised.local(promised.submitted))}"
    yield f"Due        {_moment(promised.local(promised.explanation.end))} {promised.zone.key}"


def _reasons(promised: Promise) -> Iterator[str]:
    yield "\nWorking time used"
    for segment in promised.explanation.segments:
        start, end = promised.local(segment.start), promised.local(segment.end)
        yield f"  {_moment(start)} to {end:%H:%M}  {segment.length / MINUTE:g} min"
    if promised.skipped:
        yield "\nDays skipped"
    for skipped in promised.skipped:
        yield f"  {skipped.closed.day:%a %d %b %Y}  {skipped.reason}"


def _moment(local: datetime) -> str:
    return f"{local:%a %d %b %Y, %H:%M}"
