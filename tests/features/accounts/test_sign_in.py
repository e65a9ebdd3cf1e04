from datetime import datetime, timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.accounts import passwords, service
from mathvidya.accounts.errors import RefreshRefused, SignInRefused
from mathvidya.accounts.models import RefreshToken, User, UserSession
from mathvidya.accounts.rules import LOCK_OUT
from mathvidya.accounts.service import Device, Grant
from mathvidya.platform.actors import Actor
from mathvidya.system.models import AuditLog, SystemConfig
from tests.factories import MONDAY_TEN, make_admin, make_student, make_teacher

PASSWORD = "a walk in the rain"
MONTH = timedelta(days=30)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def student(session: Session) -> User:
    return make_student(
        session, email="Meera@School.example", password_hash=passwords.make_hash(PASSWORD), failed_sign_ins=0
    )


def attempt(
    session: Session,
    password: str = PASSWORD,
    *,
    email: str = "meera@school.example",
    now: datetime = MONDAY_TEN,
) -> Grant | SignInRefused:
    return service.sign_in(
        session, email=email, password=password, device=Device("Phone"), lifetime=MONTH, now=now
    )


def granted(outcome: Grant | SignInRefused | RefreshRefused) -> Grant:
    assert isinstance(outcome, Grant), outcome.detail
    return outcome


def sign_in_as(session: Session, person: User, now: datetime = MONDAY_TEN) -> Grant:
    person.password_hash = passwords.make_hash(PASSWORD)
    session.flush()
    return granted(attempt(session, email=person.email, now=now))


def test_the_right_password_opens_a_session_whatever_the_case_of_the_address(
    session: Session, student: User
) -> None:
    grant = granted(attempt(session, email="MEERA@school.EXAMPLE"))
    assert grant.session.user_id == student.id
    assert grant.session.expires_at == MONDAY_TEN + MONTH


def test_every_reason_for_a_refusal_reads_the_same(session: Session, student: User) -> None:
    unknown = attempt(session, email="nobody@school.example")
    wrong = attempt(session, "not the password")
    student.disabled_at = MONDAY_TEN
    session.flush()
    disabled = attempt(session)
    assert isinstance(unknown, SignInRefused)
    assert isinstance(wrong, SignInRefused)
    assert isinstance(disabled, SignInRefused)
    assert unknown.detail == wrong.detail == disabled.detail


def test_after_five_wrong_passwords_the_right_one_is_refused_for_fifteen_minutes(
    session: Session, student: User
) -> None:
    for _ in range(5):
        attempt(session, "not the password")
    assert isinstance(attempt(session), SignInRefused)
    assert isinstance(attempt(session, now=MONDAY_TEN + LOCK_OUT - MINUTE), SignInRefused)
    granted(attempt(session, now=MONDAY_TEN + LOCK_OUT))


def test_four_wrong_passwords_are_forgiven_by_the_right_one(session: Session, student: User) -> None:
    for _ in range(2):
        for _ in range(4):
            attempt(session, "not the password")
        granted(attempt(session))
    assert student.failed_sign_ins == 0


def test_the_number_of_attempts_is_a_setting(session: Session, student: User) -> None:
    session.add(SystemConfig(key="max_login_attempts", value=3, description=""))
    session.flush()
    for _ in range(3):
        attempt(session, "not the password")
    assert isinstance(attempt(session), SignInRefused)


def test_a_lock_out_and_every_refusal_are_in_the_audit_without_the_address(
    session: Session, student: User
) -> None:
    for _ in range(5):
        attempt(session, "not the password")
    attempt(session, email="nobody@school.example")
    session.flush()
    lines = session.execute(select(AuditLog.action, AuditLog.subject_id).order_by(AuditLog.id)).all()
    actions = [line.action for line in lines]
    assert actions.count("user.login_refused") == 6
    assert actions.count("user.locked") == 1
    assert {line.subject_id for line in lines} == {str(student.id), "unknown"}


