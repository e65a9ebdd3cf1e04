"""Ticks of the system slice."""

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert

from mathvidya.platform import db
from mathvidya.platform.ticks import Tick
from mathvidya.system.health import BEAT
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


TICKS = {"beat": Tick("system.beat", 2.0, beat)}
