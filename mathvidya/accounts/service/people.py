"""Making and editing people."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from mathvidya.accounts import passwords, policy
from mathvidya.accounts.errors import WrongPassword
from mathvidya.accounts.models import User
from mathvidya.accounts.rules import (
    SELF_REGISTERING,
    Profile,
    audited_change,
    check_password,
    check_profile,
    profile_of,
)
from mathvidya.accounts.service.sessions import revoke_sessions
from mathvidya.platform.actors import Actor
from mathvidya.platform.errors import Invalid, NotFound
from mathvidya.platform.versions import check_version
from mathvidya.system.service import record_act
from workflows.base import new_id


def register(
    session: Session, *, profile: Profile, password: str, address: str | None, now: datetime
) -> User:
    """Let a student or a parent in. Raises Invalid, WeakPassword, EmailTaken."""
    if profile.role not in SELF_REGISTERING:
        remedy = "register as student or parent: an admin makes teachers and admins"
        raise Invalid(remedy, {"role": [remedy]})
    person = _make(session, profile, password, now)
    themself = Actor(id=person.id, role=person.role, address=address)
    record_act(session, themself, "user.registered", subject=("user", person.id), now=now)
    return person


def create_person(session: Session, *, actor: Actor, profile: Profile, password: str, now: datetime) -> User:
    """Make a person of any role. Raises Forbidden, Invalid, WeakPassword, EmailTaken."""
    policy.must_be_admin(actor, "make people")
    person = _make(session, profile, password, now)
    changes = {"role": person.role.value}
    record_act(session, actor, "user.created", subject=("user", person.id), now=now, changes=changes)
    return person


def edit_person(
    session: Session,
    *,
    actor: Actor,
    person_id: UUID,
    changes: Mapping[str, Any],
    version: int,
    now: datetime,
) -> User:
    """Change what is said of a person; another role ends their sessions, whose tokens carry the old one.

    Raises Forbidden, NotFound, Invalid, StaleVersion, EmailTaken, StillLinked.
    """
    policy.must_be_admin(actor, "edit people")
    person = lock_by_id(session, person_id)
    check_version(person.version, version)
    before = profile_of(person)
    after = replace(before, **changes)
    check_profile(after)
    if after.role is not before.role:
        policy.must_be_another(actor, person_id, "change the role of")
        revoke_sessions(session, person_id, reason="by_admin", now=now)
    _take(person, after)
    person.version += 1
    session.flush()
    action = "user.updated" if after.role is before.role else "user.role_changed"
    noted = audited_change(before, after)
    record_act(session, actor, action, subject=("user", person_id), now=now, changes=noted)
    return person


def edit_own(
    session: Session, *, actor: Actor, changes: Mapping[str, Any], version: int, now: datetime
) -> User:
    """Change one's own name or phone. Raises NotFound, StaleVersion."""
    person = lock_by_id(session, actor.id)
    check_version(person.version, version)
    before = profile_of(person)
    after = replace(before, **changes)
    _take(person, after)
    person.version += 1
    noted = audited_change(before, after)
    record_act(session, actor, "user.updated", subject=("user", person.id), now=now, changes=noted)
    return person


def change_password(session: Session, *, actor: Actor, present: str, new: str, now: datetime) -> None:
    """Take another password, which ends every other session. Raises NotFound, WrongPassword, WeakPassword."""
    person = lock_by_id(session, actor.id)
    if not passwords.matches(person.password_hash, present):
        raise WrongPassword("send the password that you sign in with", {"present": ["it is not right"]})
    check_password(new, person.email)
    person.password_hash = passwords.make_hash(new)
    revoke_sessions(session, person.id, reason="by_user", now=now, keep=actor.session_id)
    record_act(session, actor, "user.password_changed", subject=("user", person.id), now=now)


def lock_by_id(session: Session, person_id: UUID | None) -> User:
    """A person, held until the transaction ends. Raises NotFound."""
    person = session.get(User, person_id, with_for_update=True, populate_existing=True)
    if person is None:
        raise NotFound("there is no such person")
    return person


def _make(session: Session, profile: Profile, password: str, now: datetime) -> User:
    check_password(password, profile.email)
    return make_person(session, profile, passwords.make_hash(password), now)


def make_person(session: Session, profile: Profile, password_hash: str, now: datetime) -> User:
    """A new person. Raises Invalid, EmailTaken."""
    check_profile(profile)
    person = User(id=new_id(), password_hash=password_hash, created_at=now, failed_sign_ins=0, version=1)
    _take(person, profile)
    session.add(person)
    session.flush()
    return person


def _take(person: User, profile: Profile) -> None:
    for field, value in {**asdict(profile), "may_mark": list(profile.may_mark)}.items():
        setattr(person, field, value)
