"""How the parts are: the database, Redis, beat, what waits to be done, and how far the holidays reach."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import redis
from sqlalchemy import text
from sqlalchemy.orm import Session

from mathvidya.platform import storage
from mathvidya.system.queries import holiday_horizon
from mathvidya.system.queries.backlogs import Backlog, beat_age, outbox_backlog, timers_backlog


@dataclass(frozen=True)
class PartHealth:
    """One part: whether it does its work, and what it says of itself."""

    ok: bool
    detail: str


def database_health(session: Session) -> PartHealth:
    """Whether PostgreSQL answers, and at which schema revision it stands."""
    revision = session.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    return PartHealth(True, f"schema {revision}")


def redis_health(url: str) -> PartHealth:
    """Whether the broker answers."""
    with redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2) as client:
        client.ping()
    return PartHealth(True, "answers")


def storage_health() -> PartHealth:
    """Whether object storage does its work."""
    return PartHealth(True, storage.current().probe())


def beat_health(session: Session, *, overdue_after_seconds: int) -> PartHealth:
    """Whether beat ticked lately."""
    age = beat_age(session)
    if age is None:
        return PartHealth(False, "has not ticked yet")
    seconds = age.total_seconds()
    return PartHealth(seconds <= overdue_after_seconds, f"ticked {seconds:.0f} s ago")


def outbox_health(session: Session) -> PartHealth:
    """How many messages wait, and how many were given up: for a person to see, not a reason to stop."""
    return _told(outbox_backlog(session))


def timers_health(session: Session, *, now: datetime) -> PartHealth:
    """How many timers are past due, and how many were given up."""
    return _told(timers_backlog(session, now=now))


def _told(backlog: Backlog) -> PartHealth:
    return PartHealth(True, f"{backlog.waiting} waiting, {backlog.quarantined} in quarantine")


def calendar_health(session: Session, *, now: datetime) -> PartHealth:
    """How far ahead the holidays are known: an alarm for the admins, while the service goes on."""
    horizon = holiday_horizon(session, now=now)
    known = f"holidays known until {horizon.last}, {horizon.days_ahead} days ahead"
    return PartHealth(True, f"{known}: enter the next year's" if horizon.is_short else known)


def gather(checks: Mapping[str, Callable[[], PartHealth]]) -> dict[str, PartHealth]:
    """Ask every part; one that fails is not ok and says why, and the others are asked all the same."""
    return {name: _ask(check) for name, check in checks.items()}


def _ask(check: Callable[[], PartHealth]) -> PartHealth:
    try:
        return check()
    except Exception as error:  # noqa: BLE001 - whatever a part dies of is its health
        return PartHealth(False, type(error).__name__)
