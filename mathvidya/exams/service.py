"""What can be done to templates, and the drawing of papers from them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from mathvidya.accounts.models import ClassLevel, CourseLevel
from mathvidya.bank.queries import question_versions, units_of
from mathvidya.bank.service import count_uses
from mathvidya.exams import policy, queries, rules
from mathvidya.exams.assembly.drawing import assemble
from mathvidya.exams.assembly.fields import InvalidTemplate
from mathvidya.exams.assembly.parsing import dump_template
from mathvidya.exams.assembly.shortages import CannotAssemble
from mathvidya.exams.assembly.spec import TemplateSpec
from mathvidya.exams.errors import NoSuchTemplate, TemplateArchived, TemplateCodeTaken
from mathvidya.exams.models import ExamTemplate
from mathvidya.exams.papers import DrawnPaper, freeze
from mathvidya.plans.models import ExamType
from mathvidya.platform import constraints
from mathvidya.platform.actors import Actor
from mathvidya.platform.ids import new_id
from mathvidya.platform.versions import check_version
from mathvidya.system.service import record_act
from workflows.base import JsonObject

constraints.explain(
    "uq_exam_templates_code",
    lambda: TemplateCodeTaken("take another code, or edit the template that has this one"),
)


def create_template(session: Session, *, actor: Actor, document: JsonObject, now: datetime) -> ExamTemplate:
    """Make a template from a blueprint. Raises InvalidTemplateSpec, TemplateCodeTaken."""
    policy.may_write(actor)
    template = ExamTemplate(
        **_columns(_checked(document)), created_by=actor.id, created_at=now, version=1, archived_at=None
    )
    session.add(template)
    session.flush()
    record_act(session, actor, "template.created", subject=("template", template.id), now=now)
    return template


def revise_template(
    session: Session,
    *,
    actor: Actor,
    template_id: UUID,
    expected_version: int,
    document: JsonObject,
    now: datetime,
) -> ExamTemplate:
    """Change a template for papers to come; drawn papers stay as they are.

    Raises StaleVersion, TemplateArchived, InvalidTemplateSpec.
    """
    template = _lock(session, actor, template_id, expected_version)
    spec = _checked(document)
    rules.require_same_code(template, spec)
    for name, value in _columns(spec).items():
        setattr(template, name, value)
    template.version += 1
    session.flush()
    changes: JsonObject = {"version": template.version}
    subject = ("template", template.id)
    record_act(session, actor, "template.updated", subject=subject, now=now, changes=changes)
    return template


def archive_template(
    session: Session, *, actor: Actor, template_id: UUID, expected_version: int, now: datetime
) -> ExamTemplate:
    """Take a template out of use; exams that were drawn from it keep it. Raises StaleVersion."""
    template = _lock(session, actor, template_id, expected_version)
    template.archived_at = now
    template.version += 1
    session.flush()
    record_act(session, actor, "template.archived", subject=("template", template.id), now=now)
    return template


def plant_templates(session: Session, documents: Sequence[JsonObject], *, now: datetime) -> None:
    """Bring in the templates that are missing, by code; one that is there is its admins' to change."""
    rows = [{"id": new_id(), "created_at": now, **_columns(_checked(document))} for document in documents]
    session.execute(insert(ExamTemplate).values(rows).on_conflict_do_nothing(index_elements=["code"]))


def draw_paper(
    session: Session,
    *,
    template_code: str,
    unit: str | None,
    student_class: ClassLevel,
    student_level: CourseLevel | None,
    seen: frozenset[UUID],
    seed: int,
) -> DrawnPaper:
    """Draw and freeze one student's paper, and count the use of its questions.

    ``seen`` are the questions that the student has met: they come again only where nothing fresh fits.
    The same template, bank, ``seen`` and seed give the same paper.
    Raises NoSuchTemplate, UnitNeeded, TemplateCannotBeFilled.
    """
    template = queries.template_by_code(session, template_code)
    rules.require_for(template, student_class, student_level)
    paper = compose_paper(session, template, unit=unit, seen=seen, seed=seed)
    count_uses(session, [(entry.question_id, entry.version) for entry in paper.entries])
    return paper


def compose_paper(
    session: Session, template: ExamTemplate, *, unit: str | None, seen: frozenset[UUID], seed: int
) -> DrawnPaper:
    """A paper as ``draw_paper`` makes it, leaving no trace: for looking at what a template gives.

    Raises UnitNeeded, TemplateCannotBeFilled.
    """
    spec = rules.bind_unit(rules.read_spec(template.spec), unit, units_of(template.class_level))
    index = queries.bank_index(session, spec)
    try:
        paper = assemble(spec, index, seen=seen, seed=seed)
    except CannotAssemble as error:
        raise rules.cannot_be_filled(error) from error
    except InvalidTemplate as error:
        raise rules.as_problem(error) from error
    rows = question_versions(session, [(item.question_id, item.version) for item in paper.items()])
    return freeze(paper, rows, template_id=template.id, template_version=template.version)


def _lock(session: Session, actor: Actor, template_id: UUID, expected_version: int) -> ExamTemplate:
    policy.may_write(actor)
    template = session.execute(
        select(ExamTemplate).where(ExamTemplate.id == template_id).with_for_update(),
        execution_options={"populate_existing": True},
    ).scalar_one_or_none()
    if template is None:
        raise NoSuchTemplate("there is no such template for you")
    policy.may_change(actor, template)
    check_version(template.version, expected_version)
    if template.archived_at is not None:
        raise TemplateArchived("it is kept for the exams that were drawn from it; make a new one")
    return template


def _checked(document: JsonObject) -> TemplateSpec:
    spec = rules.read_spec(document)
    rules.require_known_units(spec, units_of(ClassLevel(spec.class_level.value)))
    return spec


def _columns(spec: TemplateSpec) -> Mapping[str, Any]:
    return {
        "code": spec.code,
        "title": spec.title,
        "exam_type": ExamType(spec.exam_type.value),
        "class_level": ClassLevel(spec.class_level.value),
        "course_level": CourseLevel(spec.course_level.value) if spec.course_level else None,
        "minutes": spec.minutes,
        "spec": dump_template(spec),
    }
