"""Reading the audit trail, and checking that nobody bent it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, func, select
from sqlalchemy.orm import Session

from mathvidya.platform.actors import Actor
from mathvidya.platform.http.pages import Page, newest_first
from mathvidya.system import policy
from mathvidya.system.models import AuditLog, AuditSeal
from mathvidya.system.rules.seals import GENESIS, Digest

_CHUNK = 1000


@dataclass(frozen=True)
class AuditFilter:
    """What the trail is narrowed by; None leaves it wide."""

    actor_id: UUID | None = None
    action: str | None = None
    subject_type: str | None = None
    subject_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None

    def conditions(self) -> Sequence[ColumnElement[bool]]:
        """The filter as SQL."""
        equal = {
            AuditLog.actor_id: self.actor_id,
            AuditLog.action: self.action,
            AuditLog.subject_type: self.subject_type,
            AuditLog.subject_id: self.subject_id,
        }
        found: list[ColumnElement[bool]] = [
            column == wanted for column, wanted in equal.items() if wanted is not None
        ]
        if self.since is not None:
            found.append(AuditLog.at >= self.since)
        if self.until is not None:
            found.append(AuditLog.at < self.until)
        return found


def acts(
    session: Session, actor: Actor, narrowed: AuditFilter, *, limit: int, after: UUID | None
) -> Page[AuditLog]:
    """The audit trail for an admin, newest first. Raises Forbidden."""
    policy.must_be_admin(actor, "read the audit trail")
    rows = select(AuditLog).where(*narrowed.conditions())
    return newest_first(session, rows, AuditLog.id, limit=limit, after=after)


def count_acts(session: Session, actor_id: UUID, action: str, *, since: datetime) -> int:
    """How often somebody did this since a moment."""
    return session.execute(
        select(func.count()).where(
            AuditLog.actor_id == actor_id, AuditLog.action == action, AuditLog.at > since
        )
    ).scalar_one()


@dataclass(frozen=True)
class ChainFault:
    """A seal that no longer fits what it sealed."""

    position: int
    what: str


@dataclass(frozen=True)
class ChainReport:
    """What a check of the whole chain found.

    ``head`` is the last digest: noted in another place, it also shows an end that was cut off.
    """

    seals: int
    rows: int
    unsealed: int
    head: bytes
    faults: tuple[ChainFault, ...]
    sealed_at: datetime | None

    @property
    def ok(self) -> bool:
        """Whether every seal fits."""
        return not self.faults


def chain(session: Session, actor: Actor) -> ChainReport:
    """The check of the whole chain for an admin. Raises Forbidden."""
    policy.must_be_admin(actor, "check the audit trail")
    return verify_chain(session)


def verify_chain(session: Session) -> ChainReport:
    """Recompute every seal from the rows: finds each changed, missing or slipped-in row and seal."""
    faults: list[ChainFault] = []
    previous, start, seals, rows, sealed_at = GENESIS, 0, 0, 0, None
    for seal in session.scalars(select(AuditSeal).order_by(AuditSeal.position)):
        faults += (ChainFault(seal.position, what) for what in _faults(session, seal, previous, start))
        previous, start = seal.digest, seal.to_transaction
        seals, rows, sealed_at = seals + 1, rows + seal.rows, seal.sealed_at
    unsealed = session.execute(select(func.count()).where(AuditLog.transaction_id >= start)).scalar_one()
    return ChainReport(seals, rows, unsealed, previous, tuple(faults), sealed_at)


def rows_between(session: Session, start: int, end: int) -> Iterator[RowMapping]:
    """The rows of the transactions ``start`` to before ``end``, in the order in which they are sealed."""
    table = AuditLog.__table__
    batch = (
        select(table)
        .where(AuditLog.transaction_id >= start, AuditLog.transaction_id < end)
        .order_by(AuditLog.transaction_id, AuditLog.id)
    )
    yield from session.execute(batch, execution_options={"yield_per": _CHUNK}).mappings()


def _faults(session: Session, seal: AuditSeal, previous: bytes, start: int) -> Iterator[str]:
    if seal.previous_digest != previous or seal.from_transaction != start:
        yield "does not continue the seal before it: one has been taken out or replaced"
    digest = Digest(seal.previous_digest, seal.from_transaction, seal.to_transaction)
    digest.add(dict(row) for row in rows_between(session, seal.from_transaction, seal.to_transaction))
    if digest.rows != seal.rows:
        yield f"sealed {seal.rows} rows, but there are {digest.rows}"
    elif digest.value != seal.digest:
        yield "a row has been changed or replaced"
