"""Ticks of the accounts slice."""

from mathvidya.accounts.service import forget_old_sessions
from mathvidya.platform import clock, db
from mathvidya.platform.ticks import Tick


def forget() -> None:
    """Delete sessions that ended long ago."""
    with db.transaction() as session:
        forget_old_sessions(session, now=clock.now())


TICKS = {"forget-sessions": Tick("accounts.forget_sessions", 3600.0, forget)}
