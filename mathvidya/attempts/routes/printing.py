"""HTTP of the question paper on paper."""

from uuid import UUID

import orjson
from flask import Response

from mathvidya.attempts import queries
from mathvidya.attempts.errors import ExamNotStarted
from mathvidya.attempts.printing import print_paper
from mathvidya.attempts.schemas.exams import PrintArguments
from mathvidya.platform import db, storage
from mathvidya.platform.errors import Forbidden, NotFound, TooMany
from mathvidya.platform.http.blueprint import Blueprint
from mathvidya.platform.http.context import current_actor
from mathvidya.platform.http.limits import limiter
from mathvidya.platform.http.pdf import MEDIA_TYPE, pdf_response

printing_blueprint = Blueprint("printing", __name__, url_prefix="/exams", description="Papers to be printed")


@printing_blueprint.get("/<uuid:exam_id>/paper.pdf")
@printing_blueprint.arguments(PrintArguments, location="query")
@printing_blueprint.response(200, description="The question paper on A4", content_type=MEDIA_TYPE)
@printing_blueprint.problems(Forbidden, NotFound, ExamNotStarted, TooMany)
@limiter.limit("20/minute")  # each sets a paper anew, half a second of a core
def print_exam_paper(wanted: dict[str, str], exam_id: UUID) -> Response:
    """The paper as the board prints one, once the exam has been started; or its written part alone."""
    with db.statement() as cursor:
        paper = queries.stored_paper(cursor, actor=current_actor(), exam_id=exam_id, known=[])
    snapshot = orjson.loads(paper.text or "{}")
    pdf = print_paper(storage.current(), snapshot, written_only=wanted["part"] == "written")
    return pdf_response(pdf, f"paper-{exam_id}.pdf")
