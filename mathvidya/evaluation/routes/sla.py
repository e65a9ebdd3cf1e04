"""HTTP of the promises: the SLA board, what was promised to whom, and why it is due when it is."""

from typing import Any
from uuid import UUID

from mathvidya.evaluation.queries import board
from mathvidya.evaluation.queries.promises import Promise, promises
from mathvidya.evaluation.schemas import sla as schemas
from mathvidya.platform import db
from mathvidya.platform.errors import Forbidden, NotFound
from mathvidya.platform.http.blueprint import Blueprint
from mathvidya.platform.http.context import current_actor, request_now
from mathvidya.platform.http.pages import Page, page_schema

sla = Blueprint("sla", __name__, url_prefix="/sla", description="Promises and the clocks that keep them")


@sla.get("/promises")
@sla.arguments(schemas.PromiseArguments, location="query", as_kwargs=True)
@sla.response(200, page_schema(schemas.PromiseSchema))
def list_promises(**arguments: Any) -> Page[Promise]:
    """When the marks of one's own or one's children's exams are due, the newest exam first."""
    with db.reading() as session:
        return promises(session, current_actor(), now=request_now(), **arguments)


@sla.get("/board")
@sla.arguments(schemas.BoardArguments, location="query", as_kwargs=True)
@sla.response(200, schemas.BoardSchema)
@sla.problems(Forbidden)
def read_sla_board(**arguments: Any) -> board.Board:
    """Every open promise for an admin, the earliest due first, and how they stand."""
    with db.reading() as session:
        return board.board(session, current_actor(), now=request_now(), **arguments)


@sla.get("/clocks/<uuid:exam_id>/explain")
@sla.response(200, schemas.ClockAccountSchema)
@sla.problems(NotFound)
def explain_sla_clock(exam_id: UUID) -> dict[str, Any]:
    """Why the marks of an exam are due when they are: for its student, linked parents and admins."""
    with db.reading() as session:
        found = board.explain_clock(session, current_actor(), exam_id, now=request_now())
    return schemas.account_body(found)
