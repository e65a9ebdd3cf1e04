"""The OpenAPI 3.1 document: served at /api/v1/openapi.json, committed, and compared by a test."""

import json
import re
from typing import Any

from flask import Flask, Response
from flask_smorest import Api
from marshmallow import fields
from werkzeug.exceptions import HTTPException

from mathvidya.platform.http.blueprint import ProblemSchema
from mathvidya.platform.http.problems import MEDIA_TYPE, answer_http


class HouseApi(Api):
    """flask-smorest's, answering errors as problems and naming each operation by its view."""

    ERROR_SCHEMA = ProblemSchema

    def handle_http_exception(self, error: HTTPException) -> Any:
        """Answer what webargs and Flask raise as a problem."""
        return answer_http(error)


EXTENSION = "mathvidya-openapi"

_CONVERTER = re.compile(r"<(?:[^:<>]+:)?([^<>]+)>")

CONFIGURATION = {
    "API_TITLE": "Mathvidya",
    "API_VERSION": "v1",
    "OPENAPI_VERSION": "3.1.0",
    "API_SPEC_OPTIONS": {
        "info": {"description": "An exam-and-evaluation workflow engine for Indian board mathematics."},
        "security": [{"access_token": []}],
    },
}


def create_api(app: Flask) -> HouseApi:
    """The API object, with its security scheme declared."""
    app.config.update(CONFIGURATION)
    api = HouseApi(app)
    api.ERROR_SCHEMA = ProblemSchema
    api.register_field(fields.Decimal, "string", None)  # as they travel
    api.spec.components.security_scheme(
        "access_token", {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
    )
    api.spec.components.security_scheme(
        "metrics_token",
        {"type": "http", "scheme": "bearer", "description": "MATHVIDYA_METRICS_TOKEN of the installation"},
    )
    return api


def publish(app: Flask, api: HouseApi) -> None:
    """Finish the document and serve it; call it after every blueprint is registered."""
    encoded = as_text(document(app, api))
    app.extensions[EXTENSION] = encoded

    @app.get("/api/v1/openapi.json")
    def openapi_document() -> Response:
        return Response(encoded, mimetype="application/json")


def as_text(spec: dict[str, Any]) -> str:
    """The document as it is served and committed: sorted, so that a diff shows what changed."""
    return json.dumps(spec, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def document(app: Flask, api: HouseApi) -> dict[str, Any]:
    """The finished document: operation ids are the names of the views, problems have their media type."""
    spec: dict[str, Any] = api.spec.to_dict()
    names = _operation_names(app)
    for path, operations in spec["paths"].items():
        for method, operation in operations.items():
            if isinstance(operation, dict):
                operation["operationId"] = names[(path, method.upper())]
    for response in spec.get("components", {}).get("responses", {}).values():
        content = response.get("content", {})
        if "application/json" in content:
            response["content"] = {MEDIA_TYPE: content["application/json"]}
    return spec


def _operation_names(app: Flask) -> dict[tuple[str, str], str]:
    return {
        (_CONVERTER.sub(r"{\1}", rule.rule), method): rule.endpoint.rpartition(".")[2]
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
    }
