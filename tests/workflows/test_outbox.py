from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import Connection, select, text
from sqlalchemy.orm import Session

from mathvidya.platform import db
from tests.workflows.database import NOON, SECOND, Boom, Seen, broken, doing
from workflows import outbox
from workflows.base import JsonObject
from workflows.models import Heartbeat, OutboxMessage, OutboxReceipt
from workflows.outbox import Consumer, NamedConsumer, Outcome, Relayed
from workflows.retries import Backoff

pytestmark = pytest.mark.usefixtures("connection")

TWICE = Backoff(first=timedelta(minutes=1), longest=timedelta(minutes=1), attempts=2)


def tell(number: int = 1, topic: str = "thing.happened", now: datetime = NOON) -> UUID:
    message: UUID = doing(
        lambda session: outbox.record(session, topic=topic, payload={"number": number}, now=now)
    )
    return message


def relay(*consumers: Consumer, at: datetime = NOON, batch: int = 10) -> Relayed:
    named = [NamedConsumer(f"consumer {place}", consumer) for place, consumer in enumerate(consumers)]
    return outbox.relay(db.transaction, {"thing.happened": named}, now=at, batch=batch, backoff=TWICE)


def row(message_id: UUID) -> OutboxMessage:
    message = doing(lambda session: session.get(OutboxMessage, message_id))
    assert isinstance(message, OutboxMessage)
    return message


def receipts(message_id: UUID) -> set[str]:
    rows = select(OutboxReceipt.consumer).where(OutboxReceipt.message_id == message_id)
    return set(doing(lambda session: session.execute(rows).scalars().all()))


def writes(session: Session, payload: JsonObject, _now: datetime) -> None:
    session.add(Heartbeat(name=f"effect {payload['number']}"))
    session.flush()


def test_a_fact_is_told_once_to_each_consumer() -> None:
    message = tell()
    first, second = Seen(), Seen()
    assert relay(first.consume, second.consume) == Relayed((Outcome.DONE,), more=False)
    assert relay(first.consume, second.consume).outcomes == ()
    assert first.payloads == second.payloads == [{"number": 1}]
    assert row(message).done_at == NOON


def test_a_fact_of_a_transaction_that_was_undone_is_never_told() -> None:
    def change_its_mind(session: Session) -> None:
        outbox.record(session, topic="thing.happened", payload={}, now=NOON)
        session.flush()
        raise Boom

    with pytest.raises(Boom):
        doing(change_its_mind)
    assert relay(Seen().consume).outcomes == ()


def test_facts_are_told_in_the_order_in_which_they_were_recorded() -> None:
    for number in range(5):
        tell(number)
    seen = Seen()
    assert relay(seen.consume, batch=3).more
    relay(seen.consume)
    assert [payload["number"] for payload in seen.payloads] == [0, 1, 2, 3, 4]


def test_a_fact_that_nobody_reacts_to_is_done_at_once() -> None:
    message = tell(topic="nobody.cares")
    assert relay().outcomes == (Outcome.DONE,)
    assert row(message).done_at == NOON


def test_a_consumer_that_raises_undoes_its_own_work_and_not_that_of_the_others() -> None:
    def writes_then_breaks(session: Session, payload: JsonObject, now: datetime) -> None:
        writes(session, {"number": "broken"}, now)
        raise Boom

    message = tell()
    assert relay(writes_then_breaks, writes).outcomes == (Outcome.FAILED,)
    assert doing(lambda session: session.get(Heartbeat, "effect broken")) is None
    assert doing(lambda session: session.get(Heartbeat, "effect 1")) is not None
    assert receipts(message) == {"consumer 1"}


def test_only_the_consumer_that_failed_is_told_again() -> None:
    tell()
    seen, later = Seen(), NOON + timedelta(minutes=1)
    relay(broken, seen.consume)
    assert relay(broken, seen.consume, at=later - SECOND).outcomes == ()
    mended = Seen()
    assert relay(mended.consume, seen.consume, at=later).outcomes == (Outcome.DONE,)
    assert len(seen.payloads) == len(mended.payloads) == 1


def test_a_failing_message_does_not_hold_up_the_others() -> None:
    def refuses_the_first(_session: Session, payload: JsonObject, _now: datetime) -> None:
        if payload["number"] == 1:
            raise Boom

    tell(1)
    tell(2)
    assert relay(refuses_the_first).outcomes == (Outcome.FAILED, Outcome.DONE)


def test_a_message_that_keeps_failing_is_set_aside_with_the_reason() -> None:
    message = tell()
    relay(broken)
    assert relay(broken, at=NOON + timedelta(hours=1)).outcomes == (Outcome.QUARANTINED,)
    assert relay(Seen().consume, at=NOON + timedelta(days=9)).outcomes == ()
    assert row(message).last_error == "Boom: the part is away"
    assert row(message).done_at is None


def test_pruning_takes_old_done_messages_with_their_receipts_and_nothing_else() -> None:
    for number in range(5):
        tell(number)
    relay(Seen().consume, batch=5)
    recent = tell(6, now=NOON + timedelta(days=5))
    relay(Seen().consume, at=NOON + timedelta(days=5))
    still_open = tell(7)
    assert outbox.prune(db.transaction, before=NOON + SECOND, batch=2) == 5
    left = doing(lambda session: session.execute(select(OutboxMessage.id)).scalars().all())
    assert set(left) == {recent, still_open}
    assert receipts(recent) == {"consumer 0"}


def test_pruning_keeps_what_a_person_must_look_at() -> None:
    message = tell()
    relay(broken)
    relay(broken, at=NOON + timedelta(hours=1))
    assert outbox.prune(db.transaction, before=NOON + timedelta(days=99), batch=10) == 0
    assert row(message).quarantined_at is not None


def test_an_empty_poll_is_one_probe_of_the_partial_index(connection: Connection) -> None:
    connection.execute(text("SET LOCAL enable_seqscan = off"))
    compiled = outbox._next_open(NOON).compile(connection)
    plan = connection.exec_driver_sql(f"EXPLAIN {compiled.string}", dict(compiled.params)).scalars().all()
    assert any("ix_outbox_messages_open" in line for line in plan)
    assert not any("Sort" in line for line in plan)
