"""Reads of templates, and of the bank as assembly sees it."""

from uuid import UUID

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from mathvidya.accounts.models import ClassLevel, CourseLevel, User
from mathvidya.bank.queries import drawable, units_of
from mathvidya.exams import rules
from mathvidya.exams.assembly.cells import BankIndex, Cell, Item
from mathvidya.exams.assembly.fields import InvalidTemplate
from mathvidya.exams.assembly.preview import Feasibility, preview
from mathvidya.exams.assembly.spec import TemplateSpec
from mathvidya.exams.errors import NoSuchTemplate
from mathvidya.exams.models import ExamTemplate
from mathvidya.platform.actors import Actor, Role
from mathvidya.platform.http.pages import Page, newest_first


def template_by_code(session: Session, code: str) -> ExamTemplate:
    """The template that exams are drawn from under this code. Raises NoSuchTemplate."""
    rows = select(ExamTemplate).where(ExamTemplate.code == code, ExamTemplate.archived_at.is_(None))
    found = session.execute(rows).scalar_one_or_none()
    if found is None:
        raise NoSuchTemplate(f"there is no template {code}")
    return found


def template_for_actor(session: Session, actor: Actor, template_id: UUID) -> ExamTemplate:
    """A template within the actor's scope. Raises NoSuchTemplate."""
    rows = select(ExamTemplate).where(ExamTemplate.id == template_id, *_scope(actor))
    found = session.execute(rows).scalar_one_or_none()
    if found is None:
        raise NoSuchTemplate("there is no such template for you")
    return found


def list_templates(session: Session, actor: Actor, *, limit: int, after: UUID | None) -> Page[ExamTemplate]:
    """A page of the templates within the actor's scope, newest first; archived ones are left out."""
    rows = select(ExamTemplate).where(ExamTemplate.archived_at.is_(None), *_scope(actor))
    return newest_first(session, rows, ExamTemplate.id, limit=limit, after=after)


def feasibility(session: Session, template: ExamTemplate, unit: str | None) -> Feasibility:
    """Whether the bank can fill a template for a student who has seen nothing, and where it is scarce.

    Raises UnitNeeded, and InvalidTemplateSpec for a blueprint that no bank could fill.
    """
    spec = rules.bind_unit(rules.read_spec(template.spec), unit, units_of(template.class_level))
    try:
        return preview(spec, bank_index(session, spec))
    except InvalidTemplate as error:
        raise rules.as_problem(error) from error


def bank_index(session: Session, spec: TemplateSpec) -> BankIndex:
    """The questions that a paper of the blueprint's class and level may hold, by cell."""
    level = CourseLevel(spec.course_level.value) if spec.course_level else None
    rows = drawable(session, ClassLevel(spec.class_level.value), level)
    return BankIndex.build(
        Item(
            row.question_id,
            row.version,
            Cell(
                unit=row.unit,
                chapter=row.chapter,
                type=row.type.value,
                marks=row.marks,
                difficulty=row.difficulty.value,
                cognitive=row.cognitive_level.value,
                pattern=row.pattern,
            ),
            row.uses,
        )
        for row in rows
    )


def _scope(actor: Actor) -> list[ColumnElement[bool]]:
    """Staff see every template, students those of their class and course, parents none."""
    if actor.has_role(Role.TEACHER, Role.ADMIN):
        return []
    of_student = exists().where(
        User.id == actor.id,
        User.class_level == ExamTemplate.class_level,
        User.course_level.is_not_distinct_from(ExamTemplate.course_level),
    )
    return [of_student]
