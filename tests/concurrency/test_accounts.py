from datetime import timedelta

from sqlalchemy import select

from mathvidya.accounts import notice, passwords, service
from mathvidya.accounts.errors import LinkCodeRefused, RefreshRefused, SignInRefused
from mathvidya.accounts.models import Consent, ParentStudentMapping, Relationship, User, UserSession
from mathvidya.accounts.service import Device, Grant, Redemption
from mathvidya.platform import db
from mathvidya.platform.db import Database
from mathvidya.platform.errors import DomainError
from tests.concurrency.racing import race
from tests.factories import MONDAY_TEN, actor_of, make_parent, make_student

PASSWORD = "a walk in the rain"


def _student() -> User:
    with db.transaction() as session:
        return make_student(session, password_hash=passwords.make_hash(PASSWORD), failed_sign_ins=0)


def _sign_in(email: str, password: str) -> Grant | SignInRefused:
    with db.transaction() as session:
        return service.sign_in(
            session,
            email=email,
            password=password,
            device=Device(),
            lifetime=timedelta(days=1),
            now=MONDAY_TEN,
        )


def test_failures_at_once_are_all_counted(committed_database: Database) -> None:
    student = _student()
    race(5, lambda _: _sign_in(student.email, "not the password"))
    assert isinstance(_sign_in(student.email, PASSWORD), SignInRefused)


def test_four_failures_at_once_do_not_lock(committed_database: Database) -> None:
    student = _student()
    race(4, lambda _: _sign_in(student.email, "not the password"))
    assert isinstance(_sign_in(student.email, PASSWORD), Grant)


def test_of_two_refreshes_with_one_token_one_is_answered_and_the_family_ends(
    committed_database: Database,
) -> None:
    student = _student()
    granted = _sign_in(student.email, PASSWORD)
    assert isinstance(granted, Grant)

    def refresh(_: int) -> Grant | RefreshRefused:
        with db.transaction() as session:
            return service.refresh(session, token=granted.refresh_token, now=MONDAY_TEN)

    outcomes = race(8, refresh)
    assert sum(isinstance(outcome, Grant) for outcome in outcomes) == 1
    with db.reading() as session:
        assert session.scalars(select(UserSession.revoke_reason)).one() == "reuse"


def test_a_code_redeemed_by_many_parents_at_once_links_one(committed_database: Database) -> None:
    student = _student()
    with db.transaction() as session:
        parents = [make_parent(session) for _ in range(8)]
        code = service.issue_code(session, actor=actor_of(student), now=MONDAY_TEN).code

    def redeem(number: int) -> ParentStudentMapping | LinkCodeRefused:
        redemption = Redemption(code, Relationship.OTHER, False, notice.CURRENT.version)
        with db.transaction() as session:
            return service.redeem_code(
                session, actor=actor_of(parents[number]), redemption=redemption, now=MONDAY_TEN
            )

    outcomes = race(8, redeem)
    assert sum(isinstance(outcome, ParentStudentMapping) for outcome in outcomes) == 1
    with db.reading() as session:
        assert len(session.scalars(select(ParentStudentMapping)).all()) == 1
        assert len(session.scalars(select(Consent)).all()) == 1


def test_a_code_redeemed_by_one_parent_twice_at_once_is_one_link(committed_database: Database) -> None:
    student = _student()
    with db.transaction() as session:
        parent = make_parent(session)
        code = service.issue_code(session, actor=actor_of(student), now=MONDAY_TEN).code

    def redeem(_: int) -> ParentStudentMapping | DomainError:
        redemption = Redemption(code, Relationship.OTHER, True, notice.CURRENT.version)
        with db.transaction() as session:
            return service.redeem_code(session, actor=actor_of(parent), redemption=redemption, now=MONDAY_TEN)

    links = race(4, redeem)
    assert len({link.id for link in links if isinstance(link, ParentStudentMapping)}) == 1
    assert all(isinstance(link, ParentStudentMapping) for link in links)


def test_codes_issued_at_once_leave_one_open(committed_database: Database) -> None:
    student = _student()

    def issue(_: int) -> str:
        with db.transaction() as session:
            return service.issue_code(session, actor=actor_of(student), now=MONDAY_TEN).code

    codes = race(4, issue)
    with db.transaction() as session:
        parent = make_parent(session)
    good = 0
    for code in codes:
        redemption = Redemption(code, Relationship.OTHER, False, notice.CURRENT.version)
        with db.transaction() as session:
            outcome = service.redeem_code(
                session, actor=actor_of(parent), redemption=redemption, now=MONDAY_TEN
            )
        good += isinstance(outcome, ParentStudentMapping)
    assert good == 1
