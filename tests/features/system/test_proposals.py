from datetime import date, timedelta

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from mathvidya.platform.errors import Forbidden, NotFound
from mathvidya.system import queries, service
from mathvidya.system.models import Holiday, HolidayType
from mathvidya.system.rules.proposals import lacking, listed
from tests.factories import MONDAY_TEN, actor_of, make_admin, make_teacher
from workflows.base import new_id


def a_holiday(day: date) -> Holiday:
    return Holiday(id=new_id(), date=day, name="known", type=HolidayType.NATIONAL, is_estimate=True)


def test_estimates_are_marked_and_say_so_in_no_name() -> None:
    lines = listed("national", 2027)
    assert [line.name for line in lines if line.name.startswith("Id-ul-Fitr")] == ["Id-ul-Fitr"]
    assert next(line for line in lines if line.name == "Id-ul-Fitr").is_estimate
    assert not next(line for line in lines if line.name == "Republic Day").is_estimate
    assert not any("estimated" in line.name for line in lines)


def test_the_calendar_of_a_state_gets_the_days_of_the_state_too() -> None:
    national, maharashtra = listed("national", 2026), listed("in-mh", 2026)
    assert {line.date for line in national} < {line.date for line in maharashtra}
    regional = [line for line in maharashtra if line.type is HolidayType.REGIONAL]
    assert date(2026, 5, 1) in {line.date for line in regional}
    assert listed("in-zz", 2026) == national


def test_only_dates_that_the_calendar_lacks_are_proposed_with_what_stands_beside_them() -> None:
    lines = listed("national", 2027)
    eid = next(line.date for line in lines if line.name == "Id-ul-Fitr")
    beside = a_holiday(eid - timedelta(days=1))
    found = lacking(lines, [a_holiday(date(2027, 1, 26)), beside], today=date(2027, 1, 1))
    assert date(2027, 1, 26) not in {proposal.date for proposal in found}
    proposal = next(each for each in found if each.date == eid)
    assert [near.id for near in proposal.nearby] == [beside.id]
    assert lacking(lines, [], today=date(2028, 1, 1)) == []


def test_an_accepted_proposal_is_proposed_no_more(session: Session) -> None:
    service.plant_reference(session, now=MONDAY_TEN)
    session.execute(delete(Holiday))
    admin = actor_of(make_admin(session))

    def proposed() -> set[date]:
        found = queries.holiday_proposals(session, admin, calendar="national", year=2026, now=MONDAY_TEN)
        return {proposal.date for proposal in found}

    day = date(2026, 1, 26)
    assert day in proposed()
    draft = service.HolidayDraft(date=day, name="Republic Day", type=HolidayType.NATIONAL)
    service.add_holiday(session, actor=admin, draft=draft, now=MONDAY_TEN)
    assert day not in proposed()


def test_proposals_are_for_admins_and_calendars_that_exist(session: Session) -> None:
    service.plant_reference(session, now=MONDAY_TEN)
    teacher, admin = actor_of(make_teacher(session)), actor_of(make_admin(session))
    with pytest.raises(Forbidden):
        queries.holiday_proposals(session, teacher, calendar="national", year=2026, now=MONDAY_TEN)
    with pytest.raises(NotFound):
        queries.holiday_proposals(session, admin, calendar="nowhere", year=2026, now=MONDAY_TEN)
