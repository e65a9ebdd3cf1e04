from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import Connection, func, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from mathvidya.platform import db
from tests.workflows.database import NOON, SECOND, Boom, Seen, broken, doing
from workflows import timers
from workflows.base import new_id
from workflows.models import Heartbeat, Timer, TimerState
from workflows.retries import Backoff
from workflows.timers import Fired, Outcome, TimerHandler

pytestmark = pytest.mark.usefixtures("connection")

TWICE = Backoff(first=timedelta(minutes=1), longest=timedelta(minutes=1), attempts=2)


def ask(subject: UUID, due_at: datetime = NOON, kind: str = "look", generation: int = 1) -> None:
    doing(
        lambda session: timers.schedule(
            session,
            subject_type="thing",
            subject_id=subject,
            kind=kind,
            due_at=due_at,
            generation=generation,
        )
    )


def fire(handler: TimerHandler, at: datetime = NOON, batch: int = 10) -> Fired:
    return timers.fire_due(db.transaction, {"look": handler}, now=at, batch=batch, backoff=TWICE)


def states(subject: UUID) -> list[TimerState]:
    rows = select(Timer.state).where(Timer.subject_id == subject).order_by(Timer.generation, Timer.kind)
    return list(doing(lambda session: session.execute(rows).scalars().all()))


def only(subject: UUID) -> Timer:
    timer = doing(lambda session: session.execute(select(Timer).filter_by(subject_id=subject)).scalar_one())
    assert isinstance(timer, Timer)
    return timer


def test_a_timer_fires_when_it_is_due_and_not_before() -> None:
    ask(new_id())
    seen = Seen()
    assert fire(seen.handle, NOON - timedelta(microseconds=1)) == Fired((), more=False)
    assert fire(seen.handle, NOON) == Fired((Outcome.FIRED,), more=False)
    assert seen.generations == [1]


def test_a_fired_timer_never_fires_again() -> None:
    subject = new_id()
    ask(subject)
    seen = Seen()
    fire(seen.handle)
    fire(seen.handle, NOON + timedelta(days=1))
    assert seen.generations == [1]
    assert only(subject).fired_at == NOON


def test_asking_twice_for_one_generation_is_asking_once() -> None:
    subject = new_id()
    ask(subject, NOON)
    ask(subject, NOON + SECOND)
    assert only(subject).due_at == NOON


def test_the_earliest_due_fires_first_and_a_full_batch_says_that_there_may_be_more() -> None:
    late, early = new_id(), new_id()
    ask(late, NOON)
    ask(early, NOON - SECOND)
    assert fire(Seen().handle, batch=1) == Fired((Outcome.FIRED,), more=True)
    assert states(early) == [TimerState.FIRED]
    assert states(late) == [TimerState.PENDING]


def test_a_newer_generation_cancels_the_older_ones_that_are_pending() -> None:
    subject = new_id()
    ask(subject)
    ask(subject, kind="other")
    ask(subject, NOON + SECOND, generation=2)
    assert states(subject) == [TimerState.CANCELLED, TimerState.PENDING, TimerState.PENDING]


def test_an_older_generation_that_was_asked_for_late_is_cancelled_instead_of_fired() -> None:
    subject = new_id()
    ask(subject, NOON + SECOND, generation=2)
    ask(subject, NOON, generation=1)
    seen = Seen()
    assert fire(seen.handle).outcomes == (Outcome.CANCELLED,)
    assert seen.generations == []


def test_cancelling_takes_the_named_kinds_or_all() -> None:
    subject = new_id()
    for kind in ("a", "b", "c"):
        ask(subject, kind=kind)
    doing(lambda session: timers.cancel(session, subject_id=subject, kinds=["b"]))
    assert states(subject) == [TimerState.PENDING, TimerState.CANCELLED, TimerState.PENDING]
    doing(lambda session: timers.cancel(session, subject_id=subject))
    assert set(states(subject)) == {TimerState.CANCELLED}


def test_cancelling_leaves_what_has_fired_as_history() -> None:
    subject = new_id()
    ask(subject)
    fire(Seen().handle)
    doing(lambda session: timers.cancel(session, subject_id=subject))
    assert states(subject) == [TimerState.FIRED]


def test_a_handler_may_cancel_its_own_timer_which_counts_as_fired() -> None:
    subject = new_id()
    ask(subject)
    fire(lambda session, timer, _: timers.cancel(session, subject_id=timer.subject_id))
    assert states(subject) == [TimerState.FIRED]


def test_a_handler_that_raises_undoes_its_own_work_only() -> None:
    def writes_then_breaks(session: Session, _timer: Timer, _now: datetime) -> None:
        session.add(Heartbeat(name="half done"))
        session.flush()
        raise Boom

    subject = new_id()
    ask(subject)
    assert fire(writes_then_breaks).outcomes == (Outcome.FAILED,)
    assert doing(lambda session: session.get(Heartbeat, "half done")) is None
    assert only(subject).attempts == 1


def test_a_failed_timer_waits_its_back_off_and_keeps_the_moment_that_was_asked_for() -> None:
    subject = new_id()
    ask(subject)
    fire(broken)
    timer = only(subject)
    assert (timer.due_at, timer.available_at) == (NOON, NOON + timedelta(minutes=1))
    assert timer.last_error == "Boom: the part is away"
    seen = Seen()
    assert fire(seen.handle, NOON + timedelta(seconds=59)).outcomes == ()
    assert fire(seen.handle, NOON + timedelta(minutes=1)).outcomes == (Outcome.FIRED,)


def test_a_failing_timer_does_not_hold_up_the_others() -> None:
    ask(new_id(), kind="bad", due_at=NOON - SECOND)
    ask(new_id())
    seen = Seen()
    fired = timers.fire_due(db.transaction, {"bad": broken, "look": seen.handle}, now=NOON, batch=10)
    assert fired.outcomes == (Outcome.FAILED, Outcome.FIRED)


def test_a_timer_that_keeps_failing_is_set_aside_with_the_reason() -> None:
    subject = new_id()
    ask(subject)
    assert fire(broken).outcomes == (Outcome.FAILED,)
    later = NOON + timedelta(hours=1)
    assert fire(broken, later).outcomes == (Outcome.QUARANTINED,)
    assert fire(Seen().handle, later + timedelta(days=9)).outcomes == ()
    assert only(subject).last_error == "Boom: the part is away"


def test_a_kind_that_nobody_handles_is_set_aside_at_once() -> None:
    subject = new_id()
    ask(subject, kind="unheard of")
    assert fire(Seen().handle).outcomes == (Outcome.QUARANTINED,)
    assert only(subject).last_error == "nobody handles timers of kind 'unheard of'"


def test_a_row_cannot_say_that_it_fired_without_saying_when(session: Session) -> None:
    ask(new_id())
    with pytest.raises(IntegrityError, match="fired_iff_at"), session.begin_nested():
        session.execute(update(Timer).values(state=TimerState.FIRED))


def test_an_empty_poll_is_one_probe_of_the_partial_index(connection: Connection) -> None:
    connection.execute(text("SET LOCAL enable_seqscan = off"))
    compiled = timers._next_due(NOON).compile(connection)
    plan = connection.exec_driver_sql(f"EXPLAIN {compiled.string}", dict(compiled.params)).scalars().all()
    assert any("ix_timers_pending_available_at" in line for line in plan)
    assert not any("Sort" in line for line in plan)
    assert doing(lambda session: session.execute(select(func.count()).select_from(Timer)).scalar_one()) == 0
