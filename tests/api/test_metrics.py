from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr
from sqlalchemy import delete, func, insert
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from mathvidya.platform.ids import new_id
from mathvidya.settings import Environment
from mathvidya.system.queries.backlogs import BEAT
from mathvidya.system.service import plant_reference
from workflows.models import Heartbeat, OutboxMessage, SlaClockRow, Timer, TimerState

ADDRESS = "/api/v1/metrics"
NOW = datetime.now(UTC)
EARLIER, LATER = NOW - timedelta(hours=2), NOW + timedelta(hours=2)


@pytest.fixture(autouse=True)
def planted(session: Session) -> None:
    plant_reference(session, now=NOW)


def figures(answer: TestResponse) -> dict[tuple[str, str | None], float]:
    assert answer.status_code == 200
    return {
        (sample.name.removeprefix("mathvidya_"), sample.labels.get("state")): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def install(app: Flask, monkeypatch: pytest.MonkeyPatch, environment: Environment, token: str) -> None:
    values = {"environment": environment, "metrics_token": SecretStr(token)}
    monkeypatch.setitem(app.config, "SETTINGS", app.config["SETTINGS"].model_copy(update=values))


def add_message(session: Session, **ends: datetime) -> None:
    row = {"topic": "test.said", "payload": {}, "recorded_at": NOW, "available_at": NOW}
    session.execute(insert(OutboxMessage).values(id=new_id(), **row, **ends))


def add_timer(session: Session, due_at: datetime, state: TimerState = TimerState.PENDING) -> None:
    row = {"subject_type": "exam", "subject_id": new_id(), "kind": "look", "available_at": due_at}
    session.execute(insert(Timer).values(id=new_id(), due_at=due_at, state=state, **row))


def add_clock(session: Session, *, due_at: datetime, **moments: datetime) -> None:
    row = {
        "subject_type": "exam",
        "subject_id": new_id(),
        "budget": timedelta(hours=9),
        "consumed": timedelta(),
        "started_at": EARLIER,
        "calendar_key": "national",
        "calendar_version": 1,
    }
    session.execute(insert(SlaClockRow).values(id=new_id(), due_at=due_at, **row, **moments))


def test_a_laptop_answers_without_a_token(client: FlaskClient) -> None:
    answer = client.get(ADDRESS)
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/plain; version=")


def test_production_without_a_token_has_no_metrics(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(app, monkeypatch, Environment.PRODUCTION, "")
    answer = client.get(ADDRESS, headers={"Authorization": "Bearer "})
    assert (answer.status_code, answer.get_json()["type"]) == (404, "/problems/not-found")


@pytest.mark.parametrize("environment", Environment)
@pytest.mark.parametrize("given", [None, "Bearer other", "a-scraper", "Basic a-scraper", "Bearer ä"])
def test_where_a_token_is_set_nothing_else_will_do(
    app: Flask,
    client: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
    environment: Environment,
    given: str | None,
) -> None:
    install(app, monkeypatch, environment, "a-scraper")
    answer = client.get(ADDRESS, headers={"Authorization": given} if given else {})
    assert (answer.status_code, answer.get_json()["type"]) == (401, "/problems/unauthenticated")


def test_the_token_opens_the_metrics_of_production(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(app, monkeypatch, Environment.PRODUCTION, "a-scraper")
    assert client.get(ADDRESS, headers={"Authorization": "Bearer a-scraper"}).status_code == 200


def test_a_beat_that_never_ticked_is_infinitely_old(client: FlaskClient, session: Session) -> None:
    session.execute(delete(Heartbeat))
    assert figures(client.get(ADDRESS))["beat_age_seconds", None] == float("inf")


def test_the_age_of_beat_is_measured_by_the_database(client: FlaskClient, session: Session) -> None:
    ticked = func.clock_timestamp() - timedelta(seconds=90)
    session.execute(insert(Heartbeat).values(name=BEAT, at=ticked))
    assert figures(client.get(ADDRESS))["beat_age_seconds", None] == pytest.approx(90, abs=30)


def test_messages_count_until_they_are_dealt_with_or_given_up(client: FlaskClient, session: Session) -> None:
    session.execute(delete(OutboxMessage))
    add_message(session)
    add_message(session)
    add_message(session, done_at=NOW)
    add_message(session, quarantined_at=NOW)
    read = figures(client.get(ADDRESS))
    assert (read["outbox_messages", "waiting"], read["outbox_messages", "quarantined"]) == (2, 1)


def test_timers_wait_from_the_moment_they_are_due(client: FlaskClient, session: Session) -> None:
    add_timer(session, EARLIER)
    add_timer(session, LATER)
    add_timer(session, EARLIER, TimerState.CANCELLED)
    add_timer(session, EARLIER, TimerState.QUARANTINED)
    read = figures(client.get(ADDRESS))
    assert (read["timers", "waiting"], read["timers", "quarantined"]) == (1, 1)


def test_a_clock_is_overdue_only_while_it_runs(client: FlaskClient, session: Session) -> None:
    add_clock(session, due_at=LATER, running_since=EARLIER)
    add_clock(session, due_at=EARLIER, running_since=EARLIER)
    add_clock(session, due_at=EARLIER, paused_at=EARLIER)
    add_clock(session, due_at=EARLIER, stopped_at=NOW)
    read = figures(client.get(ADDRESS))
    assert (read["sla_clocks", "running"], read["sla_clocks", "paused"]) == (2, 1)
    assert read["sla_clocks_overdue", None] == 1


def test_the_reach_of_the_holidays_is_told_in_days(client: FlaskClient) -> None:
    assert figures(client.get(ADDRESS))["holidays_known_days", None] > 120
