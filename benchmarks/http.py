"""Autosave and the paper over HTTP, on the server that production runs, each against its plain twin.

A granian with a process a core serves everything from one database of its own, durable as in production.
Ours and the baseline take turns, a second each, so that whatever else the machine does hits both alike.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import httpx
import psycopg
from sqlalchemy import select
from sqlalchemy.orm import Session

from benchmarks.figure import Figure, table
from benchmarks.load import MakeRequest, requests_per_second
from mathvidya.attempts import service
from mathvidya.local.servers import free_port, postgres
from mathvidya.plans.models import PlanName, SubscriptionPlan
from mathvidya.platform import clock, db, tokens
from mathvidya.platform.db import Database
from mathvidya.prepare import prepare_database
from mathvidya.settings import ROOT, Environment, Settings
from tests.factories import actor_of, make_student, make_subscription
from tests.sittings import consent

CONNECTIONS = 8
ROUNDS = 5
SECONDS = 1.0
CHOICE_QUESTIONS = 20

_DATABASE = "benchmark"
_READY_SECONDS = 60


@dataclass(frozen=True)
class Sitting:
    """One student's board paper under way, and the token that reaches it."""

    exam_id: UUID
    token: str


def run() -> list[Figure]:
    """Measure autosave and the paper, each beside its baseline."""
    with postgres(ROOT / "var" / "benchmark-postgres", "postgres") as url:
        database_url = _fresh_database(url)
        sittings = _sit(database_url)
        with _serving(database_url) as address:
            return [
                _compare(
                    "autosave through the whole stack",
                    address,
                    [_autosave(each) for each in sittings],
                    [_bare_autosave(each) for each in sittings],
                    goal=0.5,
                    claim="at least half of a bare Flask view doing the same upsert",
                ),
                _compare(
                    "board paper from its stored text",
                    address,
                    [_get(f"/api/v1/exams/{each.exam_id}/paper", each) for each in sittings],
                    [_get(f"/bench/paper/{each.exam_id}", each) for each in sittings],
                    goal=2.0,
                    claim="at least twice the same paper through marshmallow",
                ),
            ]


def _compare(
    name: str,
    address: tuple[str, int],
    ours: Sequence[MakeRequest],
    plain: Sequence[MakeRequest],
    *,
    goal: float,
    claim: str,
) -> Figure:
    for warm_up in (ours, plain):
        requests_per_second(address, warm_up, SECONDS)
    rounds = [
        (requests_per_second(address, ours, SECONDS), requests_per_second(address, plain, SECONDS))
        for _ in range(ROUNDS)
    ]
    value, baseline = (statistics.median(column) for column in zip(*rounds, strict=True))
    ratio = statistics.median(mine / theirs for mine, theirs in rounds)
    return Figure(name, value, "/s", baseline, ratio, goal, met=ratio >= goal, claim=claim)


def _autosave(sitting: Sitting) -> MakeRequest:
    return _put(f"/api/v1/exams/{sitting.exam_id}/answers/", sitting)


def _bare_autosave(sitting: Sitting) -> MakeRequest:
    return _put(f"/bare/answers/{sitting.exam_id}/", sitting)


def _put(path: str, sitting: Sitting) -> MakeRequest:
    """Saves that go through the questions in turn; the time of saving makes each newer than the last."""
    answered_at = clock.now().isoformat()

    def make(count: int) -> bytes:
        body = (
            f'{{"choices": ["{"ABCD"[count % 4]}"], "sequence": {time.monotonic_ns()}, '
            f'"answered_at": "{answered_at}"}}'
        )
        return (
            f"PUT {path}{1 + count % CHOICE_QUESTIONS} HTTP/1.1\r\nHost: localhost\r\n"
            f"Authorization: Bearer {sitting.token}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}"
        ).encode()

    return make


def _get(path: str, sitting: Sitting) -> MakeRequest:
    request = (
        f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {sitting.token}\r\n\r\n".encode()
    )
    return lambda _count: request


def _fresh_database(server_url: str) -> str:
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {_DATABASE}")
        connection.execute(f"CREATE DATABASE {_DATABASE}")
    head, _, tail = server_url.partition("?")
    return f"{head.rpartition('/')[0]}/{_DATABASE}?{tail}"


def _sit(database_url: str) -> list[Sitting]:
    """Board papers from the reference bank, each started by a student of its own."""
    database = Database.connect(database_url, pool_size=2)
    db.use(database)
    try:
        prepare_database(database, Environment.PRODUCTION)
        with db.transaction() as session:
            return [_start_one(session, seed, clock.now()) for seed in range(CONNECTIONS)]
    finally:
        db.use(None)
        database.engine.dispose()


def _start_one(session: Session, seed: int, now: datetime) -> Sitting:
    plan = session.scalars(select(SubscriptionPlan).where(SubscriptionPlan.name == PlanName.CENTUM)).one()
    student = make_student(session)
    today = now.date()
    make_subscription(session, student, plan, starts_on=today - timedelta(days=1), ends_on=date(2100, 1, 1))
    consent(session, student)
    actor = actor_of(student)
    exam = service.create_exam(session, actor=actor, template="cbse-xii-board", unit=None, seed=seed, now=now)
    service.start_exam(session, actor=actor, exam_id=exam.id, now=now)
    secret = Settings().token_secret.get_secret_value()
    return Sitting(exam.id, tokens.issue(actor, secret=secret, now=now, lifetime=timedelta(hours=1)))


@contextmanager
def _serving(database_url: str) -> Iterator[tuple[str, int]]:
    port = free_port()
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", str(os.cpu_count() or 1), "--blocking-threads", "4", "--no-ws",
        "--log-level", "warning", "benchmarks.http_app:app",
    ]  # fmt: skip
    environment = {**os.environ, "MATHVIDYA_DATABASE_URL": database_url, "MATHVIDYA_LOG_LEVEL": "ERROR"}
    server = subprocess.Popen(command, cwd=ROOT, env=environment)  # noqa: S603 - this interpreter, our module
    try:
        _await_ready(server, port)
        yield "127.0.0.1", port
    finally:
        server.terminate()
        server.wait(timeout=20)


def _await_ready(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    while time.monotonic() < deadline:
        assert server.poll() is None, "granian ended while starting"
        try:
            httpx.get(f"http://127.0.0.1:{port}/api/v1/health", timeout=2)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"not ready within {_READY_SECONDS} s")


if __name__ == "__main__":
    print(table(run()))
