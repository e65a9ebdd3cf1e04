from datetime import UTC, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from mathvidya.platform import db
from mathvidya.platform.actors import SYSTEM, Actor, Role
from mathvidya.platform.db import Database
from mathvidya.platform.errors import Forbidden
from mathvidya.system import queries, service
from mathvidya.system.models import AuditLog, AuditSeal
from mathvidya.system.queries import AuditFilter
from mathvidya.system.rules.seals import GENESIS, Digest, canonical
from mathvidya.system.service.seals import seal_before
from tests.factories import MONDAY_TEN, actor_of, make_admin, make_student
from workflows.base import new_id

SOMEBODY = Actor(id=new_id(), role=Role.TEACHER, session_id=new_id(), address="203.0.113.7")


def note(session: Session, transaction: int, action: str = "score.updated", **values: Any) -> UUID:
    """One act of a transaction that was over long ago."""
    line = AuditLog(
        **{
            "id": new_id(),
            "transaction_id": transaction,
            "at": MONDAY_TEN,
            "actor_id": SOMEBODY.id,
            "actor_role": "teacher",
            "action": action,
            "subject_type": "evaluation",
            "subject_id": "1",
            "changes": {"marks": {"was": "2.5", "is": "3"}, "note": "é"},
            **values,
        }
    )
    session.add(line)
    session.flush()
    return line.id


def seal(session: Session) -> AuditSeal | None:
    return service.seal_audit(session, now=MONDAY_TEN)


def tamper(session: Session, statement: str) -> None:
    """What only somebody who owns the server can do: past the triggers that refuse everybody else."""
    for table in ("audit_logs", "audit_seals"):
        session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
    session.execute(text(statement))


def whats(session: Session) -> list[tuple[int, str]]:
    first = session.scalar(select(AuditSeal.position).order_by(AuditSeal.position).limit(1)) or 0
    return [(fault.position - first, fault.what) for fault in queries.verify_chain(session).faults]


@pytest.fixture
def sealed(session: Session) -> list[UUID]:
    """Three seals over five rows."""
    rows = [note(session, 10), note(session, 10), note(session, 12)]
    seal_before(session, 20, now=MONDAY_TEN)
    rows += [note(session, 21)]
    seal_before(session, 30, now=MONDAY_TEN)
    rows += [note(session, 31)]
    assert seal(session)
    return rows


def test_an_act_is_noted_with_who_what_and_from_where(session: Session) -> None:
    subject = new_id()
    service.record_act(session, SOMEBODY, "score.updated", subject=("evaluation", subject), now=MONDAY_TEN)
    session.flush()
    line = session.scalars(select(AuditLog)).one()
    assert (line.actor_id, line.actor_role, line.session_id) == (SOMEBODY.id, "teacher", SOMEBODY.session_id)
    assert str(line.address) == "203.0.113.7"
    assert (line.subject_type, line.subject_id, line.changes) == ("evaluation", str(subject), {})


@pytest.mark.parametrize("statement", ["UPDATE audit_logs SET action = 'x'", "DELETE FROM audit_logs"])
def test_the_database_refuses_to_change_the_trail(session: Session, statement: str) -> None:
    note(session, 10)
    with pytest.raises(IntegrityError, match="append only"), session.begin_nested():
        session.execute(text(statement))


def test_an_untouched_chain_fits(session: Session, sealed: list[UUID]) -> None:
    report = queries.verify_chain(session)
    assert report.ok
    assert (report.seals, report.rows, report.unsealed) == (3, 5, 0)


def test_nothing_to_seal_makes_no_seal(session: Session, sealed: list[UUID]) -> None:
    assert seal(session) is None


def test_a_row_of_a_running_transaction_waits_for_the_next_seal(session: Session, sealed: list[UUID]) -> None:
    service.record_act(session, SYSTEM, "sla.breached", subject=("exam", "1"), now=MONDAY_TEN)
    session.flush()
    assert seal(session) is None
    assert queries.verify_chain(session).unsealed == 1


def test_a_changed_row_is_found(session: Session, sealed: list[UUID]) -> None:
    tamper(session, f"UPDATE audit_logs SET changes = '{{}}' WHERE id = '{sealed[1]}'")
    assert whats(session) == [(0, "a row has been changed or replaced")]


def test_a_removed_row_is_found(session: Session, sealed: list[UUID]) -> None:
    tamper(session, f"DELETE FROM audit_logs WHERE id = '{sealed[3]}'")
    assert whats(session) == [(1, "sealed 1 rows, but there are 0")]


def test_a_row_slipped_in_is_found_even_where_there_was_none(session: Session, sealed: list[UUID]) -> None:
    note(session, 11)
    note(session, 25)
    assert whats(session) == [(0, "sealed 3 rows, but there are 4"), (1, "sealed 1 rows, but there are 2")]


def test_a_seal_taken_out_is_found_by_the_next(session: Session, sealed: list[UUID]) -> None:
    tamper(session, "DELETE FROM audit_seals WHERE to_transaction = 30")
    tamper(session, f"DELETE FROM audit_logs WHERE id = '{sealed[3]}'")
    ((_, what),) = whats(session)
    assert what.startswith("does not continue the seal before it")


