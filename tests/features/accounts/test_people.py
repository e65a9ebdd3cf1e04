from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.accounts import passwords, queries, service
from mathvidya.accounts.errors import WeakPassword, WrongPassword
from mathvidya.accounts.models import ClassLevel, User, UserSession
from mathvidya.accounts.queries import PeopleFilter
from mathvidya.accounts.rules import Profile
from mathvidya.platform.actors import Role
from mathvidya.platform.errors import Forbidden, Invalid, NotFound, StaleVersion, WrongState
from mathvidya.system.models import AuditLog
from tests.factories import (
    MONDAY_TEN,
    actor_of,
    make_admin,
    make_class_x_student,
    make_parent,
    make_student,
    make_teacher,
)
from workflows.base import new_id

STUDENT = Profile(Role.STUDENT, "ravi@home.example", "Ravi", class_level=ClassLevel.XII)
PASSWORD = "seven green apples"


def open_session(session: Session, person: User) -> UserSession:
    family = UserSession(
        id=new_id(),
        user_id=person.id,
        created_at=MONDAY_TEN,
        last_used_at=MONDAY_TEN,
        expires_at=MONDAY_TEN + timedelta(days=1),
    )
    session.add(family)
    session.flush()
    return family


def actions(session: Session) -> list[str]:
    session.flush()
    return list(session.scalars(select(AuditLog.action).order_by(AuditLog.id)))


def test_students_and_parents_register_by_themselves(session: Session) -> None:
    person = service.register(session, profile=STUDENT, password=PASSWORD, address=None, now=MONDAY_TEN)
    assert passwords.matches(person.password_hash, PASSWORD)
    assert actions(session) == ["user.registered"]


@pytest.mark.parametrize("role", [Role.TEACHER, Role.ADMIN])
def test_nobody_registers_as_teacher_or_admin(session: Session, role: Role) -> None:
    with pytest.raises(Invalid) as refusal:
        service.register(
            session,
            profile=Profile(role, "x@home.example", "X"),
            password=PASSWORD,
            address=None,
            now=MONDAY_TEN,
        )
    assert "role" in refusal.value.extra["errors"]


def test_a_weak_password_registers_nobody(session: Session) -> None:
    with pytest.raises(WeakPassword):
        service.register(session, profile=STUDENT, password="short", address=None, now=MONDAY_TEN)
    assert session.scalars(select(User.id)).all() == []


@pytest.mark.parametrize("make", [make_student, make_parent, make_teacher])
def test_only_an_admin_makes_and_edits_people(session: Session, make: object) -> None:
    assert callable(make)
    person = make(session)
    with pytest.raises(Forbidden):
        service.create_person(
            session, actor=actor_of(person), profile=STUDENT, password=PASSWORD, now=MONDAY_TEN
        )
    with pytest.raises(Forbidden):
        service.edit_person(
            session, actor=actor_of(person), person_id=person.id, changes={}, version=1, now=MONDAY_TEN
        )


def test_another_role_ends_the_sessions_and_is_audited_as_such(session: Session) -> None:
    teacher, admin = make_teacher(session), make_admin(session)
    family = open_session(session, teacher)
    service.edit_person(
        session,
        actor=actor_of(admin),
        person_id=teacher.id,
        changes={"role": Role.ADMIN, "may_mark": []},
        version=1,
        now=MONDAY_TEN,
    )
    session.refresh(family)
    assert family.revoke_reason == "by_admin"
    (line,) = session.scalars(select(AuditLog))
    assert line.action == "user.role_changed"
    assert line.changes["role"] == {"was": "teacher", "is": "admin"}


def test_an_edit_that_keeps_the_role_keeps_the_sessions(session: Session) -> None:
    teacher, admin = make_teacher(session), make_admin(session)
    family = open_session(session, teacher)
    edited = service.edit_person(
        session,
        actor=actor_of(admin),
        person_id=teacher.id,
        changes={"may_mark": [ClassLevel.X], "daily_cap": 5},
        version=1,
        now=MONDAY_TEN,
    )
    session.refresh(family)
    assert family.revoked_at is None
    assert queries.teacher_facts(session, edited.id).daily_cap == 5
    assert queries.teacher_facts(session, edited.id).may_mark == {ClassLevel.X}


def test_an_edit_that_does_not_fit_the_role_changes_nothing(session: Session) -> None:
    student, admin = make_student(session), make_admin(session)
    with pytest.raises(Invalid):
        service.edit_person(
            session,
            actor=actor_of(admin),
            person_id=student.id,
            changes={"daily_cap": 4},
            version=1,
            now=MONDAY_TEN,
        )
    assert student.daily_cap is None
    assert actions(session) == []


