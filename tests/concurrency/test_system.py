from datetime import date, timedelta

from sqlalchemy import func, select

from mathvidya.platform import db
from mathvidya.platform.db import Database
from mathvidya.platform.errors import DomainError, StaleVersion
from mathvidya.system import queries, service
from mathvidya.system.models import Holiday, HolidayType, SystemConfig
from mathvidya.system.service import HolidayDraft
from tests.concurrency.racing import race
from tests.factories import MONDAY_TEN, actor_of, make_admin


def test_holidays_declared_at_once_each_raise_the_version(committed_database: Database) -> None:
    with db.transaction() as session:
        service.plant_reference(session, now=MONDAY_TEN)
        admin = actor_of(make_admin(session))
        before = queries.calendar_named(session, "national").version

    def declare(number: int) -> None:
        day = date(2026, 3, 2) + timedelta(days=number)
        draft = HolidayDraft(date=day, name="Bandh", type=HolidayType.REGIONAL)
        with db.transaction() as session:
            service.add_holiday(session, actor=admin, draft=draft, now=MONDAY_TEN)

    race(8, declare)
    with db.reading() as session:
        assert queries.calendar_named(session, "national").version == before + 8


def test_planting_at_once_plants_once(committed_database: Database) -> None:
    def plant(_: int) -> None:
        with db.transaction() as session:
            service.plant_reference(session, now=MONDAY_TEN)

    race(4, plant)
    with db.reading() as session:
        assert session.scalar(select(func.count()).select_from(Holiday)) == 39
        assert session.scalar(select(func.count()).select_from(SystemConfig)) == 22


def test_of_edits_made_from_one_version_one_wins(committed_database: Database) -> None:
    with db.transaction() as session:
        service.plant_reference(session, now=MONDAY_TEN)
        admin = actor_of(make_admin(session))

    def change(number: int) -> DomainError | None:
        try:
            with db.transaction() as session:
                service.change_setting(
                    session,
                    actor=admin,
                    key="teacher_daily_cap",
                    value=21 + number,
                    version=1,
                    now=MONDAY_TEN,
                )
        except StaleVersion as error:
            return error
        return None

    assert race(8, change).count(None) == 1
