"""HTTP of the bank: for teachers and admins."""

from typing import Any
from uuid import UUID

from flask import Response, request

from mathvidya.bank import queries, service
from mathvidya.bank.content import QuestionContent
from mathvidya.bank.drafts import Draft, DraftFile
from mathvidya.bank.errors import (
    CodeTaken,
    ImageRefused,
    ImportRefused,
    InvalidQuestion,
    NotInReview,
    OwnQuestion,
    QuestionArchived,
    UnreadableImport,
)
from mathvidya.bank.imports import ImportForm, read_import
from mathvidya.bank.models import Question
from mathvidya.bank.schemas import (
    ImageAddressSchema,
    ImageSchema,
    ImportedSchema,
    ImportExaminationSchema,
    QuestionArguments,
    QuestionContentSchema,
    QuestionDraftSchema,
    QuestionSchema,
    QuestionSummarySchema,
    SendBackSchema,
    StoredImageSchema,
)
from mathvidya.platform import db, storage
from mathvidya.platform.errors import Forbidden, NotFound, StaleVersion, VersionRequired, WrongState
from mathvidya.platform.http.addresses import signer
from mathvidya.platform.http.blueprint import Blueprint
from mathvidya.platform.http.context import current_actor, request_now
from mathvidya.platform.http.idempotency import answer_once
from mathvidya.platform.http.pages import Page, page_schema
from mathvidya.platform.http.versions import etag, expected_version
from mathvidya.system.queries import url_lifetime

questions = Blueprint(
    "questions", __name__, url_prefix="/questions", description="The bank: questions and their versions"
)

_PICTURES = ("image/png", "image/jpeg", "image/heic", "application/pdf")

Versioned = tuple[Question, int, dict[str, str]]


def _versioned(question: Question) -> Versioned:
    return question, 200, etag(question.version)


@questions.get("")
@questions.arguments(QuestionArguments, location="query")
@questions.response(200, page_schema(QuestionSummarySchema))
@questions.problems(NotFound)
def list_questions(arguments: dict[str, Any]) -> Page[Question]:
    """Questions by class, unit, chapter, type, marks, level, status, tag, author and words."""
    with db.reading() as session:
        return queries.list_questions(session, current_actor(), **arguments)


@questions.post("")
@questions.arguments(QuestionDraftSchema)
@questions.response(201, QuestionSchema)
@questions.problems(InvalidQuestion, CodeTaken, NotFound)
def create_question(draft: Draft) -> Response:
    """Write a question; it begins as a draft."""
    actor, now = current_actor(), request_now()
    with db.transaction() as session:
        return answer_once(
            session,
            QuestionSchema(),
            lambda: service.create_question(session, actor=actor, draft=draft, now=now),
        )


@questions.get("/<uuid:question_id>")
@questions.response(200, QuestionSchema)
@questions.problems(NotFound)
def read_question(question_id: UUID) -> Versioned:
    """The latest version of a question: the one that an edit starts from."""
    with db.reading() as session:
        return _versioned(queries.question_for_actor(session, current_actor(), question_id))


@questions.get("/<uuid:question_id>/versions")
@questions.response(200, QuestionSummarySchema(many=True))
@questions.problems(NotFound)
def list_question_versions(question_id: UUID) -> Any:
    """Every version of a question, newest first."""
    with db.reading() as session:
        return queries.versions_of(session, current_actor(), question_id)


@questions.get("/<uuid:question_id>/versions/<int:version>")
@questions.response(200, QuestionSchema)
@questions.problems(NotFound)
def read_question_version(question_id: UUID, version: int) -> Versioned:
    """One version of a question, as a paper may hold it."""
    with db.reading() as session:
        return _versioned(queries.version_for_actor(session, current_actor(), question_id, version))


@questions.put("/<uuid:question_id>")
@questions.arguments(QuestionContentSchema)
@questions.response(200, QuestionSchema)
@questions.problems(InvalidQuestion, VersionRequired, StaleVersion, QuestionArchived, Forbidden, NotFound)
def revise_question(content: QuestionContent, question_id: UUID) -> Versioned:
    """Make the next version of a question, a draft; the version in use stays in use until it is approved."""
    version = expected_version()
    with db.transaction() as session:
        revised = service.revise(
            session,
            actor=current_actor(),
            question_id=question_id,
            expected_version=version,
            content=content,
            now=request_now(),
        )
    return _versioned(revised)


@questions.put("/<uuid:question_id>/image")
@questions.arguments(ImageSchema)
@questions.response(200, QuestionSchema)
@questions.problems(InvalidQuestion, VersionRequired, StaleVersion, QuestionArchived, Forbidden, NotFound)
def attach_question_image(body: dict[str, Any], question_id: UUID) -> Versioned:
    """Make the next version of a question with this image, or with null without one."""
    version = expected_version()
    with db.transaction() as session:
        revised = service.attach_image(
            session,
            actor=current_actor(),
            question_id=question_id,
            expected_version=version,
            image_key=body["image_key"],
            now=request_now(),
        )
    return _versioned(revised)


