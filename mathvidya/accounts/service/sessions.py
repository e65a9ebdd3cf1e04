"""Sessions: families of refresh tokens, each token good for one rotation."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlalchemy.orm import Session

from mathvidya.accounts import policy, rules
from mathvidya.accounts.errors import RefreshRefused
from mathvidya.accounts.models import RefreshToken, User, UserSession
from mathvidya.platform.actors import SYSTEM, Actor
from mathvidya.platform.errors import NotFound
from mathvidya.system.queries import setting
from mathvidya.system.service import record_act

_KEPT_AFTER_END = timedelta(days=30)
_FORGET_AT_ONCE = 500


@dataclass(frozen=True)
class Grant:
    """What signing in or refreshing gives: a person, their session, and its next refresh token."""

    person: User
    session: UserSession
    refresh_token: str
    refresh_ends: datetime

    def actor(self) -> Actor:
        """Who acts with it."""
        return Actor(id=self.person.id, role=self.person.role, session_id=self.session.id)


def issue(session: Session, person: User, family: UserSession, now: datetime) -> Grant:
    """The family's next refresh token; only its hash is kept."""
    token = rules.new_token()
    timeout = timedelta(minutes=setting(session, "session_timeout_minutes"))
    ends = rules.token_end(family.expires_at, rules.idle_limit(person.role, timeout), now)
    session.add(
        RefreshToken(session_id=family.id, token_hash=rules.token_hash(token), issued_at=now, expires_at=ends)
    )
    session.flush()
    return Grant(person, family, token, ends)


def refresh(session: Session, *, token: str, now: datetime) -> Grant | RefreshRefused:
    """Exchange a refresh token for the next one; a token that comes twice ends the whole family.

    Two requests with one token can be a thief and the owner, and nobody can tell which came first
    (RFC 9700, 4.14.2): one is answered, the family ends, and the owner signs in again. A refusal is returned,
    not raised, since raising would undo the ending.
    """
    held, family = _lock_family(session, token)
    if held is None or family is None:
        return RefreshRefused("this refresh token is not one of ours; sign in again")
    person = session.get_one(User, family.user_id)
    if family.revoked_at is not None or person.disabled_at is not None:
        return RefreshRefused("this session has been ended; sign in again")
    if held.used_at is not None:
        _revoke_reused(session, family, now)
        return RefreshRefused("this refresh token was used before: the session is ended; sign in again")
    if now >= held.expires_at:
        return RefreshRefused("this session is over; sign in again")
    held.used_at = family.last_used_at = now
    return issue(session, person, family, now)


def sign_out(session: Session, *, actor: Actor, now: datetime) -> None:
    """End the session that the actor is in; twice does no harm."""
    _revoke(session, _own(actor, actor.session_id), reason="signed_out", now=now)
    record_act(session, actor, "user.logout", subject=("user", str(actor.id)), now=now)


def revoke_session(session: Session, *, actor: Actor, session_id: UUID, now: datetime) -> None:
    """End one of the actor's own sessions. Raises NotFound for another's."""
    if not _revoke(session, _own(actor, session_id), reason="by_user", now=now):
        raise NotFound("you have no open session of that id")
    changes = {"session": str(session_id)}
    record_act(session, actor, "session.ended", subject=("user", str(actor.id)), now=now, changes=changes)


def revoke_own_sessions(session: Session, *, actor: Actor, now: datetime) -> None:
    """End all of the actor's sessions, this one too."""
    assert actor.id is not None  # noqa: S101 - a token always names a person
    revoke_sessions(session, actor.id, reason="by_user", now=now)
    record_act(session, actor, "session.all_ended", subject=("user", actor.id), now=now)


def end_sessions(session: Session, *, actor: Actor, person_id: UUID, now: datetime) -> None:
    """End all sessions of a person. Raises Forbidden, NotFound."""
    policy.must_be_admin(actor, "end other people's sessions")
    if session.get(User, person_id) is None:
        raise NotFound("there is no such person")
    revoke_sessions(session, person_id, reason="by_admin", now=now)
    record_act(session, actor, "session.all_ended", subject=("user", person_id), now=now)


def revoke_sessions(
    session: Session, person_id: UUID, *, reason: str, now: datetime, keep: UUID | None = None
) -> None:
    """End every open session of a person but ``keep``."""
    which = and_(UserSession.user_id == person_id, UserSession.id.is_distinct_from(keep))
    _revoke(session, which, reason=reason, now=now)


def forget_old_sessions(session: Session, *, now: datetime) -> int:
    """Delete sessions that ended a month ago, with their tokens; how many were deleted.

    While a family lives its used tokens are kept: they are how a stolen one is noticed.
    """
    old = session.scalars(
        select(UserSession.id)
        .where(UserSession.expires_at < now - _KEPT_AFTER_END)
        .limit(_FORGET_AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()
    session.execute(delete(RefreshToken).where(RefreshToken.session_id.in_(old)))
    session.execute(delete(UserSession).where(UserSession.id.in_(old)))
    return len(old)


def _lock_family(session: Session, token: str) -> tuple[RefreshToken | None, UserSession | None]:
    """The token and its family, whose lock makes rotations of one family come one after another."""
    known = session.execute(
        select(RefreshToken.id, RefreshToken.session_id).where(
            RefreshToken.token_hash == rules.token_hash(token)
        )
    ).one_or_none()
    if known is None:
        return None, None
    family = session.get(UserSession, known.session_id, with_for_update=True, populate_existing=True)
    return session.get(RefreshToken, known.id, populate_existing=True), family


def _revoke_reused(session: Session, family: UserSession, now: datetime) -> None:
    family.revoked_at, family.revoke_reason = now, "reuse"
    record_act(
        session,
        SYSTEM,
        "session.reuse_detected",
        subject=("user", family.user_id),
        now=now,
        changes={"session": str(family.id)},
    )


def _own(actor: Actor, session_id: UUID | None) -> ColumnElement[bool]:
    return and_(UserSession.id == session_id, UserSession.user_id == actor.id)


def _revoke(session: Session, which: ColumnElement[bool], *, reason: str, now: datetime) -> bool:
    """Whether there was an open session to end."""
    ended = session.execute(
        update(UserSession)
        .where(UserSession.revoked_at.is_(None), which)
        .values(revoked_at=now, revoke_reason=reason)
        .returning(UserSession.id)
    )
    return ended.first() is not None
