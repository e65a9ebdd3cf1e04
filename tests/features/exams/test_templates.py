from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from mathvidya.bank.models import QuestionType
from mathvidya.exams import queries, service
from mathvidya.exams.errors import InvalidTemplateSpec, NoSuchTemplate, TemplateArchived, TemplateCodeTaken
from mathvidya.exams.models import ExamTemplate
from mathvidya.platform import db
from mathvidya.platform.actors import Actor
from mathvidya.platform.errors import Forbidden, StaleVersion
from tests.factories import (
    MONDAY_TEN,
    actor_of,
    make_admin,
    make_class_x_student,
    make_content,
    make_parent,
    make_question,
    make_student,
    make_teacher,
    make_template,
    template_document,
)

LATER = MONDAY_TEN + timedelta(hours=1)


@pytest.fixture
def teacher(session: Session) -> Actor:
    return actor_of(make_teacher(session))


def create(session: Session, actor: Actor, **values: Any) -> ExamTemplate:
    return service.create_template(session, actor=actor, document=template_document(**values), now=MONDAY_TEN)


def revise(
    session: Session, actor: Actor, template: ExamTemplate, version: int, **values: Any
) -> ExamTemplate:
    return service.revise_template(
        session,
        actor=actor,
        template_id=template.id,
        expected_version=version,
        document=template_document(**values),
        now=LATER,
    )


def archive(session: Session, actor: Actor, template: ExamTemplate) -> ExamTemplate:
    return service.archive_template(
        session,
        actor=actor,
        template_id=template.id,
        expected_version=template.version,
        now=LATER,
    )


def listed(session: Session, actor: Actor) -> list[str]:
    return [each.code for each in queries.list_templates(session, actor, limit=100, after=None).items]


def test_a_revised_template_is_the_next_version(session: Session, teacher: Actor) -> None:
    template = create(session, teacher)
    revise(session, teacher, template, 1, minutes=25)
    assert (template.version, template.minutes, template.spec["minutes"]) == (2, 25, 25)


def test_a_stale_edit_is_refused(session: Session, teacher: Actor) -> None:
    template = create(session, teacher)
    revise(session, teacher, template, 1)
    with pytest.raises(StaleVersion) as refusal:
        revise(session, teacher, template, 1)
    assert refusal.value.extra["current_version"] == 2


BROKEN = [
    ({"minutes": 0}, "minutes"),
    ({"unit": "Algebra"}, "unit"),
    ({"sections": []}, "sections"),
    ({"surprise": 1}, "surprise"),
    ({"exam_type": "board_exam", "unit_marks": {"Geometry": 5}}, "unit_marks.Geometry"),
    ({"exam_type": "board_exam", "unit_marks": {"Algebra": 4}}, "unit_marks"),
]


@pytest.mark.parametrize(("values", "place"), BROKEN)
def test_a_broken_blueprint_names_the_place(
    session: Session, teacher: Actor, values: dict[str, Any], place: str
) -> None:
    with pytest.raises(InvalidTemplateSpec) as refusal:
        create(session, teacher, **values)
    assert list(refusal.value.extra["errors"]) == [place]


def test_a_code_is_for_ever(session: Session, teacher: Actor) -> None:
    template = create(session, teacher)
    with pytest.raises(InvalidTemplateSpec, match="code"):
        revise(session, teacher, template, 1, code="another")


def test_a_code_is_taken_once(session: Session, teacher: Actor) -> None:
    create(session, teacher)
    with pytest.raises(TemplateCodeTaken), db.transaction() as other:
        create(other, teacher)


def test_an_archived_template_is_neither_listed_nor_drawn_nor_edited(
    session: Session, teacher: Actor
) -> None:
    template = archive(session, teacher, create(session, teacher))
    assert listed(session, teacher) == []
    with pytest.raises(NoSuchTemplate):
        queries.template_by_code(session, template.code)
    with pytest.raises(TemplateArchived):
        revise(session, teacher, template, 2)


def test_a_teacher_edits_the_own_template_and_an_admin_any(session: Session, teacher: Actor) -> None:
    planted = make_template(session, template_document("planted"))
    with pytest.raises(Forbidden):
        archive(session, teacher, planted)
    archive(session, actor_of(make_admin(session)), planted)


def test_students_see_what_they_can_sit_and_write_nothing(session: Session, teacher: Actor) -> None:
    twelve = create(session, teacher)
    ten = create(session, teacher, code="ten", class_level="X", course_level="standard")
    create(session, teacher, code="basic", class_level="X", course_level="basic")
    student = actor_of(make_student(session))
    assert listed(session, student) == [twelve.code]
    assert listed(session, actor_of(make_class_x_student(session))) == [ten.code]
    assert listed(session, actor_of(make_parent(session))) == []
    assert queries.template_for_actor(session, student, twelve.id) is twelve
    with pytest.raises(NoSuchTemplate):
        queries.template_for_actor(session, student, ten.id)
    with pytest.raises(NoSuchTemplate):
        create(session, student, code="own")


def test_a_preview_says_what_is_lacking_and_what_is_scarce(session: Session, teacher: Actor) -> None:
    template = create(session, teacher)
    for type_ in (QuestionType.MCQ, QuestionType.MCQ, QuestionType.MCQ, QuestionType.SA):
        make_question(session, make_content(type_))
    found = queries.feasibility(session, template, None)
    assert not found.fillable
    assert [(each.type, each.needed, each.available) for each in found.shortages] == [("SA", 2, 1)]
    make_question(session, make_content(QuestionType.SA))
    found = queries.feasibility(session, template, None)
    assert found.fillable
    assert [(each.type, each.available) for each in found.supplies] == [("SA", 2), ("MCQ", 3)]
