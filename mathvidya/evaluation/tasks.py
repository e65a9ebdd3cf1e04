"""Ticks of the evaluation slice."""

from mathvidya.evaluation.service.returning import return_lapsed
from mathvidya.platform import clock, db
from mathvidya.platform.ticks import Tick

_BATCH = 50


def return_lapsed_scripts() -> None:
    """Scripts whose teacher has gone come back; the next tick takes what is beyond a batch."""
    with db.transaction() as session:
        return_lapsed(session, now=clock.now(), limit=_BATCH)


TICKS = {"return-lapsed-scripts": Tick("evaluation.return_lapsed", 30.0, return_lapsed_scripts)}
