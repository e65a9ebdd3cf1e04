"""HTTP of the life of an evaluation: the queue, claims and leases, pages asked for."""

from typing import Any
from uuid import UUID

from flask import Response

from mathvidya.evaluation.errors import (
    DailyCapReached,
    DeskFull,
    LeaseLapsed,
    MayNotMark,
    NothingToMark,
    PageFlaggedAlready,
    PageFlagLimit,
    ReassignRefused,
    ScriptTaken,
)
from mathvidya.evaluation.models import Evaluation
from mathvidya.evaluation.queries import desk, queue
from mathvidya.evaluation.schemas import lifecycle as schemas
from mathvidya.evaluation.service import claiming, holds, returning
from mathvidya.platform import db
from mathvidya.platform.errors import Forbidden, NotFound, WrongState
from mathvidya.platform.http.blueprint import Blueprint
from mathvidya.platform.http.context import current_actor, request_now
from mathvidya.platform.http.idempotency import IdempotencyKeyReused, answer_once
from mathvidya.platform.http.pages import Page, page_schema
from mathvidya.platform.http.versions import etag

evaluations = Blueprint(
    "evaluations", __name__, url_prefix="/evaluations", description="Scripts and whose hands they are in"
)

_AT_DESK = (NotFound, WrongState, LeaseLapsed)
_HANDED_OUT = (Forbidden, DeskFull, DailyCapReached, IdempotencyKeyReused)


@evaluations.get("")
@evaluations.arguments(schemas.EvaluationsArguments, location="query")
@evaluations.response(200, page_schema(schemas.EvaluationSchema))
@evaluations.problems(Forbidden)
def list_evaluations(arguments: dict[str, Any]) -> Page[Evaluation]:
    """A teacher's own scripts, or all of them for an admin, newest first."""
    with db.reading() as session:
        return queue.evaluations_for(session, current_actor(), **arguments)


@evaluations.get("/queue")
@evaluations.response(200, schemas.QueueSchema)
@evaluations.problems(Forbidden)
def read_marking_queue() -> queue.QueueView:
    """How much waits for the teacher who asks, and how much of the day is left."""
    with db.reading() as session:
        return queue.queue_for(session, current_actor(), now=request_now())


@evaluations.get("/desk")
@evaluations.response(200, schemas.DeskSchema)
@evaluations.problems(Forbidden)
def read_desk() -> desk.DeskView:
    """The open scripts of the teacher who asks: when each is due, how far it is; and the day's tally."""
    with db.reading() as session:
        return desk.desk_of(session, current_actor(), now=request_now())


@evaluations.get("/<uuid:evaluation_id>")
@evaluations.response(200, schemas.EvaluationWithFlagsSchema)
@evaluations.problems(NotFound)
def read_evaluation(evaluation_id: UUID) -> tuple[queue.EvaluationView, int, dict[str, str]]:
    """One script, and the pages that its student has been asked for."""
    with db.reading() as session:
        view = queue.evaluation_for(session, current_actor(), evaluation_id)
    return view, 200, etag(view.evaluation.version)


@evaluations.post("/claim")
@evaluations.response(201, schemas.ClaimedSchema)
@evaluations.problems(*_HANDED_OUT, NothingToMark)
def claim_next_script() -> Response:
    """Take the earliest due script that the teacher may mark."""
    actor, now = current_actor(), request_now()
    with db.transaction() as session:
        return answer_once(
            session, schemas.ClaimedSchema(), lambda: claiming.claim_next(session, actor=actor, now=now)
        )


@evaluations.post("/<uuid:evaluation_id>/claim")
@evaluations.response(201, schemas.ClaimedSchema)
@evaluations.problems(*_HANDED_OUT, NotFound, MayNotMark, ScriptTaken, WrongState)
def claim_script(evaluation_id: UUID) -> Response:
    """Take one script, or take up again one's own: with a new token, which voids the one before."""
    actor, now = current_actor(), request_now()
    with db.transaction() as session:
        return answer_once(
            session,
            schemas.ClaimedSchema(),
            lambda: claiming.claim(session, actor=actor, evaluation_id=evaluation_id, now=now),
        )


