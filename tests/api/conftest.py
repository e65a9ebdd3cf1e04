"""A client for the whole application, inside the test's transaction."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection

from mathvidya.app import create_app
from mathvidya.platform.db import Database
from mathvidya.settings import Settings


@pytest.fixture
def app(connection: Connection, tmp_path: Path) -> Flask:
    return create_app(Settings(var=tmp_path), database=Database(connection))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
