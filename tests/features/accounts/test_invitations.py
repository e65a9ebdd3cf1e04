from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.accounts import passwords, queries, service
from mathvidya.accounts.errors import InvitationRefused, WeakPassword
from mathvidya.accounts.models import ClassLevel, Invitation, User
from mathvidya.accounts.rules import INVITATION_LIFETIME, Profile
from mathvidya.accounts.service import Device, Grant, Invited
from mathvidya.platform.actors import Role
from mathvidya.platform.errors import Forbidden, NotFound, WrongState
from mathvidya.system.models import AuditLog
from tests.factories import MONDAY_TEN, actor_of, make_admin, make_teacher
from workflows.base import new_id

TEACHER = Profile(Role.TEACHER, "t@school.example", "A Teacher", may_mark=[ClassLevel.X])
PASSWORD = "seven green apples"


def invite(session: Session, profile: Profile = TEACHER) -> Invited:
    return service.invite(session, actor=actor_of(make_admin(session)), profile=profile, now=MONDAY_TEN)


def redeem(session: Session, token: str, password: str = PASSWORD, later: timedelta = timedelta()) -> User:
    return service.redeem_invitation(
        session, token=token, password=password, address="192.0.2.1", now=MONDAY_TEN + later
    )


def test_whoever_is_invited_chooses_the_password_and_signs_in(session: Session) -> None:
    invited = invite(session)
    assert redeem(session, invited.token) is invited.person
    grant = service.sign_in(
        session,
        email=TEACHER.email,
        password=PASSWORD,
        device=Device(),
        lifetime=timedelta(days=1),
        now=MONDAY_TEN,
    )
    assert isinstance(grant, Grant)
    assert {"user.invited", "user.invitation_redeemed"} <= set(session.scalars(select(AuditLog.action)))


def test_before_that_no_password_lets_them_in(session: Session) -> None:
    invited = invite(session)
    for guess in ("", invited.token, TEACHER.email):
        assert not passwords.matches(invited.person.password_hash, guess)


def test_of_the_token_only_the_hash_is_kept(session: Session) -> None:
    invited = invite(session)
    session.flush()
    kept = session.scalars(select(Invitation)).one()
    assert invited.token.encode() not in kept.token_hash
    assert kept.expires_at == invited.expires_at == MONDAY_TEN + timedelta(days=7)


def test_a_token_is_good_once_and_for_a_week(session: Session) -> None:
    invited = invite(session)
    with pytest.raises(InvitationRefused):
        redeem(session, invited.token, later=INVITATION_LIFETIME)
    with pytest.raises(InvitationRefused):
        redeem(session, "another")
    redeem(session, invited.token, later=INVITATION_LIFETIME - timedelta(microseconds=1))
    with pytest.raises(InvitationRefused):
        redeem(session, invited.token)


def test_a_weak_password_leaves_the_token_good(session: Session) -> None:
    invited = invite(session)
    with pytest.raises(WeakPassword):
        redeem(session, invited.token, "short")
    redeem(session, invited.token)


def test_a_newer_invitation_takes_the_place_of_the_older(session: Session) -> None:
    first, admin = invite(session), actor_of(make_admin(session))
    again = service.invite_again(session, actor=admin, person_id=first.person.id, now=MONDAY_TEN)
    with pytest.raises(InvitationRefused):
        redeem(session, first.token)
    redeem(session, again.token)
    for person in (first.person, make_teacher(session)):
        with pytest.raises(WrongState):
            service.invite_again(session, actor=admin, person_id=person.id, now=MONDAY_TEN)


def test_only_admins_invite_and_see_where_people_are_signed_in(session: Session) -> None:
    teacher, admin = actor_of(make_teacher(session)), actor_of(make_admin(session))
    with pytest.raises(Forbidden):
        service.invite(session, actor=teacher, profile=TEACHER, now=MONDAY_TEN)
    assert teacher.id is not None
    with pytest.raises(Forbidden):
        queries.sessions_of(session, teacher, teacher.id, limit=5, after=None)
    assert queries.sessions_of(session, admin, teacher.id, limit=5, after=None).items == []
    with pytest.raises(NotFound):
        queries.sessions_of(session, admin, new_id(), limit=5, after=None)
