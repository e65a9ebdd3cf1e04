"""Leases: the right to work on a subject for a while, which comes back by itself when its holder is gone.

Each claim draws a higher *token*. Whoever writes shows the token; a holder whose lease has lapsed, and who
does not know it yet, is fenced off by it. Time is the database's clock, read when the row is locked, so that
two machines whose clocks differ cannot both believe that they hold the lease.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from workflows.models import Lease

_NOW = func.clock_timestamp()
"""Not ``now()``, which is when the transaction began: it may have waited for the row since."""


class LeaseError(Exception):
    """Base of what can go wrong with a lease."""


class Held(LeaseError):
    """Another one holds it, until a moment that is known unless it was given back meanwhile."""

    def __init__(self, holder_id: UUID | None, until: datetime) -> None:
        """Keep who holds it, so that a caller can say it in the words of its users."""
        super().__init__(f"held by {holder_id} until {until.isoformat()}")
        self.holder_id = holder_id
        self.until = until


class Lapsed(LeaseError):
    """The token is no longer good: the time is over, or a later claim drew a higher token."""

    def __init__(self, subject_id: UUID, token: int) -> None:
        """Name the subject and the token that was shown."""
        super().__init__(f"token {token} is no longer good for {subject_id}: claim it again")
        self.subject_id = subject_id
        self.token = token


class LapsedLease(NamedTuple):
    """A lease whose time is over and that nobody has taken up."""

    subject_id: UUID
    holder_id: UUID
    token: int


def claim(session: Session, *, subject_type: str, subject_id: UUID, holder_id: UUID, minutes: int) -> int:
    """Take the lease and return its token; Held when another one has it.

    A holder who claims again, from another device or after losing the token, gets a new token: the old one
    is fenced off.
    """
    until = _NOW + timedelta(minutes=minutes)
    statement = (
        insert(Lease)
        .values(
            subject_type=subject_type, subject_id=subject_id, holder_id=holder_id, token=1, expires_at=until
        )
        .on_conflict_do_update(
            index_elements=[Lease.subject_type, Lease.subject_id],
            set_={"holder_id": holder_id, "token": Lease.token + 1, "expires_at": until},
            where=or_(Lease.holder_id.is_(None), Lease.holder_id == holder_id, Lease.expires_at <= _NOW),
        )
        .returning(Lease.token)
    )
    token = session.execute(statement).scalar_one_or_none()
    if token is None:
        raise _held(session, subject_type, subject_id)
    return token


def _held(session: Session, subject_type: str, subject_id: UUID) -> Held:
    holder_id, until = session.execute(
        select(Lease.holder_id, Lease.expires_at).where(
            Lease.subject_type == subject_type, Lease.subject_id == subject_id
        )
    ).one()
    return Held(holder_id, until)


def check(session: Session, *, subject_type: str, subject_id: UUID, token: int) -> datetime:
    """Until when the token is good; Lapsed when it is not.

    The row stays locked until the transaction ends: nobody can take the lease over between this check and
    the commit of what it allows.
    """
    good = select(Lease.expires_at).where(*_good(subject_type, subject_id, token)).with_for_update()
    return _or_lapsed(session.execute(good).scalar_one_or_none(), subject_id, token)


def renew(session: Session, *, subject_type: str, subject_id: UUID, token: int, minutes: int) -> datetime:
    """Let the lease run ``minutes`` from now and return until when; Lapsed when the token is not good."""
    renewal = (
        update(Lease)
        .where(*_good(subject_type, subject_id, token))
        .values(expires_at=_NOW + timedelta(minutes=minutes))
        .returning(Lease.expires_at)
    )
    return _or_lapsed(session.execute(renewal).scalar_one_or_none(), subject_id, token)


def _good(subject_type: str, subject_id: UUID, token: int) -> tuple[ColumnElement[bool], ...]:
    return (*_drawn(subject_type, subject_id, token), Lease.expires_at > _NOW)


def _drawn(subject_type: str, subject_id: UUID, token: int) -> tuple[ColumnElement[bool], ...]:
    return (
        Lease.subject_type == subject_type,
        Lease.subject_id == subject_id,
        Lease.token == token,
        Lease.holder_id.is_not(None),
    )


def _or_lapsed(until: datetime | None, subject_id: UUID, token: int) -> datetime:
    if until is None:
        raise Lapsed(subject_id, token)
    return until


def release(session: Session, *, subject_type: str, subject_id: UUID, token: int) -> bool:
    """Give the lease back, lapsed or not; False when a later claim has it, which is left alone."""
    given_back = (
        update(Lease)
        .where(*_drawn(subject_type, subject_id, token))
        .values(holder_id=None, expires_at=_NOW)
        .returning(Lease.token)
    )
    return session.execute(given_back).first() is not None


def revoke(session: Session, *, subject_type: str, subject_id: UUID) -> None:
    """Take the lease from whoever holds it: their token is no longer good."""
    session.execute(
        update(Lease)
        .where(Lease.subject_type == subject_type, Lease.subject_id == subject_id)
        .values(holder_id=None, expires_at=_NOW)
    )


def lapsed(session: Session, *, subject_type: str, limit: int) -> Sequence[LapsedLease]:
    """Held leases whose time is over, longest ago first; nothing is locked.

    Lock the subject of each, then ``release`` by its token: False says that somebody was quicker.
    """
    over = (
        select(Lease.subject_id, Lease.holder_id, Lease.token)
        .where(Lease.holder_id.is_not(None), Lease.expires_at <= _NOW, Lease.subject_type == subject_type)
        .order_by(Lease.expires_at)
        .limit(limit)
    )
    return [
        LapsedLease(subject_id, holder_id, token)
        for subject_id, holder_id, token in session.execute(over)
        if holder_id is not None
    ]
