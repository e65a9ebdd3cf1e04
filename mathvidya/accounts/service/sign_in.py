"""Signing in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mathvidya.accounts import passwords, rules
from mathvidya.accounts.errors import SignInRefused
from mathvidya.accounts.models import User, UserSession
from mathvidya.accounts.service.people import lock_by_id
from mathvidya.accounts.service.sessions import Grant, issue
from mathvidya.platform.actors import SYSTEM, Actor
from mathvidya.system.queries import setting
from mathvidya.system.service import record_act
from workflows.base import new_id

_LONGEST_USER_AGENT = 200


@dataclass(frozen=True)
class Device:
    """Where somebody signs in from: shown in the list of their sessions."""

    user_agent: str = ""
    address: str | None = None


def sign_in(
    session: Session, *, email: str, password: str, device: Device, lifetime: timedelta, now: datetime
) -> Grant | SignInRefused:
    """Open a session of ``lifetime`` for whoever knows the password.

    A refusal is returned, not raised: raising would undo the count of failures. The slow check comes before
    the lock, so that attempts do not queue for it; which of them count, and whether the right one came before
    the lock-out, is decided one after another under the lock. Every refusal costs one check and one write,
    and reads the same.
    """
    known = session.scalars(select(User).where(func.lower(User.email) == func.lower(email))).one_or_none()
    checked = known.password_hash if known else passwords.nobodys_hash()
    is_right = passwords.matches(checked, password)
    if known is None:
        return _refuse(session, "unknown", device, now)
    person = lock_by_id(session, known.id)
    state = rules.SignInState(person.failed_sign_ins, person.locked_until)
    if state.is_locked(now) or person.disabled_at is not None:
        return _refuse(session, str(person.id), device, now)
    if not is_right or person.password_hash != checked:
        _count_failure(session, person, state, now)
        return _refuse(session, str(person.id), device, now)
    if passwords.is_dated(checked):
        person.password_hash = passwords.make_hash(password)
    return _open(session, person, device, now + lifetime, now)


def _count_failure(session: Session, person: User, state: rules.SignInState, now: datetime) -> None:
    after = state.after_failure(setting(session, "max_login_attempts"), now)
    person.failed_sign_ins, person.locked_until = after.failed, after.locked_until
    if after.is_locked(now):
        record_act(session, SYSTEM, "user.locked", subject=("user", person.id), now=now)


def _refuse(session: Session, subject: str, device: Device, now: datetime) -> SignInRefused:
    nobody = Actor(id=None, role=None, address=device.address)
    record_act(session, nobody, "user.login_refused", subject=("user", subject), now=now)
    return SignInRefused(
        "the e-mail address or the password is not right, or sign-in rests: after several wrong passwords "
        "in a row it rests for 15 minutes"
    )


def _open(session: Session, person: User, device: Device, ends: datetime, now: datetime) -> Grant:
    person.failed_sign_ins, person.locked_until = 0, None
    family = UserSession(
        id=new_id(),
        user_id=person.id,
        created_at=now,
        last_used_at=now,
        expires_at=ends,
        user_agent=device.user_agent[:_LONGEST_USER_AGENT],
        address=device.address,
    )
    session.add(family)
    session.flush()
    grant = issue(session, person, family, now)
    who = Actor(id=person.id, role=person.role, session_id=family.id, address=device.address)
    record_act(session, who, "user.login", subject=("user", person.id), now=now)
    return grant