@questions.post("/<uuid:question_id>/submit")
@questions.response(200, QuestionSchema)
@questions.problems(VersionRequired, StaleVersion, WrongState, QuestionArchived, Forbidden, NotFound)
def submit_question(question_id: UUID) -> Versioned:
    """Hand a draft to review."""
    version = expected_version()
    with db.transaction() as session:
        question = service.submit(
            session,
            actor=current_actor(),
            question_id=question_id,
            expected_version=version,
            now=request_now(),
        )
    return _versioned(question)


@questions.post("/<uuid:question_id>/approve")
@questions.response(200, QuestionSchema)
@questions.problems(VersionRequired, StaleVersion, NotInReview, OwnQuestion, NotFound)
def approve_question(question_id: UUID) -> Versioned:
    """Put the version that waits for review into use: another teacher than its author, or an admin."""
    version = expected_version()
    with db.transaction() as session:
        question = service.approve(
            session,
            actor=current_actor(),
            question_id=question_id,
            expected_version=version,
            now=request_now(),
        )
    return _versioned(question)


@questions.post("/<uuid:question_id>/send-back")
@questions.arguments(SendBackSchema)
@questions.response(200, QuestionSchema)
@questions.problems(VersionRequired, StaleVersion, NotInReview, OwnQuestion, NotFound)
def send_question_back(body: dict[str, Any], question_id: UUID) -> Versioned:
    """Give the version that waits for review back to its author, with a reason."""
    version = expected_version()
    with db.transaction() as session:
        question = service.send_back(
            session,
            actor=current_actor(),
            question_id=question_id,
            expected_version=version,
            reason=body["reason"],
            now=request_now(),
        )
    return _versioned(question)


@questions.post("/<uuid:question_id>/archive")
@questions.response(200, QuestionSchema)
@questions.problems(VersionRequired, StaleVersion, QuestionArchived, Forbidden, NotFound)
def archive_question(question_id: UUID) -> Versioned:
    """Take a question out of the bank; papers that hold it keep it."""
    version = expected_version()
    with db.transaction() as session:
        question = service.archive(
            session,
            actor=current_actor(),
            question_id=question_id,
            expected_version=version,
            now=request_now(),
        )
    return _versioned(question)


@questions.post("/imports")
@questions.response(201, ImportedSchema)
@questions.doc(requestBody={"content": {"text/csv": {}, "application/json": {}}, "required": True})
@questions.problems(UnreadableImport, ImportRefused, NotFound)
def import_questions() -> Response:
    """Write every question of a file as a draft, or none: a bad row refuses the file and each is named."""
    actor, now = current_actor(), request_now()
    file = _file()
    with db.transaction() as session:
        return answer_once(
            session,
            ImportedSchema(),
            lambda: {"questions": service.import_drafts(session, actor=actor, file=file, now=now)},
        )


@questions.post("/imports/examination")
@questions.response(200, ImportExaminationSchema)
@questions.doc(requestBody={"content": {"text/csv": {}, "application/json": {}}, "required": True})
@questions.problems(UnreadableImport, NotFound)
def examine_question_import() -> Any:
    """Say what an import of this file would meet, by line and field; nothing changes."""
    file = _file()
    with db.reading() as session:
        problems = service.examine(session, actor=current_actor(), file=file)
    return {"rows": file.size, "problems": problems}


def _file() -> DraftFile:
    forms = {"text/csv": ImportForm.CSV, "application/json": ImportForm.JSON}
    form = forms.get(request.mimetype)
    if form is None:
        raise UnreadableImport(
            f"{request.mimetype or 'nothing'} is not read; send text/csv or application/json"
        )
    return read_import(request.get_data(), form)


question_images = Blueprint(
    "question_images", __name__, url_prefix="/question-images", description="Figures of questions"
)

_PICTURE = {"schema": {"type": "string", "format": "binary"}}


@question_images.post("")
@question_images.doc(requestBody={"required": True, "content": dict.fromkeys(_PICTURES, _PICTURE)})
@question_images.response(201, StoredImageSchema)
@question_images.problems(ImageRefused, NotFound)
def keep_question_image() -> service.StoredImage:
    """Keep a figure, sent as the body; its key can then be attached to questions."""
    return service.keep_image(storage.current(), actor=current_actor(), data=request.get_data())


@question_images.get("/<digest>")
@question_images.response(200, ImageAddressSchema)
@question_images.problems(NotFound)
def read_question_image(digest: str) -> dict[str, str]:
    """Where the figure ``questions/<digest>.webp`` of a question or a paper can be read now."""
    current_actor()
    key = service.image_key_of(storage.current(), digest)
    with db.reading() as session:
        lifetime = url_lifetime(session)
    return {"url": signer(lifetime)(key)}


blueprints = (questions, question_images)
