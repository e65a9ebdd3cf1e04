"""Sealing the audit trail into a chain of hashes, in batches, so that no act waits for another."""

from datetime import datetime

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from mathvidya.system.models import AuditSeal
from mathvidya.system.queries.audit import rows_between
from mathvidya.system.rules.seals import GENESIS, Digest

_LOCK = 0x7365616C
"""Any constant: whoever seals holds this advisory lock, or leaves it to the one who does."""


def seal_audit(session: Session, *, now: datetime) -> AuditSeal | None:
    """Seal the rows of every transaction older than all running ones; None when there is nothing to seal.

    Rows become visible at commit, not in the order of their ids: only below the oldest running transaction
    can no row appear any more, so that a sealed range is closed for good.
    """
    if not session.scalar(text("SELECT pg_try_advisory_xact_lock(:lock)"), {"lock": _LOCK}):
        return None
    return seal_before(session, _oldest_running(session), now=now)


def seal_before(session: Session, end: int, *, now: datetime) -> AuditSeal | None:
    """Seal what the transactions before ``end`` wrote since the last seal; None when they wrote nothing."""
    last = session.scalars(select(AuditSeal).order_by(AuditSeal.position.desc()).limit(1)).one_or_none()
    previous, start = (last.digest, last.to_transaction) if last else (GENESIS, 0)
    digest = Digest(previous, start, end).add(dict(row) for row in rows_between(session, start, end))
    if digest.rows == 0:
        return None
    seal = AuditSeal(
        from_transaction=start,
        to_transaction=end,
        rows=digest.rows,
        previous_digest=previous,
        digest=digest.value,
        sealed_at=now,
    )
    session.add(seal)
    session.flush()
    return seal


def _oldest_running(session: Session) -> int:
    oldest: int = session.execute(
        text("SELECT (pg_snapshot_xmin(pg_current_snapshot())::text)::bigint")
    ).scalar_one()
    return oldest
