"""HTTP of marking: the script, its marks, its annotations, and completing it."""

from typing import Any
from uuid import UUID

from mathvidya.evaluation.errors import (
    EvaluationIncomplete,
    LeaseLapsed,
    MarkAboveMaximum,
    MarkNotInHalves,
    UnknownStep,
)
from mathvidya.evaluation.queries.script import annotations_for
from mathvidya.evaluation.queries.script import script as read_script
from mathvidya.evaluation.schemas import marking as schemas
from mathvidya.evaluation.service import annotations, completion, marking
from mathvidya.platform import db
from mathvidya.platform.errors import Forbidden, NotFound, StaleVersion, VersionRequired, WrongState
from mathvidya.platform.http.addresses import signer
from mathvidya.platform.http.blueprint import Blueprint
from mathvidya.platform.http.context import current_actor, request_now
from mathvidya.platform.http.versions import etag, expected_version
from mathvidya.system.queries import url_lifetime

blueprint = Blueprint("marking", __name__, url_prefix="/evaluations", description="Marking a script")

_AT_DESK = (NotFound, WrongState, LeaseLapsed)


@blueprint.get("/<uuid:evaluation_id>/script")
@blueprint.response(200, schemas.ScriptSchema)
@blueprint.problems(NotFound)
def read_evaluation_script(evaluation_id: UUID) -> tuple[dict[str, Any], int, dict[str, str]]:
    """Paper, scheme, pages, marks and stamps of a script; nothing of who wrote it."""
    with db.reading() as session:
        view = read_script(session, actor=current_actor(), evaluation_id=evaluation_id)
        lifetime = url_lifetime(session)
    return {**vars(view), "sheets": schemas.addressed(view.sheets, signer(lifetime))}, 200, etag(view.version)


@blueprint.put("/<uuid:evaluation_id>/marks/<int:number>")
@blueprint.arguments(schemas.MarkSchema)
@blueprint.response(200, schemas.MarkViewSchema)
@blueprint.problems(*_AT_DESK, UnknownStep, MarkAboveMaximum, MarkNotInHalves, StaleVersion)
def save_question_mark(data: dict[str, Any], evaluation_id: UUID, number: int) -> object:
    """Mark one question. The same save again changes nothing; one from an older revision is put aside."""
    with db.transaction() as session:
        saved = marking.save_mark(
            session,
            actor=current_actor(),
            evaluation_id=evaluation_id,
            number=number,
            now=request_now(),
            **data,
        )
    if saved.lost:
        raise _overtaken(saved, data["sent"])
    return saved.stands


def _overtaken(saved: marking.Saved, sent: marking.SentMark) -> StaleVersion:
    """The losing save is committed by now: it stands beside the mark until the question is saved again."""
    stands = saved.stands
    return StaleVersion(
        f"you marked from revision {sent.revision}, but another save came between; yours is kept beside it",
        current_version=stands.revision if stands else 0,
        stored=schemas.MarkViewSchema().dump(stands) if stands else None,
        sent=marking.as_json(sent),
    )


@blueprint.put("/<uuid:evaluation_id>/annotations")
@blueprint.arguments(schemas.AnnotateSchema)
@blueprint.response(200, schemas.AnnotateResultSchema)
@blueprint.problems(*_AT_DESK)
def save_annotations(data: dict[str, Any], evaluation_id: UUID) -> dict[str, list[annotations.Result]]:
    """Add, move and erase in order; each operation is answered for itself and may be sent again."""
    with db.transaction() as session:
        results = annotations.annotate(
            session, actor=current_actor(), evaluation_id=evaluation_id, now=request_now(), **data
        )
    return {"results": results}


@blueprint.get("/<uuid:evaluation_id>/annotations")
@blueprint.arguments(schemas.AnnotationsArguments, location="query")
@blueprint.response(200, schemas.AnnotationsSchema)
@blueprint.problems(NotFound)
def list_annotations(data: dict[str, Any], evaluation_id: UUID) -> dict[str, object]:
    """What is on the sheets of a script, or on one of them."""
    with db.reading() as session:
        found = annotations_for(session, actor=current_actor(), evaluation_id=evaluation_id, **data)
    return {"items": found}


@blueprint.post("/<uuid:evaluation_id>/complete")
@blueprint.arguments(schemas.CompleteSchema)
@blueprint.response(200, schemas.CompletedSchema)
@blueprint.problems(*_AT_DESK, Forbidden, EvaluationIncomplete, StaleVersion, VersionRequired)
def complete_evaluation(data: dict[str, Any], evaluation_id: UUID) -> tuple[object, int, dict[str, str]]:
    """Finish a script: refused with all that is missing; otherwise student and parents see it at once."""
    with db.transaction() as session:
        evaluation = completion.complete(
            session,
            actor=current_actor(),
            evaluation_id=evaluation_id,
            expected_version=expected_version(),
            now=request_now(),
            **data,
        )
    return evaluation, 200, etag(evaluation.version)
