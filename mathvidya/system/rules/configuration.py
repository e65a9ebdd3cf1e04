"""The type of every setting that an admin may change while the product runs."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mathvidya.platform.errors import Invalid, NotFound
from mathvidya.system.errors import SettingKeptElsewhere
from workflows.calendar import CalendarError, CalendarRules, Shift, Weekday

Complaint = str | None
Check = Callable[[Any], Complaint]

_BOARD_MARKS = 80


def whole(least: int, most: int) -> Check:
    """A whole number from ``least`` to ``most``."""

    def check(value: Any) -> Complaint:
        fits = isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
        return None if fits else f"send a whole number from {least} to {most}"

    return check


def text(pattern: str, remedy: str) -> Check:
    """Text that matches ``pattern`` from end to end."""

    def check(value: Any) -> Complaint:
        return None if isinstance(value, str) and re.fullmatch(pattern, value) else remedy

    return check


def some_of(*choices: str) -> Check:
    """A list of one or more of ``choices``, each at most once."""

    def check(value: Any) -> Complaint:
        fits = (
            isinstance(value, list)
            and value
            and all(isinstance(item, str) and item in choices for item in value)
            and len(set(value)) == len(value)
        )
        return None if fits else f"send a list of some of: {', '.join(choices)}"

    return check


def truth(value: Any) -> Complaint:
    """True or false."""
    return None if isinstance(value, bool) else "send true or false"


def hours(value: Any) -> Complaint:
    """Opening, closing and time zone of a working day."""
    if not isinstance(value, dict) or set(value) != {"start", "end", "timezone"}:
        return 'send {"start": "09:00", "end": "18:00", "timezone": "Asia/Kolkata"}'
    try:
        CalendarRules(value["timezone"], {Weekday.MONDAY: (Shift.of(value["start"], value["end"]),)})
    except (CalendarError, TypeError) as error:
        return str(error)
    return None


def unit_marks(value: Any) -> Complaint:
    """Board marks by unit, 80 in all."""
    fits = (
        isinstance(value, dict)
        and all(
            isinstance(marks, int) and not isinstance(marks, bool) and marks > 0 for marks in value.values()
        )
        and sum(value.values()) == _BOARD_MARKS
    )
    return None if fits else 'send {"unit": marks, …}: whole marks above 0 that sum to 80'


@dataclass(frozen=True)
class Setting:
    """One entry: which values it takes, and what it governs."""

    check: Check
    description: str


SETTINGS: Mapping[str, Setting] = {
    "sla_working_hours": Setting(hours, "The working day from which the national calendar was made"),
    "sla_weekly_off": Setting(
        some_of(*(day.name.lower() for day in Weekday)),
        "The days off from which the national calendar was made",
    ),
    "leaderboard_top_n": Setting(whole(1, 100), "Places shown on a leaderboard"),
    "max_upload_size_mb": Setting(whole(1, 50), "Largest page that a student may upload, in megabytes"),
    "allowed_upload_mimetypes": Setting(
        some_of("image/jpeg", "image/png", "image/heic", "application/pdf"), "Kinds of file taken as pages"
    ),
    "evaluation_ui_stamps": Setting(
        some_of("tick", "cross", "half", "circle", "star"), "Stamps offered to a teacher"
    ),
    "analytics_refresh_hour": Setting(whole(0, 23), "Hour of the day at which progress is computed anew"),
    # The law wants logs kept for at least a year.
    "analytics_retention_days": Setting(whole(365, 3650), "Days for which progress is kept"),
    "cbse_units_class_x": Setting(unit_marks, "Board marks of each unit of class X"),
    "cbse_units_class_xii": Setting(unit_marks, "Board marks of each unit of class XII"),
    "session_timeout_minutes": Setting(
        whole(15, 1440), "Minutes without use after which teachers and admins sign in again"
    ),
    "max_login_attempts": Setting(whole(3, 20), "Wrong passwords in a row after which sign-in rests"),
    "aws_s3_region": Setting(
        text(r"[a-z]{2}(-[a-z]+)+-\d", "send a region such as ap-south-1"), "Region of the object storage"
    ),
    "s3_signed_url_expiry_minutes": Setting(
        whole(1, 60), "Minutes for which an upload or download link is good"
    ),
    "notifications_enabled": Setting(truth, "Whether notices leave the house"),
    "notification_email_from": Setting(
        text(r"[^@\s]+@[^@\s]+\.[^@\s]+", "send an e-mail address"), "Sender of notices by e-mail"
    ),
    "exam_auto_submit_enabled": Setting(
        truth, "Whether an exam is handed in for a student whose time is over"
    ),
    "exam_grace_period_minutes": Setting(
        whole(0, 30), "Minutes in which answers made in time may still arrive"
    ),
    "question_approval_required": Setting(
        truth, "Whether a question needs a second person before it is used"
    ),
    "sheet_upload_window_minutes": Setting(
        whole(5, 180), "Minutes for photographing pages after the answering"
    ),
    "teacher_daily_cap": Setting(
        whole(1, 100), "Scripts that a teacher gets in a day, unless agreed otherwise"
    ),
    "marker_lease_minutes": Setting(
        whole(5, 480), "Minutes without work after which a script goes to another"
    ),
}

KEPT_ELSEWHERE: Mapping[str, str] = {
    "sla_working_hours": "the weekly hours of a calendar count: edit /api/v1/calendars/national",
    "sla_weekly_off": "the weekly hours of a calendar count: edit /api/v1/calendars/national",
}
"""Entries that seeded the national calendar; a second place for the same hours would contradict the first."""


def check_value(key: str, value: Any) -> None:
    """Whether ``value`` is one that ``key`` can take. Raises NotFound, Invalid naming the key."""
    if key not in SETTINGS:
        raise NotFound(f"there is no setting {key!r}")
    complaint = SETTINGS[key].check(value)
    if complaint is not None:
        raise Invalid(f"{key}: {complaint}", {key: [complaint]})


def check_editable(key: str) -> None:
    """Refuse a setting that is edited in another place. Raises SettingKeptElsewhere."""
    if key in KEPT_ELSEWHERE:
        raise SettingKeptElsewhere(f"{key}: {KEPT_ELSEWHERE[key]}")
