"""What a plan allows, what it costs, and which billing period a day belongs to. Pure.

Days are those of Asia/Kolkata: a family's month turns at their midnight, not at Greenwich's.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from mathvidya.plans.models import ExamType
from mathvidya.platform.errors import Invalid
from workflows.sla import Policy

BILLING_ZONE = ZoneInfo("Asia/Kolkata")

LAST_BILLING_DAY = 28
"""The last day that every month has."""

WRITTEN_EXAMS = frozenset({ExamType.BOARD_EXAM, ExamType.SECTION_VSA, ExamType.SECTION_SA})
"""Exams that always hold questions answered on paper, which a teacher marks."""


@dataclass(frozen=True, slots=True)
class Period:
    """The days from ``start`` up to, and without, ``end``."""

    start: date
    end: date


@dataclass(frozen=True)
class PlanTerms:
    """What an admin may set about a plan. Prices are in paise with GST inside."""

    title: str
    exams_per_month: int
    teacher_hours: Decimal | None
    exam_types: tuple[ExamType, ...]
    mcq_only: bool
    leaderboard: bool
    sla_policy: Policy
    monthly_paise: int
    yearly_paise: int


def billing_date(moment: datetime) -> date:
    """The date of a moment where the families live."""
    return moment.astimezone(BILLING_ZONE).date()


def billing_day_of(starts_on: date) -> int:
    """The day of the month on which periods turn: that of the start, or the 28th for the last days."""
    return min(starts_on.day, LAST_BILLING_DAY)


def period_of(day: date, billing_day: int, starts_on: date) -> Period:
    """The billing period of ``day``: from a billing day to the next, the first one from ``starts_on``.

    Computed from the date alone; no job rolls it on. Raises ValueError for a day before the start.
    """
    if day < starts_on:
        raise ValueError(f"{day} is before the subscription starts on {starts_on}")
    turned = _months_after(day, 0 if day.day >= billing_day else -1, billing_day)
    return Period(max(turned, starts_on), _months_after(turned, 1, billing_day))


def end_of_term(starts_on: date, months: int) -> date:
    """The first day that a subscription of so many months no longer covers: the start of a period."""
    return _months_after(starts_on, months, billing_day_of(starts_on))


def _months_after(day: date, months: int, day_of_month: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, day_of_month)


def next_period_start(period: Period, ends_on: date) -> date | None:
    """When the next period starts; None when the subscription ends with this one."""
    return period.end if period.end < ends_on else None


def price_of(months: int, *, monthly_paise: int, yearly_paise: int) -> int:
    """The price of a term: every full twelve months at the yearly price, the rest by the month."""
    years, rest = divmod(months, 12)
    return years * yearly_paise + rest * monthly_paise


def allows(exam_types: Collection[ExamType], *, mcq_only: bool, exam_type: ExamType) -> bool:
    """Whether a plan holds this kind of exam; one without a teacher's marking holds no written exam."""
    return exam_type in exam_types and not (mcq_only and exam_type in WRITTEN_EXAMS)


def check_terms(terms: PlanTerms) -> None:
    """Refuse terms that contradict themselves. Raises Invalid, by field."""
    problems = list(_problems_of_exam_types(terms))
    if problems:
        raise Invalid("these terms contradict themselves", {"exam_types": problems})


def _problems_of_exam_types(terms: PlanTerms) -> Iterator[str]:
    if len(set(terms.exam_types)) != len(terms.exam_types):
        yield "name each kind of exam once"
    written = sorted(WRITTEN_EXAMS.intersection(terms.exam_types))
    if terms.mcq_only and written:
        yield f"a plan with mcq_only has no teacher to mark {', '.join(written)}: take them out"
