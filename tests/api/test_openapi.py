import json

from flask import Flask
from flask.testing import FlaskClient

from mathvidya.platform.http.openapi import EXTENSION
from mathvidya.settings import ROOT


def test_the_committed_document_is_the_one_the_code_makes(app: Flask) -> None:
    committed = (ROOT / "docs" / "reference" / "openapi.json").read_text(encoding="utf-8")
    assert committed == app.extensions[EXTENSION], "run `make documents`"


def test_the_document_is_served(client: FlaskClient) -> None:
    response = client.get("/api/v1/openapi.json")
    assert response.status_code == 200
    assert json.loads(response.data)["openapi"] == "3.1.0"


def test_every_operation_has_a_name_of_its_own(app: Flask) -> None:
    paths = json.loads(app.extensions[EXTENSION])["paths"]
    names = [
        operation["operationId"]
        for operations in paths.values()
        for operation in operations.values()
        if isinstance(operation, dict)
    ]
    assert len(names) == len(set(names))
