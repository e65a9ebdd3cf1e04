"""What Prometheus reads: how the engine stands, asked of the database at each scrape.

Nothing is counted in memory: the processes are many and come and go, while what waits stands in the
database, where any one of them can count it for all.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import inf

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy.orm import Session

from mathvidya.system.queries.backlogs import (
    Backlog,
    OpenClocks,
    beat_age,
    open_clocks,
    outbox_backlog,
    timers_backlog,
)
from mathvidya.system.queries.calendars import holiday_horizon


@dataclass(frozen=True)
class EngineReading:
    """One look at the engine. ``beat_age_seconds`` is infinite before the first tick, so that alarms ring."""

    beat_age_seconds: float
    outbox: Backlog
    timers: Backlog
    clocks: OpenClocks
    holidays_known_days: int


def read_engine(session: Session, *, now: datetime) -> EngineReading:
    """Look at the engine as it stands at ``now``."""
    age = beat_age(session)
    return EngineReading(
        beat_age_seconds=inf if age is None else age.total_seconds(),
        outbox=outbox_backlog(session),
        timers=timers_backlog(session, now=now),
        clocks=open_clocks(session, now=now),
        holidays_known_days=holiday_horizon(session, now=now).days_ahead,
    )


def exposition(reading: EngineReading) -> bytes:
    """The reading in Prometheus' text format, by a registry of its own: no process figures slip in."""
    registry = CollectorRegistry()
    registry.register(_Reading(reading))
    return generate_latest(registry)


class _Reading(Collector):
    """A reading in the form that a registry asks for."""

    def __init__(self, reading: EngineReading) -> None:
        self._reading = reading

    def collect(self) -> Iterable[Metric]:
        """Every family with its samples."""
        return _families(self._reading)


def _families(reading: EngineReading) -> Iterator[Metric]:
    clocks = reading.clocks
    yield GaugeMetricFamily("mathvidya_beat_age_seconds", "Since beat last ticked.", reading.beat_age_seconds)
    yield _by_state(
        "mathvidya_outbox_messages", "Messages that nobody has dealt with.", _backlog(reading.outbox)
    )
    yield _by_state("mathvidya_timers", "Timers that are past due.", _backlog(reading.timers))
    yield _by_state(
        "mathvidya_sla_clocks", "Open SLA clocks.", {"running": clocks.running, "paused": clocks.paused}
    )
    yield GaugeMetricFamily(
        "mathvidya_sla_clocks_overdue", "Running SLA clocks that are past due.", clocks.overdue
    )
    yield GaugeMetricFamily(
        "mathvidya_holidays_known_days", "How far ahead holidays are confirmed.", reading.holidays_known_days
    )


def _backlog(backlog: Backlog) -> Mapping[str, int]:
    return {"waiting": backlog.waiting, "quarantined": backlog.quarantined}


def _by_state(name: str, meaning: str, values: Mapping[str, int]) -> Metric:
    family = GaugeMetricFamily(name, meaning, labels=["state"])
    for state, value in values.items():
        family.add_metric([state], value)
    return family
