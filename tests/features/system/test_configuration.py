from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.platform.actors import Actor
from mathvidya.platform.errors import Forbidden, Invalid, NotFound, StaleVersion
from mathvidya.system import queries, service
from mathvidya.system.errors import SettingKeptElsewhere
from mathvidya.system.models import AuditLog, SystemConfig
from mathvidya.system.reference import default_settings
from mathvidya.system.rules.configuration import SETTINGS, check_value
from tests.factories import MONDAY_TEN, actor_of, make_admin, make_teacher


@pytest.fixture
def admin(session: Session) -> Actor:
    service.plant_reference(session, now=MONDAY_TEN)
    session.flush()
    return actor_of(make_admin(session))


def change(session: Session, actor: Actor, key: str, value: Any, version: int = 1) -> SystemConfig:
    return service.change_setting(session, actor=actor, key=key, value=value, version=version, now=MONDAY_TEN)


@pytest.mark.parametrize("key", sorted(default_settings()))
def test_every_setting_starts_from_a_value_that_it_can_take(key: str) -> None:
    check_value(key, default_settings()[key])


def test_every_setting_has_a_type_and_a_value_to_start_from() -> None:
    assert set(SETTINGS) == set(default_settings())


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("teacher_daily_cap", 0),
        ("teacher_daily_cap", "20"),
        ("teacher_daily_cap", 20.5),
        ("teacher_daily_cap", True),
        ("notifications_enabled", 1),
        ("analytics_refresh_hour", 24),
        ("analytics_retention_days", 364),
        ("allowed_upload_mimetypes", []),
        ("allowed_upload_mimetypes", ["image/svg+xml"]),
        ("allowed_upload_mimetypes", ["image/png", "image/png"]),
        ("evaluation_ui_stamps", "tick"),
        ("evaluation_ui_stamps", [["tick"]]),
        ("notification_email_from", "nobody"),
        ("aws_s3_region", "Mumbai"),
        ("cbse_units_class_xii", {"Algebra": 79}),
        ("cbse_units_class_xii", {"Algebra": 81, "Calculus": -1}),
        ("cbse_units_class_x", ["Algebra"]),
        ("sla_working_hours", {"start": "09:00", "end": "18:00"}),
        ("sla_working_hours", {"start": "nine", "end": "18:00", "timezone": "Asia/Kolkata"}),
        ("sla_working_hours", {"start": "09:00", "end": "18:00", "timezone": "Asia/Atlantis"}),
        ("sla_working_hours", {"start": 9, "end": 18, "timezone": "Asia/Kolkata"}),
        ("sla_weekly_off", ["someday"]),
    ],
)
def test_a_value_of_the_wrong_type_or_out_of_range_is_refused_by_its_key(key: str, value: Any) -> None:
    with pytest.raises(Invalid) as refusal:
        check_value(key, value)
    assert set(refusal.value.extra["errors"]) == {key}


def test_a_change_counts_at_once_and_is_audited(session: Session, admin: Actor) -> None:
    changed = change(session, admin, "teacher_daily_cap", 25)
    assert (queries.setting(session, "teacher_daily_cap"), changed.version) == (25, 2)
    session.flush()
    line = session.scalars(select(AuditLog).where(AuditLog.action == "config.updated")).one()
    assert line.subject_id == "teacher_daily_cap"
    assert line.changes == {"value": {"was": 20, "is": 25}}


def test_a_change_made_from_an_older_version_is_refused(session: Session, admin: Actor) -> None:
    change(session, admin, "teacher_daily_cap", 25)
    with pytest.raises(StaleVersion):
        change(session, admin, "teacher_daily_cap", 30)


def test_a_setting_that_nobody_planted_has_its_first_value(session: Session) -> None:
    assert queries.setting(session, "max_login_attempts") == 5


def test_what_is_no_setting_is_not_found(session: Session, admin: Actor) -> None:
    with pytest.raises(NotFound):
        queries.setting(session, "favourite_colour")
    with pytest.raises(NotFound):
        change(session, admin, "favourite_colour", "red")


def test_working_hours_are_edited_in_the_calendar(session: Session, admin: Actor) -> None:
    with pytest.raises(SettingKeptElsewhere):
        change(session, admin, "sla_weekly_off", ["saturday", "sunday"])


def test_only_admins_read_and_change_settings(session: Session, admin: Actor) -> None:
    teacher = actor_of(make_teacher(session))
    with pytest.raises(Forbidden):
        queries.settings_list(session, teacher)
    with pytest.raises(Forbidden):
        queries.setting_row(session, teacher, "teacher_daily_cap")
    with pytest.raises(Forbidden):
        change(session, teacher, "teacher_daily_cap", 25)


def test_planting_again_changes_nothing_that_an_admin_has_changed(session: Session, admin: Actor) -> None:
    change(session, admin, "teacher_daily_cap", 25)
    service.plant_reference(session, now=MONDAY_TEN)
    assert queries.setting(session, "teacher_daily_cap") == 25
    assert len(queries.settings_list(session, admin)) == 22
