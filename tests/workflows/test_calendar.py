from datetime import UTC, date, datetime, time, timedelta

import pytest

from tests.workflows.calendars import (
    FIRST,
    LAST,
    OFFICE,
    every_day,
    hours,
    ist,
    office,
)
from workflows.calendar import (
    CalendarCache,
    CalendarRules,
    ClosedDay,
    Closure,
    Edge,
    HorizonError,
    NaiveMomentError,
    NoWorkingTimeError,
    Pause,
    RulesError,
    Segment,
    Shift,
    Weekday,
    WorkingCalendar,
    closed_days,
    compile_calendar,
)


def worked(rules: CalendarRules, first: date, last: date) -> timedelta:
    calendar = compile_calendar(rules, first, last)
    return timedelta(microseconds=calendar.elapsed[-1])


class TestAdd:
    def test_a_budget_used_up_at_closing_ends_there_or_at_the_next_opening(self) -> None:
        assert office().add(ist("5 Jan 09:00"), hours(9)) == ist("5 Jan 18:00")
        assert office().add(ist("5 Jan 09:00"), hours(9), Edge.OPEN) == ist("6 Jan 09:00")

    def test_a_moment_outside_working_hours_counts_from_the_next_opening(self) -> None:
        for start in ("10 Jan 18:00", "11 Jan 12:00", "12 Jan 08:59"):
            assert office().add(ist(start), hours(1)) == ist("12 Jan 10:00")

    def test_a_zero_budget_ends_at_the_next_working_instant(self) -> None:
        assert office().add(ist("5 Jan 10:00"), hours(0)) == ist("5 Jan 10:00")
        assert office().add(ist("5 Jan 18:00"), hours(0)) == ist("6 Jan 09:00")

    def test_a_negative_budget_walks_back_over_the_night(self) -> None:
        assert office().add(ist("12 Jan 10:00"), hours(-2)) == ist("10 Jan 17:00")

    def test_walking_back_to_an_opening_ends_there_whatever_the_edge(self) -> None:
        for edge in Edge:
            assert office().add(ist("6 Jan 10:00"), hours(-1), edge) == ist("6 Jan 09:00")

    def test_microseconds_are_not_lost(self) -> None:
        moment = ist("5 Jan 10:00") + timedelta(microseconds=1)
        assert office().add(moment, timedelta(microseconds=1)) - ist("5 Jan 10:00") == timedelta(
            microseconds=2
        )

    def test_answers_are_in_utc(self) -> None:
        assert office().add(ist("5 Jan 10:00"), hours(1)).tzinfo is UTC


class TestHorizon:
    def test_a_budget_past_the_compiled_dates_is_refused(self) -> None:
        with pytest.raises(HorizonError, match="runs past the calendar, which covers 2025-12-31T18"):
            office().add(ist("31 Dec 17:00"), hours(2))

    def test_a_budget_before_the_compiled_dates_is_refused(self) -> None:
        with pytest.raises(HorizonError, match="runs past"):
            office().add(ist("1 Jan 10:00"), hours(-2))

    def test_the_last_closing_is_known_but_the_opening_after_it_is_not(self) -> None:
        assert office().add(ist("31 Dec 17:00"), hours(1)) == ist("31 Dec 18:00")
        with pytest.raises(HorizonError):
            office().add(ist("31 Dec 17:00"), hours(1), Edge.OPEN)
        with pytest.raises(HorizonError):
            office().next_opening(ist("31 Dec 18:00"))

    @pytest.mark.parametrize("outside", ["1 Jan 00:00", "31 Dec 23:59"])
    def test_moments_outside_are_refused_by_every_question(self, outside: str) -> None:
        calendar = office()
        moment = ist(outside) + (
            timedelta(minutes=1) if outside.startswith("31") else timedelta(microseconds=-1)
        )
        inside = ist("5 Jan 10:00")
        assert not calendar.covers(moment)
        assert calendar.covers(ist(outside))
        for ask in (
            lambda: calendar.is_open(moment),
            lambda: calendar.add(moment, hours(1)),
            lambda: calendar.between(inside, moment),
            lambda: calendar.between(moment, inside),
            lambda: calendar.explain(moment, hours(1)),
        ):
            with pytest.raises(HorizonError, match="is outside the calendar"):
                ask()

    def test_the_coverage_is_the_local_days(self) -> None:
        assert office().covers_from == ist("1 Jan 00:00")
        assert office().covers_until == ist("31 Dec 00:00") + timedelta(days=1)


