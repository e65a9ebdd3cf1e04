"""Taking from a person the right to be here, and giving it back."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from mathvidya.accounts import policy
from mathvidya.accounts.models import User
from mathvidya.accounts.service.people import lock_by_id
from mathvidya.accounts.service.sessions import revoke_sessions
from mathvidya.platform.actors import Actor
from mathvidya.platform.errors import Invalid, WrongState
from mathvidya.system.service import record_act


def lock_person(session: Session, *, actor: Actor, person_id: UUID, until: datetime, now: datetime) -> User:
    """Keep a person out until a moment, and end their sessions. Raises Forbidden, NotFound, Invalid."""
    policy.must_be_admin(actor, "lock people")
    policy.must_be_another(actor, person_id, "lock")
    if until <= now:
        raise Invalid("until: the moment has passed", {"until": ["choose a moment to come"]})
    person = lock_by_id(session, person_id)
    person.locked_until, person.version = until, person.version + 1
    revoke_sessions(session, person_id, reason="locked", now=now)
    changes = {"until": until.isoformat()}
    record_act(session, actor, "user.locked", subject=("user", person_id), now=now, changes=changes)
    return person


def unlock(session: Session, *, actor: Actor, person_id: UUID, now: datetime) -> User:
    """Let a locked person sign in at once. Raises Forbidden, NotFound, WrongState."""
    policy.must_be_admin(actor, "unlock people")
    person = lock_by_id(session, person_id)
    if person.locked_until is None:
        raise WrongState("this person is not locked")
    person.locked_until, person.failed_sign_ins, person.version = None, 0, person.version + 1
    record_act(session, actor, "user.unlocked", subject=("user", person_id), now=now)
    return person


def disable(session: Session, *, actor: Actor, person_id: UUID, now: datetime) -> User:
    """Keep a person out for good, and end their sessions. Raises Forbidden, NotFound, WrongState."""
    policy.must_be_admin(actor, "disable people")
    policy.must_be_another(actor, person_id, "disable")
    person = lock_by_id(session, person_id)
    if person.disabled_at is not None:
        raise WrongState("this person is disabled already")
    person.disabled_at, person.version = now, person.version + 1
    revoke_sessions(session, person_id, reason="by_admin", now=now)
    record_act(session, actor, "user.disabled", subject=("user", person_id), now=now)
    return person


def enable(session: Session, *, actor: Actor, person_id: UUID, now: datetime) -> User:
    """Let a disabled person in again. Raises Forbidden, NotFound, WrongState."""
    policy.must_be_admin(actor, "enable people")
    person = lock_by_id(session, person_id)
    if person.disabled_at is None:
        raise WrongState("this person is not disabled")
    person.disabled_at, person.version = None, person.version + 1
    record_act(session, actor, "user.enabled", subject=("user", person_id), now=now)
    return person
