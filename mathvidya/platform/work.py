"""The ticks that move the engine: tell recorded facts, fire due timers, prune what is done.

Any number of workers may run them at once and beat may ask too often: rows are claimed, never shared. A tick
works through what there is until nothing is left or its time box is over; the next one goes on from there.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from time import monotonic
from typing import Protocol

from sqlalchemy import delete

from mathvidya.platform import clock, db
from mathvidya.platform.events import Consumer, TimerHandler
from mathvidya.platform.models import IdempotencyKey
from mathvidya.platform.ticks import Tick
from workflows import outbox, timers
from workflows.outbox import Consumers, NamedConsumer

_BATCH = 50
_TIME_BOX_SECONDS = 20.0
"""Well below the worker's soft time limit, so that a busy hour never looks like a hanging task."""

_KEEP_DONE = timedelta(days=7)
"""Long enough to look into last week's complaint; what must last longer is in the audit trail."""

_KEEP_ANSWERS = timedelta(days=1)
"""A phone that was offline overnight may still repeat its request; the next day it is a new one."""

_PRUNE_EVERY_SECONDS = 3600.0
"""Not once a day: beat counts an interval anew at each restart, and a daily one might never be reached."""


class _Progress(Protocol):
    """What a batch came to, as far as the loop cares."""

    @property
    def more(self) -> bool: ...


def engine_ticks(consumers: Consumers, handlers: Mapping[str, TimerHandler]) -> dict[str, Tick]:
    """Relaying and firing every second, pruning every hour."""

    def relay() -> None:
        _work_through(lambda now: outbox.relay(db.transaction, consumers, now=now, batch=_BATCH))

    def fire() -> None:
        _work_through(lambda now: timers.fire_due(db.transaction, handlers, now=now, batch=_BATCH))

    return {
        "relay": Tick("platform.relay", 1.0, relay),
        "fire": Tick("platform.fire", 1.0, fire),
        "prune": Tick("platform.prune", _PRUNE_EVERY_SECONDS, prune),
    }


def prune() -> None:
    """Delete messages that have been done for a week, and answers nobody will ask for again."""
    now = clock.now()
    outbox.prune(db.transaction, before=now - _KEEP_DONE, batch=1000)
    with db.transaction() as session:
        session.execute(delete(IdempotencyKey).where(IdempotencyKey.created_at < now - _KEEP_ANSWERS))


def consumers_of(slices: Iterable[Mapping[str, Sequence[Consumer]]]) -> Consumers:
    """Who is told, by topic, over all slices; a consumer's name is where it is defined.

    Raises ValueError when a topic names a consumer twice: its receipts would be one.
    """
    by_topic: dict[str, list[NamedConsumer]] = {}
    for consumers in slices:
        for topic, named in consumers.items():
            by_topic.setdefault(topic, []).extend(map(_named, named))
    for topic, told in by_topic.items():
        _refuse_repeats(f"consumers of {topic}", [consumer.name for consumer in told])
    return by_topic


def handlers_of(slices: Iterable[Mapping[str, TimerHandler]]) -> dict[str, TimerHandler]:
    """Who looks when a timer of a kind is due, over all slices; ValueError when two claim one kind."""
    every = [item for handlers in slices for item in handlers.items()]
    _refuse_repeats("handlers of timers", [kind for kind, _ in every])
    return dict(every)


def _named(consumer: Consumer) -> NamedConsumer:
    return NamedConsumer(f"{consumer.__module__}.{consumer.__qualname__}", consumer)


def _refuse_repeats(what: str, names: Sequence[str]) -> None:
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise ValueError(f"{what}: {', '.join(repeated)} is there twice")


def _work_through(work: Callable[[datetime], _Progress]) -> None:
    ends = monotonic() + _TIME_BOX_SECONDS
    while work(clock.now()).more and monotonic() < ends:
        pass
