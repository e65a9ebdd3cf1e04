"""Ticks of the system slice."""

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert

from mathvidya.platform import clock, db
from mathvidya.platform.ticks import Tick
from mathvidya.system.queries.backlogs import BEAT
from mathvidya.system.service import seal_audit
from workflows.models import Heartbeat


def beat() -> None:
    """Note that beat asked and a worker answered."""
    with db.transaction() as session:
        now = func.clock_timestamp()
        session.execute(
            insert(Heartbeat)
            .values(name=BEAT, at=now)
            .on_conflict_do_update(index_elements=[Heartbeat.name], set_={"at": now})
        )


def seal() -> None:
    """Seal what the audit trail has gained."""
    with db.transaction() as session:
        seal_audit(session, now=clock.now())


TICKS = {
    "beat": Tick("system.beat", 2.0, beat),
    "audit-seal": Tick("system.seal_audit", 10.0, seal),
}
