"""The test database: a real PostgreSQL, migrated once, cloned for each worker; each test in a savepoint."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings
from sqlalchemy import Connection, create_engine
from sqlalchemy.orm import Session

from mathvidya.local.servers import postgres
from mathvidya.platform import db, migrations
from mathvidya.platform.db import Database
from mathvidya.settings import ROOT

# A deadline per example would make a busy machine fail; benchmarks hold the claims about speed. Where a
# change waits for the verdict the examples are the same each time; elsewhere new ones are tried.
settings.register_profile("house", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("house")

_TEMPLATE = "template_mathvidya"
_FAST = ("fsync", "synchronous_commit", "full_page_writes")
"""Off in tests only: a test's data need not survive a power cut."""


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of the test run's own: the one that is named in the environment, or an embedded one."""
    given = os.environ.get("MATHVIDYA_TEST_DATABASE_URL")
    if given:
        yield given
        return
    with postgres(_server_folder(), "postgres") as url:
        with psycopg.connect(url, autocommit=True) as connection:
            for name in _FAST:
                connection.execute(f"ALTER SYSTEM SET {name} = off")
            connection.execute("SELECT pg_reload_conf()")
        yield url


def _server_folder() -> Path:
    return ROOT / "var" / "test-postgres"


@pytest.fixture(scope="session")
def migrated_template(postgres_url: str) -> str:
    """The name of a migrated database that others are cloned from; one worker makes it for all."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    name = f"{_TEMPLATE}_{run[:12]}"
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(42)")
        _drop_left_overs(connection, keep=run[:12])
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone() is None:
            connection.execute(f"CREATE DATABASE {name}")
            engine = create_engine(_named(postgres_url, name))
            migrations.migrate(engine)
            engine.dispose()
        connection.execute("SELECT pg_advisory_unlock(42)")
    return name


def _drop_left_overs(connection: psycopg.Connection[tuple[object, ...]], keep: str) -> None:
    found = connection.execute(
        "SELECT datname FROM pg_database d "
        "WHERE (datname LIKE 'template_mathvidya_%%' OR datname LIKE 'test_%%') "
        "AND datname NOT LIKE %s AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datname = d.datname)",
        (f"%{keep}%",),
    ).fetchall()
    for (name,) in found:
        connection.execute(f"DROP DATABASE IF EXISTS {name}")


def _named(url: str, database: str) -> str:
    head, _, tail = url.partition("?")
    return f"{head.rpartition('/')[0]}/{database}?{tail}".replace("postgresql://", "postgresql+psycopg://", 1)


def clone_database(postgres_url: str, template: str) -> str:
    """The SQLAlchemy URL of a fresh copy of ``template``."""
    run = template.removeprefix(_TEMPLATE + "_")
    name = f"test_{run}_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(42)")  # a template may be copied by one at a time
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        connection.execute("SELECT pg_advisory_unlock(42)")
    return _named(postgres_url, name)


@pytest.fixture(scope="session")
def worker_database(postgres_url: str, migrated_template: str) -> Iterator[Database]:
    """This worker's database, which every test leaves as it found it."""
    database = Database.connect(clone_database(postgres_url, migrated_template), pool_size=4)
    yield database
    database.engine.dispose()


@pytest.fixture
def connection(worker_database: Database) -> Iterator[Connection]:
    """A connection in a transaction that is rolled back when the test is over."""
    with worker_database.engine.connect() as opened:
        outer = opened.begin()
        db.use(Database(opened))
        yield opened
        db.use(None)
        outer.rollback()


@pytest.fixture
def session(connection: Connection) -> Iterator[Session]:
    """A session for calling services directly."""
    with db.transaction() as opened:
        yield opened


@pytest.fixture
def committed_database(postgres_url: str, migrated_template: str) -> Iterator[Database]:
    """A database of the test's own, where commits are real: for threads that race."""
    database = Database.connect(clone_database(postgres_url, migrated_template), pool_size=40)
    db.use(database)
    yield database
    db.use(None)
    database.engine.dispose()