def test_a_dated_hash_is_made_anew_at_sign_in(session: Session, student: User) -> None:
    student.password_hash = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    session.flush()
    granted(attempt(session))
    assert not passwords.is_dated(student.password_hash)
    granted(attempt(session))


def test_a_refresh_gives_the_next_token_and_keeps_only_hashes(session: Session, student: User) -> None:
    first = granted(attempt(session))
    second = granted(service.refresh(session, token=first.refresh_token, now=MONDAY_TEN + MINUTE))
    assert second.session.id == first.session.id
    assert second.session.last_used_at == MONDAY_TEN + MINUTE
    assert second.refresh_token != first.refresh_token
    assert first.refresh_token.encode() not in session.scalars(select(RefreshToken.token_hash)).all()


def test_a_token_that_comes_twice_ends_the_family_with_its_newest_token(
    session: Session, student: User
) -> None:
    first = granted(attempt(session))
    second = granted(service.refresh(session, token=first.refresh_token, now=MONDAY_TEN))
    assert isinstance(service.refresh(session, token=first.refresh_token, now=MONDAY_TEN), RefreshRefused)
    assert isinstance(service.refresh(session, token=second.refresh_token, now=MONDAY_TEN), RefreshRefused)
    assert second.session.revoke_reason == "reuse"


def test_another_session_of_the_same_person_survives_a_reuse(session: Session, student: User) -> None:
    stolen, other = granted(attempt(session)), granted(attempt(session))
    for _ in range(2):
        service.refresh(session, token=stolen.refresh_token, now=MONDAY_TEN)
    granted(service.refresh(session, token=other.refresh_token, now=MONDAY_TEN))


def test_a_family_ends_a_month_after_sign_in_however_often_it_is_refreshed(
    session: Session, student: User
) -> None:
    grant = granted(attempt(session))
    grant = granted(service.refresh(session, token=grant.refresh_token, now=MONDAY_TEN + MONTH - MINUTE))
    assert isinstance(
        service.refresh(session, token=grant.refresh_token, now=MONDAY_TEN + MONTH), RefreshRefused
    )


def test_a_teacher_idle_for_an_hour_signs_in_again_and_a_student_does_not(session: Session) -> None:
    teacher, student = sign_in_as(session, make_teacher(session)), sign_in_as(session, make_student(session))
    hour = MONDAY_TEN + timedelta(hours=1)
    assert isinstance(service.refresh(session, token=teacher.refresh_token, now=hour), RefreshRefused)
    granted(service.refresh(session, token=student.refresh_token, now=hour))


def test_a_token_that_nobody_issued_is_refused(session: Session) -> None:
    assert isinstance(service.refresh(session, token="made up", now=MONDAY_TEN), RefreshRefused)


def test_signing_out_ends_this_session_alone(session: Session, student: User) -> None:
    here, there = granted(attempt(session)), granted(attempt(session))
    service.sign_out(session, actor=here.actor(), now=MONDAY_TEN)
    assert isinstance(service.refresh(session, token=here.refresh_token, now=MONDAY_TEN), RefreshRefused)
    granted(service.refresh(session, token=there.refresh_token, now=MONDAY_TEN))


def test_disabling_somebody_ends_their_sessions(session: Session, student: User) -> None:
    grant = granted(attempt(session))
    admin = make_admin(session)
    service.disable(session, actor=Actor(admin.id, admin.role), person_id=student.id, now=MONDAY_TEN)
    assert isinstance(service.refresh(session, token=grant.refresh_token, now=MONDAY_TEN), RefreshRefused)
    assert isinstance(attempt(session), SignInRefused)


def test_sessions_are_forgotten_a_month_after_their_end_and_not_before(
    session: Session, student: User
) -> None:
    granted(attempt(session))
    assert service.forget_old_sessions(session, now=MONDAY_TEN + 2 * MONTH) == 0
    assert service.forget_old_sessions(session, now=MONDAY_TEN + 2 * MONTH + MINUTE) == 1
    assert session.scalars(select(UserSession.id)).all() == []