def test_an_edit_of_an_older_version_is_refused_with_the_one_that_stands(session: Session) -> None:
    student, admin = make_student(session), make_admin(session)
    for version in (1, 2):
        service.edit_person(
            session,
            actor=actor_of(admin),
            person_id=student.id,
            changes={"extra_time_percent": 20 * version},
            version=version,
            now=MONDAY_TEN,
        )
    with pytest.raises(StaleVersion) as refusal:
        service.edit_own(
            session, actor=actor_of(student), changes={"full_name": "R"}, version=2, now=MONDAY_TEN
        )
    assert refusal.value.extra["current_version"] == 3


def test_admins_cannot_take_rights_from_themselves(session: Session) -> None:
    admin = make_admin(session)
    actor, tomorrow = actor_of(admin), MONDAY_TEN + timedelta(days=1)
    demotion = {"role": Role.PARENT}
    with pytest.raises(Forbidden):
        service.disable(session, actor=actor, person_id=admin.id, now=MONDAY_TEN)
    with pytest.raises(Forbidden):
        service.lock_person(session, actor=actor, person_id=admin.id, until=tomorrow, now=MONDAY_TEN)
    with pytest.raises(Forbidden):
        service.edit_person(
            session, actor=actor, person_id=admin.id, changes=demotion, version=1, now=MONDAY_TEN
        )


def test_rights_are_taken_and_given_back_once(session: Session) -> None:
    person, admin = make_parent(session), actor_of(make_admin(session))
    service.disable(session, actor=admin, person_id=person.id, now=MONDAY_TEN)
    with pytest.raises(WrongState):
        service.disable(session, actor=admin, person_id=person.id, now=MONDAY_TEN)
    service.enable(session, actor=admin, person_id=person.id, now=MONDAY_TEN)
    with pytest.raises(WrongState):
        service.enable(session, actor=admin, person_id=person.id, now=MONDAY_TEN)
    with pytest.raises(WrongState):
        service.unlock(session, actor=admin, person_id=person.id, now=MONDAY_TEN)
    assert actions(session) == ["user.disabled", "user.enabled"]


def test_a_lock_into_the_past_is_refused(session: Session) -> None:
    person, admin = make_parent(session), actor_of(make_admin(session))
    with pytest.raises(Invalid):
        service.lock_person(session, actor=admin, person_id=person.id, until=MONDAY_TEN, now=MONDAY_TEN)


def test_a_new_password_asks_for_the_old_one_and_ends_the_other_sessions(session: Session) -> None:
    person = make_parent(session, password_hash=passwords.make_hash(PASSWORD))
    here, there = open_session(session, person), open_session(session, person)
    actor = replace(actor_of(person), session_id=here.id)
    with pytest.raises(WrongPassword):
        service.change_password(session, actor=actor, present="a guess", new="x" * 12, now=MONDAY_TEN)
    service.change_password(session, actor=actor, present=PASSWORD, new="nine red pears", now=MONDAY_TEN)
    session.refresh(here)
    session.refresh(there)
    assert here.revoked_at is None
    assert there.revoked_at == MONDAY_TEN
    assert passwords.matches(person.password_hash, "nine red pears")


def test_people_are_found_by_role_and_by_part_of_name_or_address(session: Session) -> None:
    admin = actor_of(make_admin(session))
    make_student(session, full_name="Anil 100%", email="one@a.example")
    make_teacher(session, full_name="Bina", email="anil.two@a.example")
    make_parent(session, full_name="Chitra", email="three@a.example")

    def found(**narrowed: object) -> set[str]:
        page = queries.people(
            session,
            admin,
            PeopleFilter(**narrowed),
            limit=20,
            after=None,  # type: ignore[arg-type]  # a table of filters
        )
        return {person.email.partition("@")[0] for person in page.items}

    assert found(search="ANIL") == {"one", "anil.two"}
    assert found(search="anil", role=Role.TEACHER) == {"anil.two"}
    assert found(search="100%") == {"one"}
    assert found(search="_") == set()


def test_only_admins_list_people_and_others_see_themselves_alone(session: Session) -> None:
    student, other = make_student(session), make_student(session)
    with pytest.raises(Forbidden):
        queries.people(session, actor_of(student), PeopleFilter(), limit=20, after=None)
    with pytest.raises(NotFound):
        queries.person(session, actor_of(student), other.id)
    assert queries.person(session, actor_of(student), student.id) is student


def test_facts_are_told_of_the_right_kind_of_person_only(session: Session) -> None:
    student, teacher = make_class_x_student(session, extra_time_percent=25), make_teacher(session)
    facts = queries.student_facts(session, student.id)
    assert (facts.class_level, facts.course_level, facts.extra_time_percent) == ("X", "standard", 25)
    with pytest.raises(NotFound):
        queries.student_facts(session, teacher.id)
    with pytest.raises(NotFound):
        queries.teacher_facts(session, student.id)
    teacher.disabled_at = MONDAY_TEN
    with pytest.raises(NotFound):
        queries.teacher_facts(session, teacher.id)
