from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathvidya.plans import rules
from mathvidya.plans.models import ExamType
from mathvidya.plans.rules import Period, PlanTerms
from mathvidya.platform.errors import Invalid
from workflows.sla import Policy, PolicyUnit

DAY = timedelta(days=1)
starts = st.dates(date(2024, 1, 1), date(2030, 12, 31))
billing_days = st.integers(1, 28)
offsets = st.integers(0, 1200).map(timedelta)


def terms(**values: Any) -> PlanTerms:
    return PlanTerms(
        **{
            "title": "Premium",
            "exams_per_month": 50,
            "teacher_hours": Decimal(1),
            "exam_types": tuple(ExamType),
            "mcq_only": False,
            "leaderboard": True,
            "sla_policy": Policy(PolicyUnit.WORKING_DAY, 2),
            "monthly_paise": 99900,
            "yearly_paise": 999900,
            **values,
        }
    )


@given(starts, billing_days, offsets)
def test_every_day_belongs_to_its_own_period(start: date, billing_day: int, offset: timedelta) -> None:
    day = start + offset
    period = rules.period_of(day, billing_day, start)
    assert period.start <= day < period.end


@given(starts, billing_days, offsets)
def test_every_day_of_a_period_names_the_same_period(
    start: date, billing_day: int, offset: timedelta
) -> None:
    period = rules.period_of(start + offset, billing_day, start)
    length = (period.end - period.start).days
    days = [period.start + timedelta(number) for number in range(length)]
    assert {rules.period_of(day, billing_day, start) for day in days} == {period}


@given(starts, billing_days, offsets)
def test_periods_follow_each_other_without_gap_or_overlap(
    start: date, billing_day: int, offset: timedelta
) -> None:
    period = rules.period_of(start + offset, billing_day, start)
    assert rules.period_of(period.end, billing_day, start).start == period.end
    if period.start > start:
        assert rules.period_of(period.start - DAY, billing_day, start).end == period.start


@given(starts, billing_days, offsets)
def test_a_period_turns_on_the_billing_day(start: date, billing_day: int, offset: timedelta) -> None:
    period = rules.period_of(start + offset, billing_day, start)
    assert period.end.day == billing_day
    assert period.start == start or period.start.day == billing_day
    assert (period.end - period.start).days <= 31


@given(starts, st.integers(1, 36))
def test_a_term_ends_where_a_period_begins_after_just_so_many_periods(start: date, months: int) -> None:
    billing_day = rules.billing_day_of(start)
    day, ends_on = start, rules.end_of_term(start, months)
    for _ in range(months):
        day = rules.period_of(day, billing_day, start).end
    assert day == ends_on


@pytest.mark.parametrize(
    ("day", "billing_day", "starts_on", "expected"),
    [
        (date(2026, 1, 10), 10, date(2026, 1, 10), Period(date(2026, 1, 10), date(2026, 2, 10))),
        (date(2026, 2, 9), 10, date(2026, 1, 10), Period(date(2026, 1, 10), date(2026, 2, 10))),
        (date(2026, 2, 10), 10, date(2026, 1, 10), Period(date(2026, 2, 10), date(2026, 3, 10))),
        (date(2026, 12, 31), 28, date(2026, 1, 1), Period(date(2026, 12, 28), date(2027, 1, 28))),
        (date(2026, 1, 31), 28, date(2026, 1, 31), Period(date(2026, 1, 31), date(2026, 2, 28))),
        (date(2024, 2, 29), 28, date(2024, 1, 31), Period(date(2024, 2, 28), date(2024, 3, 28))),
    ],
)
def test_periods_of_known_days(day: date, billing_day: int, starts_on: date, expected: Period) -> None:
    assert rules.period_of(day, billing_day, starts_on) == expected


def test_a_day_before_the_start_has_no_period() -> None:
    with pytest.raises(ValueError, match="before the subscription starts"):
        rules.period_of(date(2026, 1, 1), 1, date(2026, 1, 2))


@pytest.mark.parametrize(
    ("starts_on", "months", "ends_on"),
    [
        (date(2026, 1, 15), 1, date(2026, 2, 15)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 5), 1, date(2027, 1, 5)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 6, 1), 24, date(2028, 6, 1)),
    ],
)
def test_ends_of_known_terms(starts_on: date, months: int, ends_on: date) -> None:
    assert rules.end_of_term(starts_on, months) == ends_on


def test_a_familys_day_turns_at_midnight_in_india() -> None:
    midnight = datetime(2026, 1, 9, 18, 30, tzinfo=UTC)
    assert rules.billing_date(midnight - timedelta(microseconds=1)) == date(2026, 1, 9)
    assert rules.billing_date(midnight) == date(2026, 1, 10)


def test_the_last_period_of_a_subscription_has_no_next() -> None:
    period = Period(date(2026, 1, 10), date(2026, 2, 10))
    assert rules.next_period_start(period, date(2026, 3, 10)) == date(2026, 2, 10)
    assert rules.next_period_start(period, date(2026, 2, 10)) is None


@pytest.mark.parametrize(("months", "paise"), [(1, 100), (11, 1100), (12, 1000), (14, 1200), (36, 3000)])
def test_full_years_cost_the_yearly_price_and_the_rest_the_monthly(months: int, paise: int) -> None:
    assert rules.price_of(months, monthly_paise=100, yearly_paise=1000) == paise


@pytest.mark.parametrize("exam_type", ExamType)
def test_a_plan_without_a_teacher_holds_no_written_exam_even_if_it_is_listed(exam_type: ExamType) -> None:
    written = exam_type in {ExamType.BOARD_EXAM, ExamType.SECTION_VSA, ExamType.SECTION_SA}
    assert rules.allows(list(ExamType), mcq_only=True, exam_type=exam_type) is not written
    assert rules.allows(list(ExamType), mcq_only=False, exam_type=exam_type)
    assert not rules.allows([], mcq_only=False, exam_type=exam_type)


def test_terms_of_a_plan_without_a_teacher_cannot_list_written_exams() -> None:
    with pytest.raises(Invalid) as refusal:
        rules.check_terms(terms(mcq_only=True))
    assert "board_exam, section_sa, section_vsa" in refusal.value.extra["errors"]["exam_types"][0]


def test_terms_cannot_name_a_kind_of_exam_twice() -> None:
    with pytest.raises(Invalid) as refusal:
        rules.check_terms(terms(exam_types=(ExamType.BOARD_EXAM, ExamType.BOARD_EXAM)))
    assert refusal.value.extra["errors"] == {"exam_types": ["name each kind of exam once"]}
