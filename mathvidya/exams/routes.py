"""HTTP of templates: students see what they can sit, staff write and preview."""

from typing import Any
from uuid import UUID

from flask import Response

from mathvidya.exams import policy, queries, service
from mathvidya.exams.assembly.preview import Feasibility
from mathvidya.exams.errors import (
    InvalidTemplateSpec,
    NoSuchTemplate,
    TemplateArchived,
    TemplateCannotBeFilled,
    TemplateCodeTaken,
    UnitNeeded,
)
from mathvidya.exams.models import ExamTemplate
from mathvidya.exams.schemas import (
    FeasibilitySchema,
    PreviewArguments,
    SampleArguments,
    SampleSchema,
    TemplateDocumentSchema,
    TemplateSchema,
    TemplateSummarySchema,
)
from mathvidya.platform import db
from mathvidya.platform.errors import Forbidden, StaleVersion, VersionRequired
from mathvidya.platform.http.blueprint import Blueprint
from mathvidya.platform.http.context import current_actor, request_now
from mathvidya.platform.http.idempotency import answer_once
from mathvidya.platform.http.pages import Page, PageArguments, page_schema
from mathvidya.platform.http.versions import etag, expected_version

templates = Blueprint("templates", __name__, url_prefix="/templates", description="Blueprints of papers")

Versioned = tuple[ExamTemplate, int, dict[str, str]]


def _versioned(template: ExamTemplate) -> Versioned:
    return template, 200, etag(template.version)


@templates.get("")
@templates.arguments(PageArguments, location="query")
@templates.response(200, page_schema(TemplateSummarySchema))
def list_templates(page: dict[str, Any]) -> Page[ExamTemplate]:
    """The templates in use: to a student those of the own class and course."""
    with db.reading() as session:
        return queries.list_templates(session, current_actor(), **page)


@templates.post("")
@templates.arguments(TemplateDocumentSchema)
@templates.response(201, TemplateSchema)
@templates.problems(InvalidTemplateSpec, TemplateCodeTaken, NoSuchTemplate)
def create_template(body: dict[str, Any]) -> Response:
    """Make a template from a blueprint."""
    actor, now = current_actor(), request_now()
    with db.transaction() as session:
        return answer_once(
            session,
            TemplateSchema(),
            lambda: service.create_template(session, actor=actor, document=body["spec"], now=now),
        )


@templates.get("/<uuid:template_id>")
@templates.response(200, TemplateSchema)
@templates.problems(NoSuchTemplate)
def read_template(template_id: UUID) -> Versioned:
    """A template with its blueprint."""
    with db.reading() as session:
        return _versioned(queries.template_for_actor(session, current_actor(), template_id))


@templates.put("/<uuid:template_id>")
@templates.arguments(TemplateDocumentSchema)
@templates.response(200, TemplateSchema)
@templates.problems(
    InvalidTemplateSpec, VersionRequired, StaleVersion, TemplateArchived, Forbidden, NoSuchTemplate
)
def revise_template(body: dict[str, Any], template_id: UUID) -> Versioned:
    """Change a template for papers to come."""
    version = expected_version()
    with db.transaction() as session:
        template = service.revise_template(
            session,
            actor=current_actor(),
            template_id=template_id,
            expected_version=version,
            document=body["spec"],
            now=request_now(),
        )
    return _versioned(template)


@templates.post("/<uuid:template_id>/archive")
@templates.response(200, TemplateSchema)
@templates.problems(VersionRequired, StaleVersion, TemplateArchived, Forbidden, NoSuchTemplate)
def archive_template(template_id: UUID) -> Versioned:
    """Take a template out of use."""
    version = expected_version()
    with db.transaction() as session:
        template = service.archive_template(
            session,
            actor=current_actor(),
            template_id=template_id,
            expected_version=version,
            now=request_now(),
        )
    return _versioned(template)


@templates.get("/<uuid:template_id>/preview")
@templates.arguments(PreviewArguments, location="query")
@templates.response(200, FeasibilitySchema)
@templates.problems(UnitNeeded, InvalidTemplateSpec, NoSuchTemplate)
def preview_template(arguments: dict[str, Any], template_id: UUID) -> Feasibility:
    """Whether the bank can fill a template, what it lacks, and where it is scarce."""
    actor = current_actor()
    policy.may_write(actor)
    with db.reading() as session:
        template = queries.template_for_actor(session, actor, template_id)
        return queries.feasibility(session, template, arguments["unit"])


@templates.get("/<uuid:template_id>/sample")
@templates.arguments(SampleArguments, location="query", as_kwargs=True)
@templates.response(200, SampleSchema)
@templates.problems(UnitNeeded, TemplateCannotBeFilled, InvalidTemplateSpec, NoSuchTemplate)
def sample_paper(template_id: UUID, unit: str | None, seed: int) -> dict[str, Any]:
    """A paper as a student who has seen nothing would draw it, with its key; nothing is kept or counted."""
    actor = current_actor()
    policy.may_write(actor)
    with db.reading() as session:
        template = queries.template_for_actor(session, actor, template_id)
        paper = service.compose_paper(session, template, unit=unit, seen=frozenset(), seed=seed)
    return {"seed": seed, "paper": paper.snapshot, "key": paper.key, "written_numbers": paper.written_numbers}


blueprints = (templates,)