class TestNaiveMoments:
    NAIVE = datetime(2026, 1, 5, 10)  # noqa: DTZ001  what is refused

    def test_every_question_refuses_them_with_the_remedy(self) -> None:
        calendar = office()
        for ask in (
            lambda: calendar.add(self.NAIVE, hours(1)),
            lambda: calendar.between(ist("5 Jan 09:00"), self.NAIVE),
            lambda: calendar.is_open(self.NAIVE),
            lambda: calendar.next_opening(self.NAIVE),
            lambda: calendar.covers(self.NAIVE),
            lambda: calendar.explain(self.NAIVE, hours(1)),
        ):
            with pytest.raises(NaiveMomentError, match=r"no UTC offset: add one, such as \+05:30"):
                ask()

    def test_a_pause_refuses_them(self) -> None:
        with pytest.raises(NaiveMomentError):
            Pause(self.NAIVE, ist("5 Jan 11:00"))


class TestRules:
    def test_an_override_replaces_the_hours_of_its_date(self) -> None:
        rules = CalendarRules(
            "UTC",
            dict.fromkeys(Weekday, (OFFICE,)),
            overrides={date(2026, 1, 5): (Shift.of("09:00", "13:00"),), date(2026, 1, 6): ()},
        )
        assert worked(rules, date(2026, 1, 5), date(2026, 1, 7)) == hours(4 + 0 + 9)

    def test_an_override_can_make_a_day_off_a_working_day(self) -> None:
        rules = CalendarRules("UTC", {Weekday.MONDAY: (OFFICE,)}, overrides={date(2026, 1, 11): (OFFICE,)})
        assert worked(rules, date(2026, 1, 11), date(2026, 1, 12)) == hours(18)

    def test_a_holiday_closes_its_date_even_where_an_override_opens_it(self) -> None:
        day = date(2026, 1, 5)
        rules = CalendarRules(
            "UTC",
            {Weekday.TUESDAY: (OFFICE,)},
            overrides={day: (OFFICE,)},
            holidays=frozenset({day}),
        )
        assert worked(rules, day, date(2026, 1, 6)) == hours(9)

    def test_a_holiday_takes_the_night_that_opens_on_it_and_leaves_the_one_that_ends_on_it(
        self,
    ) -> None:
        night = every_day("UTC", ("22:00", "06:00"))
        rules = CalendarRules("UTC", night.week, holidays=frozenset({date(2026, 1, 6)}))
        calendar = compile_calendar(rules, date(2026, 1, 5), date(2026, 1, 8))
        assert calendar.is_open(datetime(2026, 1, 6, 5, tzinfo=UTC))
        assert not calendar.is_open(datetime(2026, 1, 6, 23, tzinfo=UTC))
        assert not calendar.is_open(datetime(2026, 1, 7, 5, tzinfo=UTC))
        assert calendar.is_open(datetime(2026, 1, 7, 23, tzinfo=UTC))

    def test_the_night_before_the_first_date_reaches_into_it(self) -> None:
        rules = every_day("UTC", ("22:00", "06:00"))
        assert worked(rules, date(2026, 1, 5), date(2026, 1, 5)) == hours(6 + 2)

    def test_overlapping_shifts_count_once_and_touching_ones_leave_no_closing(self) -> None:
        rules = every_day("UTC", ("09:00", "13:00"), ("12:00", "15:00"), ("15:00", "17:00"))
        calendar = compile_calendar(rules, date(2026, 1, 5), date(2026, 1, 6))
        start = datetime(2026, 1, 5, 9, tzinfo=UTC)
        assert calendar.explain(start, hours(8)).segments == (Segment(start, start + hours(8)),)
        assert calendar.between(start, start + hours(24)) == hours(8)

    def test_a_day_may_be_open_from_midnight_to_midnight(self) -> None:
        rules = every_day("UTC", ("00:00", "24:00"))
        assert worked(rules, date(2026, 1, 5), date(2026, 1, 6)) == hours(48)

    def test_pauses_are_cut_out_also_where_they_overlap_or_span_a_closing(self) -> None:
        pauses = (
            Pause(ist("5 Jan 17:00"), ist("6 Jan 10:00")),
            Pause(ist("6 Jan 09:30"), ist("6 Jan 11:00")),
            Pause(ist("6 Jan 12:00"), ist("6 Jan 13:00")),
        )
        calendar = office(pauses=pauses)
        assert calendar.add(ist("5 Jan 16:00"), hours(3)) == ist("6 Jan 14:00")
        assert calendar.between(ist("5 Jan 09:00"), ist("6 Jan 18:00")) == hours(8 + 6)

    def test_rules_keep_nothing_that_the_caller_can_change(self) -> None:
        week = {Weekday.MONDAY: (OFFICE,)}
        rules = CalendarRules("UTC", week)
        week.clear()
        assert rules.shifts_on(date(2026, 1, 5)) == (OFFICE,)


