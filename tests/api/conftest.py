"""A client for the whole application, inside the test's transaction."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection

from mathvidya.app import create_app
from mathvidya.platform import clock, db, storage
from mathvidya.platform.db import Database
from mathvidya.platform.http.limits import limiter
from mathvidya.platform.storage.opening import storage_from
from mathvidya.settings import Settings


@pytest.fixture(scope="session")
def built_app(worker_database: Database, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application, put together once: describing its routes takes longer than most tests."""
    return create_app(Settings(var=tmp_path_factory.mktemp("var")), database=worker_database)


@pytest.fixture
def app(built_app: Flask, connection: Connection) -> Flask:
    """The application on this test's own transaction, as it was put together, with no request counted yet."""
    settings: Settings = built_app.config["SETTINGS"]
    db.use(Database(connection))
    storage.use(storage_from(settings))
    clock.use_offset_file(settings.clock_file)
    limiter.reset()
    return built_app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
