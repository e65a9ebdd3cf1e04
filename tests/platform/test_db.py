from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Session

from mathvidya.platform import db
from mathvidya.platform.db import Database
from mathvidya.platform.errors import Duplicate, Invalid
from tests.factories import make_parent


def test_a_session_outside_of_a_transaction_refuses_to_work(connection: Connection) -> None:
    with Database(connection).sessions() as session, pytest.raises(InvalidRequestError):
        session.execute(text("SELECT 1"))


def test_a_violated_constraint_leaves_a_transaction_as_a_problem(connection: Connection) -> None:
    with pytest.raises(Duplicate):
        _make_the_same_parent_twice()


def test_a_refused_transaction_changes_nothing(connection: Connection) -> None:
    with pytest.raises(Duplicate):
        _make_the_same_parent_twice()
    with db.reading() as session:
        assert session.execute(text("SELECT count(*) FROM users")).scalar_one() == 0


@pytest.mark.parametrize("edge", [db.transaction, db.reading])
@pytest.mark.parametrize("value", ["a\0b", str(2**70)])
def test_a_value_that_cannot_be_stored_is_invalid(
    connection: Connection, edge: Callable[[], AbstractContextManager[Session]], value: str
) -> None:
    with pytest.raises(Invalid), edge() as session:
        session.execute(text("SELECT CAST(:value AS bigint)"), {"value": value})


def test_a_bare_statement_explains_its_refusals_too(connection: Connection) -> None:
    with pytest.raises(Invalid), db.statement() as cursor:
        cursor.execute("SELECT %s::bigint", (str(2**70),))


def test_a_server_that_may_lose_acknowledged_work_is_refused(session: Session) -> None:
    session.execute(text("SET LOCAL synchronous_commit = off"))
    with pytest.raises(RuntimeError, match="could be lost"):
        db.assert_durable(session)


def _make_the_same_parent_twice() -> None:
    with db.transaction() as session:
        make_parent(session, email="parent@school.example")
        make_parent(session, email="parent@school.example")
