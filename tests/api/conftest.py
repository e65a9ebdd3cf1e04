"""A client for the whole application, inside the test's transaction."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection

from mathvidya.app import create_app
from mathvidya.platform import db, storage
from mathvidya.platform.db import Database
from mathvidya.platform.http.limits import limiter
from mathvidya.platform.storage.opening import storage_from
from mathvidya.settings import Settings


@pytest.fixture(scope="session")
def app(worker_database: Database, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Made once: describing every route takes longer than most tests."""
    return create_app(Settings(var=tmp_path_factory.mktemp("var")), database=worker_database)


@pytest.fixture
def client(app: Flask, connection: Connection) -> FlaskClient:
    db.use(Database(connection))
    storage.use(storage_from(app.config["SETTINGS"]))
    limiter.reset()
    return app.test_client()