class TestClockChanges:
    """Berlin in 2026: 02:00 becomes 03:00 on 29 March, 03:00 becomes 02:00 on 25 October."""

    SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)

    def test_a_night_shift_is_as_long_as_the_night(self) -> None:
        rules = every_day("Europe/Berlin", ("00:00", "06:00"))
        assert worked(rules, self.SPRING, self.SPRING) == hours(5)
        assert worked(rules, self.AUTUMN, self.AUTUMN) == hours(7)

    def test_a_time_that_the_clocks_skip_moves_forward_by_what_they_skip(self) -> None:
        rules = every_day("Europe/Berlin", ("02:30", "04:00"))
        calendar = compile_calendar(rules, self.SPRING, self.SPRING)
        opening = calendar.next_opening(calendar.covers_from)
        assert opening == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
        assert worked(rules, self.SPRING, self.SPRING) == hours(0.5)

    def test_a_shift_inside_the_skipped_hour_is_no_working_time(self) -> None:
        rules = every_day("Europe/Berlin", ("02:00", "03:00"))
        with pytest.raises(NoWorkingTimeError):
            compile_calendar(rules, self.SPRING, self.SPRING)

    def test_a_time_that_the_clocks_show_twice_is_the_first(self) -> None:
        rules = every_day("Europe/Berlin", ("02:30", "04:00"))
        assert worked(rules, self.AUTUMN, self.AUTUMN) == hours(2.5)

    def test_a_time_given_as_the_second_of_two_is_still_the_first(self) -> None:
        second = Shift(time(2, 30, fold=1), time(4))
        rules = CalendarRules("Europe/Berlin", {Weekday.SUNDAY: (second,)})
        assert worked(rules, self.AUTUMN, self.AUTUMN) == hours(2.5)


class TestBadRules:
    def test_an_unknown_zone_is_named(self) -> None:
        for zone in ("Asia/Atlantis", "../etc/passwd", "Asia", ""):
            with pytest.raises(RulesError, match=r"timezone .* is unknown: use an IANA name"):
                CalendarRules(zone, {Weekday.MONDAY: (OFFICE,)})

    @pytest.mark.parametrize("text", ["9 o'clock", "25:00", "24:30", ""])
    def test_what_is_not_a_time_of_day_is_named(self, text: str) -> None:
        with pytest.raises(RulesError, match="is not a time of day: write it as 09:00"):
            Shift.of(text, "18:00")

    def test_only_a_closing_may_be_written_24_00(self) -> None:
        with pytest.raises(RulesError, match="'24:00' is not a time of day"):
            Shift.of("24:00", "18:00")

    def test_a_shift_has_no_zone_of_its_own(self) -> None:
        with pytest.raises(RulesError, match="closes must be a local time"):
            Shift(time(9), time(18, tzinfo=UTC))

    def test_a_pause_ends_after_it_starts(self) -> None:
        with pytest.raises(RulesError, match="ends before it starts"):
            Pause(ist("6 Jan 10:00"), ist("6 Jan 09:00"))

    def test_dates_in_the_wrong_order_are_refused(self) -> None:
        with pytest.raises(RulesError, match="last must not be before first"):
            compile_calendar(office().rules, LAST, FIRST)

    def test_a_calendar_without_working_time_is_an_error(self) -> None:
        closed = CalendarRules("UTC", {Weekday.MONDAY: (OFFICE,)})
        with pytest.raises(NoWorkingTimeError, match="check week, holidays and pauses"):
            compile_calendar(closed, date(2026, 1, 6), date(2026, 1, 11))