@evaluations.post("/<uuid:evaluation_id>/begin")
@evaluations.arguments(schemas.LeaseSchema)
@evaluations.response(200, schemas.EvaluationSchema)
@evaluations.problems(*_AT_DESK)
def begin_marking(data: dict[str, Any], evaluation_id: UUID) -> tuple[Evaluation, int, dict[str, str]]:
    """Open a claimed script; marks can be given from now on."""
    with db.transaction() as session:
        evaluation = claiming.begin(
            session, actor=current_actor(), evaluation_id=evaluation_id, now=request_now(), **data
        )
    return evaluation, 200, etag(evaluation.version)


@evaluations.post("/<uuid:evaluation_id>/renew")
@evaluations.arguments(schemas.LeaseSchema)
@evaluations.response(200, schemas.ClaimedSchema)
@evaluations.problems(*_AT_DESK)
def renew_lease(data: dict[str, Any], evaluation_id: UUID) -> claiming.Claimed:
    """Keep a script while reading it; saving a mark or a stamp renews by itself."""
    with db.transaction() as session:
        return claiming.renew(session, actor=current_actor(), evaluation_id=evaluation_id, **data)


@evaluations.post("/<uuid:evaluation_id>/release")
@evaluations.arguments(schemas.LeaseSchema)
@evaluations.response(200, schemas.EvaluationSchema)
@evaluations.problems(*_AT_DESK)
def release_script(data: dict[str, Any], evaluation_id: UUID) -> tuple[Evaluation, int, dict[str, str]]:
    """Give a script back to the queue; everything marked so far stays with it."""
    with db.transaction() as session:
        evaluation = returning.release(
            session, actor=current_actor(), evaluation_id=evaluation_id, now=request_now(), **data
        )
    return evaluation, 200, etag(evaluation.version)


@evaluations.post("/<uuid:evaluation_id>/reassign")
@evaluations.arguments(schemas.ReassignSchema)
@evaluations.response(200, schemas.EvaluationSchema)
@evaluations.problems(Forbidden, NotFound, MayNotMark, WrongState)
def reassign_script(data: dict[str, Any], evaluation_id: UUID) -> tuple[Evaluation, int, dict[str, str]]:
    """Give a script to a teacher of the admin's choice, with everything marked so far."""
    with db.transaction() as session:
        evaluation = claiming.reassign(
            session, actor=current_actor(), evaluation_id=evaluation_id, now=request_now(), **data
        )
    return evaluation, 200, etag(evaluation.version)


@evaluations.post("/reassign")
@evaluations.arguments(schemas.ReassignAllSchema)
@evaluations.response(200, schemas.ReassignedSchema)
@evaluations.problems(Forbidden, NotFound, ReassignRefused)
def reassign_scripts(data: dict[str, Any]) -> dict[str, list[Evaluation]]:
    """Give several scripts to one teacher, all of them or none, with everything marked so far; for admins."""
    with db.transaction() as session:
        moved = claiming.reassign_all(session, actor=current_actor(), now=request_now(), **data)
    return {"items": moved}


@evaluations.post("/<uuid:evaluation_id>/flags")
@evaluations.arguments(schemas.FlagPageSchema)
@evaluations.response(201, schemas.FlagSchema)
@evaluations.problems(*_AT_DESK, PageFlagLimit, PageFlaggedAlready, IdempotencyKeyReused)
def flag_page(data: dict[str, Any], evaluation_id: UUID) -> Response:
    """Ask the student for a page that cannot be marked as it is; the clock stands until it comes."""
    actor, now = current_actor(), request_now()
    with db.transaction() as session:
        return answer_once(
            session,
            schemas.FlagSchema(),
            lambda: holds.flag_page(session, actor=actor, evaluation_id=evaluation_id, now=now, **data),
        )
