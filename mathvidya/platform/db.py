"""The database: where a transaction begins and ends.

``transaction()`` and ``reading()`` stand at the edges (route, handler, task, command) and nowhere else;
services receive the session, may flush, and never commit. A session outside of them refuses to work.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, PoolProxiedConnection, create_engine, text
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.orm.session import JoinTransactionMode

from mathvidya.platform.constraints import as_domain_error
from mathvidya.platform.errors import Invalid

_SERVER_OPTIONS = " ".join(
    f"-c {option}"
    for option in (
        "timezone=UTC",
        "statement_timeout=15s",
        "lock_timeout=5s",  # a person waits no longer; a task is tried again
        "idle_in_transaction_session_timeout=60s",  # a forgotten transaction must not hold its locks
    )
)

_UNSAFE_SETTINGS = ("fsync", "full_page_writes", "synchronous_commit")


class Database:
    """One process's way to PostgreSQL: a pool, and the sessions made from it."""

    def __init__(self, bind: Engine | Connection) -> None:
        self.bind = bind
        # Bound to one connection (a test's), sessions nest in its transaction as savepoints.
        nesting: JoinTransactionMode = (
            "create_savepoint" if isinstance(bind, Connection) else "conditional_savepoint"
        )
        self.sessions = sessionmaker(
            bind, autobegin=False, expire_on_commit=False, join_transaction_mode=nesting
        )

    @property
    def engine(self) -> Engine:
        """The engine behind the bind."""
        return self.bind.engine

    @classmethod
    def connect(cls, url: str, *, pool_size: int) -> "Database":
        """Open a pool of ``pool_size`` connections: as many as the process has threads."""
        engine = create_engine(
            url.replace("postgresql://", "postgresql+psycopg://", 1),
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=5,
            pool_pre_ping=False,
            pool_recycle=1800,
            hide_parameters=True,  # an error that is logged must not carry what people wrote
            connect_args={"options": _SERVER_OPTIONS, "connect_timeout": 5},
        )
        return cls(engine)


_database: Database | None = None


def use(database: Database | None) -> None:
    """Make ``database`` the one of this process: called by composition roots, and by tests."""
    global _database  # noqa: PLW0603 - one pool a process, set by its composition root
    _database = database


def current() -> Database:
    """The process's database; an error when no composition root has set it."""
    if _database is None:
        raise RuntimeError("no database is in use: a composition root must call db.use() first")
    return _database


@contextmanager
def transaction() -> Iterator[Session]:
    """One transaction that may change things; a violated constraint leaves as a DomainError."""
    with _explained(), current().sessions.begin() as session:
        yield session


@contextmanager
def reading() -> Iterator[Session]:
    """One transaction that cannot change anything: the database itself refuses."""
    with _explained(), current().sessions.begin() as session:
        session.execute(text("SET TRANSACTION READ ONLY"))
        yield session


@contextmanager
def statement() -> Iterator[psycopg.Cursor[Any]]:
    """A bare cursor for the hot paths, on which each statement is a transaction of its own.

    One round trip instead of three, and a fifth of an ORM's cost; for statements that carry their conditions.
    """
    with _explained(), _cursor(current().bind) as cursor:
        yield cursor


@contextmanager
def _cursor(bind: Engine | Connection) -> Iterator[psycopg.Cursor[Any]]:
    if isinstance(bind, Connection):
        with bind.begin_nested(), _driver(bind.connection).cursor() as cursor:
            yield cursor
        return
    pooled = bind.raw_connection()
    driver = _driver(pooled)
    driver.autocommit = True
    try:
        with driver.cursor() as cursor:
            yield cursor
    finally:
        if not driver.closed:
            driver.autocommit = False
        pooled.close()


@contextmanager
def _explained() -> Iterator[None]:
    """Turn what the database refuses into a problem that a person understands."""
    try:
        yield
    except (IntegrityError, psycopg.IntegrityError) as error:
        raise as_domain_error(error) from error
    except (DataError, psycopg.DataError) as error:
        raise Invalid(
            "a value is one that cannot be stored: too large, or a text with a NUL in it"
        ) from error


def _driver(pooled: PoolProxiedConnection) -> psycopg.Connection[Any]:
    driver = pooled.driver_connection
    assert isinstance(driver, psycopg.Connection)  # noqa: S101 - psycopg is the only driver we open
    return driver


def assert_durable(session: Session) -> None:
    """Refuse a server that may lose what it has acknowledged.

    A killed process cannot show that fsync is off; only asking can.
    """
    for name in _UNSAFE_SETTINGS:
        if session.execute(text(f"SHOW {name}")).scalar_one() == "off":
            raise RuntimeError(f"PostgreSQL runs with {name}=off: an acknowledged answer could be lost")
