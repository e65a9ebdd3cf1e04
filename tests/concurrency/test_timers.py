from collections import Counter
from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.platform import db
from tests.concurrency.racing import race
from tests.workflows.database import NOON
from workflows import timers
from workflows.base import new_id
from workflows.models import Heartbeat, Timer, TimerState
from workflows.timers import Outcome

pytestmark = pytest.mark.usefixtures("committed_database")

TIMERS = 500
THREADS = 8


def ask(session: Session, subject: UUID, generation: int = 1) -> None:
    timers.schedule(
        session, subject_type="thing", subject_id=subject, kind="look", due_at=NOON, generation=generation
    )


def leave_a_mark(session: Session, timer: Timer, _now: datetime) -> None:
    session.add(Heartbeat(name=str(timer.subject_id)))  # a second firing would violate the primary key


def fire_until_nothing_is_left(_thread: int) -> Counter[Outcome]:
    outcomes: Counter[Outcome] = Counter()
    while True:
        fired = timers.fire_due(db.transaction, {"look": leave_a_mark}, now=NOON, batch=20)
        outcomes.update(fired.outcomes)
        if not fired.more:
            return outcomes


def test_threads_fire_each_due_timer_exactly_once() -> None:
    with db.transaction() as session:
        for _ in range(TIMERS):
            ask(session, new_id())
    outcomes = sum(race(THREADS, fire_until_nothing_is_left), Counter())
    assert outcomes == {Outcome.FIRED: TIMERS}
    with db.reading() as session:
        assert len(session.execute(select(Heartbeat)).all()) == TIMERS


def test_a_verb_that_holds_the_subject_never_waits_for_a_timer_that_is_being_fired() -> None:
    subject = new_id()
    with db.transaction() as session:
        ask(session, subject)

    def verb_arrives_meanwhile(_session: Session, _timer: Timer, _now: datetime) -> None:
        with db.transaction() as another:
            ask(another, subject, generation=2)
            timers.cancel(another, subject_id=subject, kinds=["other"])

    fired = timers.fire_due(db.transaction, {"look": verb_arrives_meanwhile}, now=NOON, batch=1)
    assert fired.outcomes == (Outcome.FIRED,)
    with db.reading() as session:
        states = session.execute(select(Timer.state).order_by(Timer.generation)).scalars().all()
    assert states == [TimerState.FIRED, TimerState.PENDING]
