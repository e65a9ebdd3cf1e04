"""A house with somebody in every role and something of every kind, for tests that walk all routes.

Each thing belongs to ``student``, whose parent is ``parent``, or to ``teacher``; the others are strangers.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.accounts import passwords
from mathvidya.accounts.models import ParentStudentMapping, User
from mathvidya.accounts.service import Device, Grant, issue_code, sign_in
from mathvidya.attempts.models import ExamInstance, PageRequest
from mathvidya.bank.models import QuestionStatus
from mathvidya.evaluation.service.asides import ask_colleague
from mathvidya.exams.models import ExamTemplate
from mathvidya.notices.models import NoticeCategory, Notification
from mathvidya.plans.models import Subscription
from mathvidya.platform import clock, storage
from mathvidya.platform.storage.opening import storage_from
from mathvidya.system.models import Holiday, HolidayType, WorkingCalendarRow
from tests.desks import waiting
from tests.factories import (
    MONDAY_TEN,
    actor_of,
    make_admin,
    make_question,
    make_student,
    make_teacher,
)
from tests.scripts import Script, make_script
from tests.sittings import add_sheet, consent, make_exam, plant_bank, subscribe
from workflows.base import new_id

PASSWORD = "a password of nobody"
NOBODY = "nobody"
PEOPLE = (
    NOBODY,
    "student",
    "other student",
    "parent",
    "other parent",
    "teacher",
    "other teacher",
    "admin",
)


@dataclass(frozen=True)
class World:
    """People by what they are to the things; things by the names that routes give them.

    ``sitting`` is drawn and not yet started; ``script`` is being marked by ``teacher``.
    """

    people: Mapping[str, User]
    things: Mapping[str, Any]
    script: Script
    sitting: ExamInstance
    refresh_token: str
    link_code: str


@contextmanager
def monday_ten(app: Flask, folder: Path) -> Iterator[None]:
    """The application's clock at the moment of the factories, and a store of its own."""
    clock.use_offset_file(folder / "clock")
    clock.move_to(MONDAY_TEN)
    storage.use(storage_from(app.config["SETTINGS"]))
    yield
    clock.use_offset_file(None)


def make_world(session: Session) -> World:
    people = _people(session)
    student, teacher = people["student"], people["teacher"]
    script = make_script(session, student=student, teacher=teacher)
    subscribe(session, people["other student"])
    sitting = make_exam(session, student, created_at=MONDAY_TEN)
    grant = _grant(session, student)
    waiting(session)
    code = issue_code(session, actor=actor_of(student), now=MONDAY_TEN).code
    things = {
        **_papers(session, teacher),
        **_of_the_family(session, people, sitting),
        **_of_the_house(session),
        "exam_id": sitting.id,
        "handed_in_id": script.exam.id,
        "request_id": _page_request(session, script),
        "evaluation_id": script.evaluation.id,
        "consultation_id": _consultation(session, script),
        "session_id": grant.session.id,
        "number": 1,
    }
    return World(people, things, script, sitting, grant.refresh_token, code)


def _people(session: Session) -> dict[str, User]:
    student = make_student(
        session, full_name="Asha Unmistakable", password_hash=passwords.make_hash(PASSWORD)
    )
    other = make_student(session)
    return {
        "student": student,
        "other student": other,
        "parent": consent(session, student),
        "other parent": consent(session, other),
        "teacher": make_teacher(session),
        "other teacher": make_teacher(session),
        "admin": make_admin(session),
    }


def _grant(session: Session, person: User) -> Grant:
    device = Device("a browser", "192.0.2.1")
    grant = sign_in(
        session,
        email=person.email,
        password=PASSWORD,
        device=device,
        lifetime=timedelta(days=1),
        now=MONDAY_TEN,
    )
    assert isinstance(grant, Grant)
    return grant


def _papers(session: Session, author: User) -> dict[str, Any]:
    """A draft and a question in review, and a template, by a teacher; and a bank to draw from."""
    plant_bank(session)
    template = session.scalars(select(ExamTemplate).where(ExamTemplate.code == "small-mcq")).one()
    template.created_by = author.id
    unused: dict[str, Any] = {"created_by": author.id, "approved_at": None}
    draft = make_question(session, status=QuestionStatus.DRAFT, **unused)
    in_review = make_question(session, status=QuestionStatus.IN_REVIEW, **unused)
    return {
        "template_id": template.id,
        "question_id": draft.question_id,
        "in_review_id": in_review.question_id,
        "version": 1,
    }


def _of_the_family(session: Session, people: Mapping[str, User], sitting: ExamInstance) -> dict[str, Any]:
    student = people["student"]
    sheet = add_sheet(session, sitting, 1, 4)
    notice = Notification(
        id=new_id(),
        user_id=student.id,
        category=NoticeCategory.PAGE_REQUEST,
        event_key="one",
        title="A page",
        body="is asked for",
        created_at=MONDAY_TEN,
    )
    session.add(notice)
    of_parent = ParentStudentMapping.parent_id == people["parent"].id
    session.flush()
    return {
        "student_id": student.id,
        "person_id": student.id,
        "sheet_id": sheet.id,
        "slot_id": sheet.slot_id,
        "notification_id": notice.id,
        "link_id": session.scalars(select(ParentStudentMapping.id).where(of_parent)).one(),
        "subscription_id": session.scalars(
            select(Subscription.id).where(Subscription.student_id == student.id)
        ).one(),
    }


def _of_the_house(session: Session) -> dict[str, Any]:
    calendar = session.scalars(select(WorkingCalendarRow)).first()
    assert calendar is not None
    holiday = Holiday(
        id=new_id(),
        calendar_id=calendar.id,
        date=date(2026, 7, 15),
        name="A day off",
        type=HolidayType.REGIONAL,
        is_estimate=True,
        source="admin",
    )
    session.add(holiday)
    session.flush()
    return {
        "holiday_id": holiday.id,
        "code": calendar.code,
        "day": "2026-07-16",
        "key": "leaderboard_top_n",
        "name": "centum",
    }


def _consultation(session: Session, script: Script) -> Any:
    asked = ask_colleague(
        session,
        actor=script.actor,
        evaluation_id=script.evaluation.id,
        number=2,
        sheet_id=script.sheets[0].id,
        question="Is this step right?",
        lease_token=script.token,
        now=MONDAY_TEN,
    )
    return asked.id


def _page_request(session: Session, script: Script) -> Any:
    wanted = PageRequest(
        id=new_id(),
        exam_id=script.exam.id,
        sheet_id=script.sheets[0].id,
        requested_at=MONDAY_TEN,
        answer_by=MONDAY_TEN + timedelta(days=7),
    )
    session.add(wanted)
    session.flush()
    return wanted.id
