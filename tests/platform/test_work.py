from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.platform import clock, db, work
from mathvidya.platform.models import IdempotencyKey
from mathvidya.platform.ticks import Tick
from tests.workflows.database import Seen, doing
from workflows import outbox, timers
from workflows.base import new_id
from workflows.models import OutboxMessage, Timer, TimerState
from workflows.outbox import NamedConsumer

MORE_THAN_A_BATCH = 120


def ticks(seen: Seen) -> dict[str, Tick]:
    return work.engine_ticks(
        {"thing.happened": (NamedConsumer("seen", seen.consume),)}, {"look": seen.handle}
    )


def record(session: Session) -> None:
    outbox.record(session, topic="thing.happened", payload={}, now=clock.now())


@pytest.mark.usefixtures("connection")
def test_a_relay_tick_works_until_nothing_is_left() -> None:
    doing(lambda session: [record(session) for _ in range(MORE_THAN_A_BATCH)])
    seen = Seen()
    ticks(seen)["relay"].run()
    assert len(seen.payloads) == MORE_THAN_A_BATCH


@pytest.mark.usefixtures("connection")
def test_a_fire_tick_fires_what_is_due_by_the_clock_of_the_house() -> None:
    subject = new_id()
    doing(
        lambda session: timers.schedule(
            session, subject_type="thing", subject_id=subject, kind="look", due_at=clock.now()
        )
    )
    ticks(Seen())["fire"].run()
    assert doing(lambda session: session.execute(select(Timer.state)).scalar_one()) == TimerState.FIRED


@pytest.mark.usefixtures("connection")
def test_a_tick_stops_at_its_time_box_and_leaves_the_rest_to_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    doing(lambda session: [record(session) for _ in range(MORE_THAN_A_BATCH)])
    monkeypatch.setattr(work, "_TIME_BOX_SECONDS", 0.0)
    seen = Seen()
    ticks(seen)["relay"].run()
    assert 0 < len(seen.payloads) < MORE_THAN_A_BATCH


@pytest.mark.usefixtures("connection")
def test_pruning_keeps_a_week() -> None:
    def done(session: Session, days_ago: float) -> None:
        then = clock.now() - timedelta(days=days_ago)
        message = outbox.record(session, topic="thing.happened", payload={}, now=then)
        session.flush()
        session.get_one(OutboxMessage, message).done_at = then

    doing(lambda session: [done(session, days_ago) for days_ago in (6.9, 7.1)])
    work.prune()
    assert len(doing(lambda session: session.execute(select(OutboxMessage)).all())) == 1


def react(*_: object) -> None: ...


def test_consumers_of_all_slices_are_told_under_the_name_of_their_place() -> None:
    merged = work.consumers_of(({"a": (react,)}, {"a": (doing,), "b": (react,)}))
    assert [consumer.name for consumer in merged["a"]] == [
        f"{__name__}.react",
        "tests.workflows.database.doing",
    ]
    assert [consumer.name for consumer in merged["b"]] == [f"{__name__}.react"]


def test_a_consumer_that_is_there_twice_for_one_topic_is_refused() -> None:
    with pytest.raises(ValueError, match=r"consumers of a: .*react is there twice"):
        work.consumers_of(({"a": (react,)}, {"a": (react,)}))


def test_two_handlers_for_one_kind_of_timer_are_refused() -> None:
    with pytest.raises(ValueError, match="look is there twice"):
        work.handlers_of(({"look": react}, {"look": react}))


@pytest.mark.usefixtures("connection")
def test_pruning_forgets_answers_after_a_day() -> None:
    now = clock.now()
    with db.transaction() as session:
        for age, key in ((timedelta(hours=23), "fresh"), (timedelta(hours=25), "old")):
            session.add(IdempotencyKey(actor_id=new_id(), key=key, request_sha256=b"", created_at=now - age))
    work.prune()
    with db.reading() as session:
        assert session.scalars(select(IdempotencyKey.key)).all() == ["fresh"]
