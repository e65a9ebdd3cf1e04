"""Inviting people: an admin says who they are, they choose the password themselves."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from mathvidya.accounts import passwords, policy, rules
from mathvidya.accounts.errors import InvitationRefused
from mathvidya.accounts.models import Invitation, User
from mathvidya.accounts.service.people import lock_by_id, make_person
from mathvidya.platform.actors import Actor
from mathvidya.platform.errors import WrongState
from mathvidya.system.service import record_act

_ACT = "invite people"


@dataclass(frozen=True)
class Invited:
    """An invited person, and the token for them: shown this once, since only its hash is kept."""

    person: User
    token: str
    expires_at: datetime


def invite(session: Session, *, actor: Actor, profile: rules.Profile, now: datetime) -> Invited:
    """Make a person of any role whose password nobody knows, and a token by which they choose one.

    Raises Forbidden, Invalid, EmailTaken.
    """
    policy.must_be_admin(actor, _ACT)
    person = make_person(session, profile, passwords.unguessable(), now)
    return _issue(session, actor, person, now)


def invite_again(session: Session, *, actor: Actor, person_id: UUID, now: datetime) -> Invited:
    """A new token for somebody who has not come in yet; the one before is void.

    Raises Forbidden, NotFound, WrongState.
    """
    policy.must_be_admin(actor, _ACT)
    person = lock_by_id(session, person_id)
    sent = session.scalars(select(Invitation).where(Invitation.user_id == person.id)).all()
    if not sent or any(invitation.used_at is not None for invitation in sent):
        raise WrongState("this person has a password already: no invitation is open")
    session.execute(delete(Invitation).where(Invitation.user_id == person.id))
    return _issue(session, actor, person, now)


def redeem_invitation(
    session: Session, *, token: str, password: str, address: str | None, now: datetime
) -> User:
    """Choose the password of an invited person, once. Raises InvitationRefused, WeakPassword."""
    invitation = session.scalars(
        select(Invitation)
        .where(Invitation.token_hash == rules.token_hash(token))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if invitation is None or invitation.used_at is not None or now >= invitation.expires_at:
        raise InvitationRefused(
            "the invitation is not good: ask for a new one", {"token": ["it is not good"]}
        )
    person = lock_by_id(session, invitation.user_id)
    rules.check_password(password, person.email)
    person.password_hash, invitation.used_at = passwords.make_hash(password), now
    themself = Actor(id=person.id, role=person.role, address=address)
    record_act(session, themself, "user.invitation_redeemed", subject=("user", person.id), now=now)
    return person


def _issue(session: Session, actor: Actor, person: User, now: datetime) -> Invited:
    invited = Invited(person, rules.new_token(), now + rules.INVITATION_LIFETIME)
    session.add(
        Invitation(
            user_id=person.id,
            token_hash=rules.token_hash(invited.token),
            issued_at=now,
            expires_at=invited.expires_at,
        )
    )
    changes = {"role": person.role.value}
    record_act(session, actor, "user.invited", subject=("user", person.id), now=now, changes=changes)
    return invited
