from collections import Counter
from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.platform import db
from tests.concurrency.racing import race
from tests.workflows.database import NOON
from workflows import outbox
from workflows.base import JsonObject
from workflows.models import Heartbeat, OutboxMessage, OutboxReceipt
from workflows.outbox import NamedConsumer, Outcome

pytestmark = pytest.mark.usefixtures("committed_database")

MESSAGES = 300
THREADS = 8


def leave_a_mark(session: Session, payload: JsonObject, _now: datetime) -> None:
    session.add(Heartbeat(name=str(payload["number"])))  # a second telling would violate the primary key


CONSUMERS = {"thing.happened": (NamedConsumer("marks", leave_a_mark),)}


def relay_until_nothing_is_left(_thread: int) -> Counter[Outcome]:
    outcomes: Counter[Outcome] = Counter()
    while True:
        relayed = outbox.relay(db.transaction, CONSUMERS, now=NOON, batch=20)
        outcomes.update(relayed.outcomes)
        if not relayed.more:
            return outcomes


def test_threads_bring_about_the_effect_of_each_message_exactly_once() -> None:
    with db.transaction() as session:
        for number in range(MESSAGES):
            outbox.record(session, topic="thing.happened", payload={"number": number}, now=NOON)
    outcomes = sum(race(THREADS, relay_until_nothing_is_left), Counter())
    assert outcomes == {Outcome.DONE: MESSAGES}
    with db.reading() as session:
        assert len(session.execute(select(Heartbeat)).all()) == MESSAGES
        assert len(session.execute(select(OutboxReceipt)).all()) == MESSAGES
        assert not session.execute(select(OutboxMessage).where(OutboxMessage.done_at.is_(None))).all()