def test_a_last_seal_replaced_by_one_that_begins_later_is_found(session: Session, sealed: list[UUID]) -> None:
    before = _digest_before(session, session.scalars(select(AuditSeal.to_transaction)).all()[-1])
    tamper(session, "DELETE FROM audit_seals WHERE from_transaction = 30")
    tamper(session, f"DELETE FROM audit_logs WHERE id = '{sealed[4]}'")
    forged = Digest(before, 35, 40)
    session.add(
        AuditSeal(
            from_transaction=35,
            to_transaction=40,
            rows=0,
            previous_digest=before,
            digest=forged.value,
            sealed_at=MONDAY_TEN,
        )
    )
    session.flush()
    ((_, what),) = whats(session)
    assert what.startswith("does not continue the seal before it")


def test_a_seal_made_to_fit_a_changed_row_no_longer_fits_the_next(
    session: Session, sealed: list[UUID]
) -> None:
    tamper(session, f"UPDATE audit_logs SET action = 'x' WHERE id = '{sealed[3]}'")
    forged = Digest(_digest_before(session, 30), 20, 30).add(
        dict(row) for row in queries.audit.rows_between(session, 20, 30)
    )
    tamper(session, f"UPDATE audit_seals SET digest = '\\x{forged.value.hex()}' WHERE to_transaction = 30")
    assert [position for position, _ in whats(session)] == [2]


def _digest_before(session: Session, end: int) -> bytes:
    return session.scalars(select(AuditSeal.previous_digest).where(AuditSeal.to_transaction == end)).one()


def test_a_cut_end_shows_in_the_head(session: Session, sealed: list[UUID]) -> None:
    head = queries.verify_chain(session).head
    tamper(session, "DELETE FROM audit_seals WHERE from_transaction = 30")
    report = queries.verify_chain(session)
    assert report.ok
    assert report.head != head


def test_an_empty_trail_has_an_empty_chain(session: Session) -> None:
    report = queries.verify_chain(session)
    assert (report.ok, report.seals, report.rows, report.head) == (True, 0, 0, GENESIS)


def test_the_next_seal_waits_while_another_process_seals(committed_database: Database) -> None:
    with db.transaction() as first:
        note(first, 10)
    with db.transaction() as first:
        assert seal(first) is not None
        with db.transaction() as second:
            assert seal(second) is None


def test_canonical_rows_do_not_hang_on_the_order_of_keys_or_the_zone_of_the_reader() -> None:
    elsewhere = MONDAY_TEN.astimezone(ZoneInfo("Asia/Kolkata"))
    assert canonical({"a": 1, "at": MONDAY_TEN}) == canonical({"at": elsewhere, "a": 1})
    assert b"2026-01-05T04:30:00+00:00" in canonical({"at": elsewhere})


@given(rows=st.lists(st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=2), max_size=4))
def test_a_digest_hangs_on_every_row_and_on_their_order(rows: list[dict[str, str]]) -> None:
    whole = Digest(GENESIS, 0, 9).add(rows)
    assert Digest(GENESIS, 0, 9).add(rows).value == whole.value
    assert Digest(GENESIS, 0, 9).add([*rows, {}]).value != whole.value
    assert Digest(GENESIS, 1, 9).add(rows).value != whole.value
    if rows != rows[::-1]:
        assert Digest(GENESIS, 0, 9).add(rows[::-1]).value != whole.value


def test_the_trail_is_narrowed_by_actor_act_subject_and_time(session: Session) -> None:
    admin = actor_of(make_admin(session))
    other = new_id()
    wanted = note(session, 10, action="score.updated", subject_id="7")
    note(session, 10, actor_id=other, subject_id="7")
    late = note(session, 11, at=datetime(2026, 2, 1, tzinfo=UTC), subject_id="7")

    def found(**narrowed: Any) -> set[UUID]:
        page = queries.acts(session, admin, AuditFilter(**narrowed), limit=20, after=None)
        return {line.id for line in page.items}

    assert found(actor_id=SOMEBODY.id, subject_type="evaluation", subject_id="7") == {wanted, late}
    assert found(actor_id=SOMEBODY.id, until=datetime(2026, 2, 1, tzinfo=UTC)) == {wanted}
    assert found(since=datetime(2026, 2, 1, tzinfo=UTC)) == {late}
    assert found(action="exam.started") == set()


def test_only_admins_read_the_trail(session: Session) -> None:
    with pytest.raises(Forbidden):
        queries.acts(session, actor_of(make_student(session)), AuditFilter(), limit=20, after=None)


def test_an_admin_reads_whether_the_chain_holds_and_since_when(session: Session, sealed: list[UUID]) -> None:
    admin = actor_of(make_admin(session))
    report = queries.chain(session, admin)
    assert (report.ok, report.sealed_at) == (True, MONDAY_TEN)
    tamper(session, f"DELETE FROM audit_logs WHERE id = '{sealed[0]}'")
    assert not queries.chain(session, admin).ok
    with pytest.raises(Forbidden):
        queries.chain(session, actor_of(make_student(session)))
