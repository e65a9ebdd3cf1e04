"""HTTP beside the marks: notes at questions, and what teachers ask each other."""

from typing import Any
from uuid import UUID

from flask import Response

from mathvidya.evaluation.errors import LeaseLapsed
from mathvidya.evaluation.models import Consultation
from mathvidya.evaluation.queries import asides as queries
from mathvidya.evaluation.schemas import asides as schemas
from mathvidya.evaluation.schemas.marking import NoteViewSchema, addressed
from mathvidya.evaluation.service import asides
from mathvidya.platform import db
from mathvidya.platform.errors import Forbidden, Invalid, NotFound, WrongState
from mathvidya.platform.http.addresses import signer
from mathvidya.platform.http.blueprint import Blueprint
from mathvidya.platform.http.context import current_actor, request_now
from mathvidya.platform.http.idempotency import IdempotencyKeyReused, answer_once
from mathvidya.platform.http.pages import Page, PageArguments
from mathvidya.system.queries import url_lifetime

notes = Blueprint("notes", __name__, url_prefix="/evaluations", description="What is noted beside the marks")
consultations = Blueprint(
    "consultations", __name__, url_prefix="/consultations", description="What teachers ask each other"
)

_AT_DESK = (NotFound, WrongState, LeaseLapsed, Invalid)


@notes.put("/<uuid:evaluation_id>/notes/<int:number>")
@notes.arguments(schemas.NoteSchema)
@notes.response(200, NoteViewSchema)
@notes.problems(*_AT_DESK)
def save_note(data: dict[str, Any], evaluation_id: UUID, number: int) -> queries.NoteView:
    """Note at a question that one comes back to it, or on which other pages the answer goes on."""
    with db.transaction() as session:
        return asides.save_note(
            session,
            actor=current_actor(),
            evaluation_id=evaluation_id,
            number=number,
            now=request_now(),
            **data,
        )


@notes.post("/<uuid:evaluation_id>/consultations")
@notes.arguments(schemas.AskSchema)
@notes.response(201, schemas.ConsultationSchema)
@notes.problems(*_AT_DESK, IdempotencyKeyReused)
def ask_colleague(data: dict[str, Any], evaluation_id: UUID) -> Response:
    """Ask whoever else may mark the class about one answer; neither learns who the other is."""
    actor, now = current_actor(), request_now()
    with db.transaction() as session:
        return answer_once(
            session,
            schemas.ConsultationSchema(),
            lambda: asides.ask_colleague(session, actor=actor, evaluation_id=evaluation_id, now=now, **data),
        )


@notes.get("/<uuid:evaluation_id>/consultations")
@notes.response(200, schemas.ConsultationsSchema)
@notes.problems(NotFound)
def list_asked(evaluation_id: UUID) -> dict[str, Any]:
    """What has been asked about a script, and what colleagues answered, oldest first."""
    with db.reading() as session:
        return {"items": queries.asked_about(session, current_actor(), evaluation_id)}


@consultations.get("")
@consultations.arguments(PageArguments, location="query", as_kwargs=True)
@consultations.response(200, schemas.ConsultationPageSchema)
@consultations.problems(Forbidden)
def list_consultations(**page: Any) -> Page[Consultation]:
    """What colleagues ask and nobody has answered, newest first; for teachers."""
    with db.reading() as session:
        return queries.open_consultations(session, current_actor(), **page)


@consultations.get("/<uuid:consultation_id>")
@consultations.response(200, schemas.ConsultationViewSchema)
@consultations.problems(Forbidden, NotFound)
def read_consultation(consultation_id: UUID) -> dict[str, Any]:
    """The page, the question and what marks it; nothing of who wrote or who asks."""
    with db.reading() as session:
        view = queries.consultation_for(session, current_actor(), consultation_id)
        lifetime = url_lifetime(session)
    return {**vars(view), "sheet": addressed([view.sheet], signer(lifetime))[0]}


@consultations.post("/<uuid:consultation_id>/answer")
@consultations.arguments(schemas.ColleagueAnswerSchema, as_kwargs=True)
@consultations.response(200, schemas.ConsultationSchema)
@consultations.problems(Forbidden, NotFound, WrongState)
def answer_colleague(consultation_id: UUID, answer: str) -> Consultation:
    """Answer a colleague in words; the first answer is the answer."""
    with db.transaction() as session:
        return asides.answer_colleague(
            session,
            actor=current_actor(),
            consultation_id=consultation_id,
            answer=answer,
            now=request_now(),
        )