class TestStandardDay:
    def test_a_half_day_on_saturday_does_not_shorten_it(self) -> None:
        week = {day: (OFFICE,) for day in Weekday if day < Weekday.SATURDAY}
        week[Weekday.SATURDAY] = (Shift.of("09:00", "13:00"),)
        assert CalendarRules("UTC", week).standard_day == hours(9)

    def test_split_shifts_add_up_and_a_night_counts_whole(self) -> None:
        assert every_day("UTC", ("09:00", "13:00"), ("14:00", "18:00")).standard_day == hours(8)
        assert every_day("UTC", ("22:00", "06:00")).standard_day == hours(8)

    def test_of_lengths_equally_common_the_longest_counts(self) -> None:
        week = {Weekday.MONDAY: (Shift.of("09:00", "13:00"),), Weekday.TUESDAY: (OFFICE,)}
        assert CalendarRules("UTC", week).standard_day == hours(9)

    def test_a_week_without_hours_has_none(self) -> None:
        with pytest.raises(RulesError, match="week has no working hours"):
            _ = CalendarRules("UTC", {Weekday.MONDAY: ()}).standard_day


class TestExplain:
    def test_it_lists_the_segments_clipped_to_what_was_used(self) -> None:
        explanation = office("26 Jan").explain(ist("24 Jan 17:30"), hours(11))
        assert explanation.end == ist("28 Jan 10:30")
        assert explanation.segments == (
            Segment(ist("24 Jan 17:30"), ist("24 Jan 18:00")),
            Segment(ist("27 Jan 09:00"), ist("27 Jan 18:00")),
            Segment(ist("28 Jan 09:00"), ist("28 Jan 10:30")),
        )

    def test_a_budget_of_nothing_used_nothing(self) -> None:
        assert office().explain(ist("5 Jan 10:00"), hours(0)).segments == ()

    def test_closed_days_say_why(self) -> None:
        rules = CalendarRules(
            "Asia/Kolkata",
            office().rules.week,
            overrides={date(2026, 1, 27): ()},
            holidays=frozenset({date(2026, 1, 26)}),
        )
        assert list(closed_days(rules, ist("24 Jan 23:00"), ist("28 Jan 01:00"))) == [
            ClosedDay(date(2026, 1, 25), Closure.WEEKLY_OFF),
            ClosedDay(date(2026, 1, 26), Closure.HOLIDAY),
            ClosedDay(date(2026, 1, 27), Closure.OVERRIDE),
        ]

    def test_closed_days_are_local_dates(self) -> None:
        saturday_night_in_utc = datetime(2026, 1, 10, 19, tzinfo=UTC)  # 00:30 on Sunday in India
        days = list(closed_days(office().rules, saturday_night_in_utc, saturday_night_in_utc))
        assert days == [ClosedDay(date(2026, 1, 11), Closure.WEEKLY_OFF)]


class TestIsOpen:
    def test_an_opening_is_open_and_a_closing_is_not(self) -> None:
        assert office().is_open(ist("5 Jan 09:00"))
        assert not office().is_open(ist("5 Jan 18:00"))

    def test_before_the_first_opening_it_is_closed(self) -> None:
        assert not office().is_open(ist("1 Jan 00:00"))


class TestCache:
    def test_a_version_is_compiled_once_and_a_newer_one_replaces_it(self) -> None:
        compiled: list[int] = []

        def compile_version(version: int) -> WorkingCalendar:
            compiled.append(version)
            return office(version=version)

        cache = CalendarCache()
        first = cache.get("office", 1, compile_version)
        assert cache.get("office", 1, compile_version) is first
        assert cache.get("office", 2, compile_version).version == 2
        assert cache.get("branch", 1, compile_version) is not first
        assert compiled == [1, 2, 1]
