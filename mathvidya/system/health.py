"""How the parts are: the database, Redis, storage, and when beat last ticked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import redis
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from workflows.models import Heartbeat

BEAT = "beat"


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


def last_tick(session: Session) -> datetime | None:
    """When a tick of beat last came to its end, on the database's clock."""
    return session.execute(select(Heartbeat.at).where(Heartbeat.name == BEAT)).scalar_one_or_none()


def beat_health(session: Session, *, overdue_after_seconds: int) -> PartHealth:
    """Whether beat ticked lately; age is measured on the database's clock, which nobody moves."""
    ticked = last_tick(session)
    if ticked is None:
        return PartHealth(False, "has not ticked yet")
    now: datetime = session.execute(text("SELECT clock_timestamp()")).scalar_one()
    age = (now - ticked).total_seconds()
    return PartHealth(age <= overdue_after_seconds, f"ticked {age:.0f} s ago")


def gather(checks: Mapping[str, Callable[[], PartHealth]]) -> dict[str, PartHealth]:
    """Ask every part; one that fails is not ok and says why, and the others are asked all the same."""
    return {name: _ask(check) for name, check in checks.items()}


def _ask(check: Callable[[], PartHealth]) -> PartHealth:
    try:
        return check()
    except Exception as error:  # noqa: BLE001 - whatever a part dies of is its health
        return PartHealth(False, type(error).__name__)
