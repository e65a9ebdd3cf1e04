"""What no client of ours would send: nothing makes the house fall over, and every refusal is a problem.

The requests are drawn from the OpenAPI document, half of them right by its schemas and half of them wrong.
They are the same in every run.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode
from sqlalchemy import Connection

from mathvidya.platform import db
from mathvidya.platform.db import Database
from mathvidya.platform.http.limits import limiter
from mathvidya.platform.http.problems import MEDIA_TYPE
from mathvidya.settings import ROOT
from tests.api.matrix_world import World, make_world, monday_ten
from tests.api.people import signed_in

DOCUMENT = json.loads((ROOT / "docs" / "reference" / "openapi.json").read_text(encoding="utf-8"))
"""As committed; another test holds it to the one that is served."""

OPERATIONS = {
    operation["operationId"]: operation
    for path in DOCUMENT["paths"].values()
    for method, operation in path.items()
    if method in {"get", "post", "put", "patch", "delete"}
}
WITH_CONTENT = [
    name
    for name, operation in OPERATIONS.items()
    if "requestBody" in operation or any(each["in"] == "query" for each in operation.get("parameters", ()))
]
"""An address alone can hardly be wrong: what does not fit a route is no route."""

AILING = "read_health"
"""Answers 503, with a report that is no problem: no beat ticks in tests."""

few = settings(
    max_examples=4,  # of each operation, kind and name: enough to meet a forgotten bound, in seconds
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@dataclass(frozen=True)
class House:
    """The application over one world, and its operations as a stranger reads them."""

    app: Flask
    connection: Connection
    world: World
    operations: dict[str, Any]

    def endure(self, name: str, who: str, mode: GenerationMode) -> None:
        """Send drawn requests of one operation in somebody's name; what they change is undone."""
        headers = {**signed_in(self.app, self.world.people[who]), "If-Match": '"1"'}

        @few
        @given(case=self.operations[name].as_strategy(generation_mode=mode))
        def send(case: Any) -> None:
            limiter.reset()
            with self.connection.begin_nested() as untouched:
                response = case.call(headers=headers)
                untouched.rollback()
            assert response.status_code < 500, response.text
            if response.status_code >= 400:
                assert response.headers["content-type"] == [MEDIA_TYPE]

        send()


@pytest.fixture(scope="module")
def house(
    built_app: Flask, worker_database: Database, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", built_app)
    found = [result.ok() for result in schema.get_all_operations() if isinstance(result, Ok)]
    with (
        worker_database.engine.connect() as connection,
        connection.begin() as outer,
        monday_ten(built_app, tmp_path_factory.mktemp("monday")),
    ):
        db.use(Database(connection))
        with db.transaction() as session:
            world = make_world(session)
        operations = {operation.definition.raw["operationId"]: operation for operation in found}
        yield House(built_app, connection, world, operations)
        db.use(None)
        outer.rollback()


@pytest.mark.parametrize("who", ["admin", "student"])
@pytest.mark.parametrize("name", sorted(OPERATIONS.keys() - {AILING}))
def test_what_the_document_allows_is_answered(house: House, name: str, who: str) -> None:
    house.endure(name, who, GenerationMode.POSITIVE)


@pytest.mark.parametrize("who", ["admin", "student"])
@pytest.mark.parametrize("name", WITH_CONTENT)
def test_what_the_document_forbids_is_refused_as_a_problem(house: House, name: str, who: str) -> None:
    house.endure(name, who, GenerationMode.NEGATIVE)
