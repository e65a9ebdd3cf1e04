"""The reference calendar and plans as the commands read them: files, so that no database is needed.

The same files seed the database; a running product answers from there.
"""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import mathvidya
from workflows.calendar import (
    CalendarRules,
    Shift,
    Weekday,
    WorkingCalendar,
    compile_calendar,
)
from workflows.sla import Policy, PolicyUnit

REFERENCE = Path(mathvidya.__file__).parent.parent / "seeds" / "reference"


class UnknownPlan(LookupError):
    """No plan of that name; the message lists those that there are."""


@dataclass(frozen=True)
class Plan:
    """A plan as far as its clock goes."""

    name: str
    title: str
    policy: Policy


def plan_named(name: str) -> Plan:
    """The plan. Raises UnknownPlan."""
    plans = {row["name"]: row for row in _read("plans.json")["plans"]}
    if name not in plans:
        raise UnknownPlan(f"{name!r} is not a plan: choose one of {', '.join(plans)}")
    return Plan(name, plans[name]["title"], policy_of_hours(plans[name]["sla_hours"]))


def policy_of_hours(hours: int) -> Policy:
    """What "24 hours" on a price list means: that many days, and working ones."""
    days, rest = divmod(hours, 24)
    if rest:
        raise ValueError(f"sla_hours must be a multiple of 24, not {hours}")
    return Policy(PolicyUnit.WORKING_DAY, days)


def holiday_names() -> dict[date, str]:
    """What each holiday is called; a date may carry two."""
    names: dict[date, str] = {}
    for row in _read("holidays.json")["holidays"]:
        day = date.fromisoformat(row["date"])
        names[day] = f"{names[day]} and {row['name']}" if day in names else row["name"]
    return names


def reference_rules() -> CalendarRules:
    """The hours, the weekly days off and the holidays of the seed."""
    config = _read("system_config.json")
    hours = config["entries"]["sla_working_hours"]
    off = {Weekday[name.upper()] for name in config["added_by_design"]["sla_weekly_off"]}
    shift = Shift.of(hours["start"], hours["end"])
    return CalendarRules(
        timezone=hours["timezone"],
        week={day: (shift,) for day in Weekday if day not in off},
        holidays=frozenset(holiday_names()),
    )


@cache
def reference_calendar() -> WorkingCalendar:
    """Those rules over the whole years whose holidays are known, and not a day beyond."""
    rules = reference_rules()
    years = {day.year for day in rules.holidays}
    return compile_calendar(rules, date(min(years), 1, 1), date(max(years), 12, 31))


def _read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((REFERENCE / name).read_text(encoding="utf-8"))
    return content
