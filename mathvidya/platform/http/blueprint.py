"""The blueprint that every slice's routes hang on."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask_smorest import Blueprint as SmorestBlueprint
from marshmallow import Schema, fields

from mathvidya.platform.errors import DomainError
from mathvidya.platform.http.problems import MEDIA_TYPE, status_of

View = TypeVar("View", bound=Callable[..., Any])


class ProblemSchema(Schema):
    """RFC 9457 problem details."""

    type = fields.String(required=True, metadata={"description": "stable; its page says what to do"})
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    request_id = fields.String(allow_none=True)
    errors = fields.Dict(metadata={"description": "by field: what is wrong and how to mend it"})


class Blueprint(SmorestBlueprint):
    """flask-smorest's with types, and with the problems that a route may answer with."""

    def get(self, rule: str, **options: Any) -> Callable[[View], View]:
        """Route GET requests here."""
        return self._routed("GET", rule, options)

    def post(self, rule: str, **options: Any) -> Callable[[View], View]:
        """Route POST requests here."""
        return self._routed("POST", rule, options)

    def put(self, rule: str, **options: Any) -> Callable[[View], View]:
        """Route PUT requests here."""
        return self._routed("PUT", rule, options)

    def patch(self, rule: str, **options: Any) -> Callable[[View], View]:
        """Route PATCH requests here."""
        return self._routed("PATCH", rule, options)

    def delete(self, rule: str, **options: Any) -> Callable[[View], View]:
        """Route DELETE requests here."""
        return self._routed("DELETE", rule, options)

    def _routed(self, method: str, rule: str, options: dict[str, Any]) -> Callable[[View], View]:
        decorator: Callable[[View], View] = self.route(rule, methods=[method], **options)
        return decorator

    def arguments(self, schema: type[Schema] | Schema, **options: Any) -> Callable[[View], View]:
        """Hand the view what ``schema`` loads from the request (``location`` json, query, …)."""
        decorator: Callable[[View], View] = super().arguments(schema, **options)
        return decorator

    def response(
        self, status: int, schema: type[Schema] | Schema | None = None, **options: Any
    ) -> Callable[[View], View]:
        """Answer with what the view returns, dumped by ``schema``."""
        decorator: Callable[[View], View] = super().response(status, schema, **options)
        return decorator

    def alt_response(self, status: int, **options: Any) -> Callable[[View], View]:
        """Document another answer."""
        decorator: Callable[[View], View] = super().alt_response(status, **options)
        return decorator

    def doc(self, **members: Any) -> Callable[[View], View]:
        """Add to the operation in the OpenAPI document."""
        decorator: Callable[[View], View] = super().doc(**members)
        return decorator

    def problems(self, *kinds: type[DomainError]) -> Callable[[View], View]:
        """Document the problem types of a route, grouped by status."""
        by_status: dict[int, list[str]] = {}
        for kind in kinds:
            by_status.setdefault(status_of(kind), []).append(kind.slug)

        def decorate(view: View) -> View:
            for status, slugs in by_status.items():
                view = self.alt_response(
                    status, schema=ProblemSchema, content_type=MEDIA_TYPE, description=", ".join(slugs)
                )(view)
            return view

        return decorate
