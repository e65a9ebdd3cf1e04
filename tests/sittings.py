"""Small papers for tests of sittings: questions 1 to 3 by choice, 4 and 5 in writing, 8 marks."""

import hashlib
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.accounts.models import ClassLevel, Consent, User
from mathvidya.attempts import service
from mathvidya.attempts.models import AnswerSheetUpload, ExamInstance, ExamState, UploadSlot
from mathvidya.bank.models import CognitiveLevel, Difficulty, Question, QuestionStatus, QuestionType
from mathvidya.exams.models import ExamTemplate
from mathvidya.exams.papers import sha256
from mathvidya.exams.service import plant_templates
from mathvidya.plans.models import ExamType, Subscription, SubscriptionPlan
from tests.factories import (
    MONDAY_TEN,
    actor_of,
    link_parent,
    make_parent,
    make_plan,
    make_student,
    make_subscription,
)
from workflows.base import JsonObject, new_id

MINUTES = 60
END = MONDAY_TEN + timedelta(minutes=MINUTES)
ACCEPTS_UNTIL = END + timedelta(minutes=5)
UPLOAD_ENDS = ACCEPTS_UNTIL + timedelta(minutes=30)

RIGHT = {1: "A", 2: "B", 3: "C"}
WRITTEN = {4: "2", 5: "3"}


def at(minutes: float) -> datetime:
    """So many minutes after the start."""
    return MONDAY_TEN + timedelta(minutes=minutes)


def subscribe(session: Session, student: User, **plan: Any) -> Subscription:
    """A subscription of the student's own, to the one plan of the test unless another is described."""
    kept = None if plan else session.scalars(select(SubscriptionPlan)).first()
    return make_subscription(session, student, kept or make_plan(session, **plan))


def consent(session: Session, student: User) -> User:
    """A parent who has consented."""
    parent = make_parent(session)
    link_parent(session, parent, student)
    session.add(
        Consent(
            id=new_id(),
            parent_id=parent.id,
            student_id=student.id,
            notice_version="1",
            method="link_code",
            evidence={},
            given_at=MONDAY_TEN,
        )
    )
    session.flush()
    return parent


def make_exam(
    session: Session, student: User | None = None, *, written: bool = True, **values: Any
) -> ExamInstance:
    """An exam that has been drawn and waits to be started."""
    student = student or make_student(session)
    subscription = session.scalars(
        select(Subscription).where(Subscription.student_id == student.id)
    ).first() or subscribe(session, student)
    snapshot, key = _snapshot(written), _key(written)
    exam = ExamInstance(
        **{
            "id": new_id(),
            "code": f"E-{new_id().hex[-8:]}",
            "student_id": student.id,
            "subscription_id": subscription.id,
            "template_id": _any_template(session).id,
            "template_version": 1,
            "exam_type": ExamType.BOARD_EXAM if written else ExamType.SECTION_MCQ,
            "class_level": ClassLevel.XII,
            "seed": 7,
            "state": ExamState.CREATED,
            "sla_policy": {"unit": "working_day", "amount": 1},
            "exam_snapshot": snapshot,
            "exam_key": key,
            "snapshot_schema": 1,
            "paper_sha256": sha256(snapshot),
            "key_sha256": sha256(key),
            "written_numbers": list(WRITTEN) if written else [],
            "choice_labels": {str(number): ["A", "B", "C", "D"] for number in RIGHT},
            "minutes": MINUTES,
            "extra_minutes": 0,
            "created_at": MONDAY_TEN,
            "possible_score": Decimal(8 if written else 3),
            "version": 1,
            **values,
        }
    )
    session.add(exam)
    session.flush()
    return exam


def start(session: Session, exam: ExamInstance, now: datetime = MONDAY_TEN) -> ExamInstance:
    """Start the exam as its student."""
    return service.start_exam(session, actor=actor_of(student_of(session, exam)), exam_id=exam.id, now=now)


def student_of(session: Session, exam: ExamInstance) -> User:
    """Who sits the exam."""
    return session.get_one(User, exam.student_id)


def add_sheet(
    session: Session, exam: ExamInstance, page: int, *numbers: int, **values: Any
) -> AnswerSheetUpload:
    """A page that says it answers ``numbers``."""
    digest = hashlib.sha256(f"{exam.id}/{page}".encode()).digest()
    slot = UploadSlot(
        id=new_id(),
        exam_id=exam.id,
        page_number=page,
        object_key=f"sheets/{new_id()}",
        media_type="image/jpeg",
        size_bytes=1000,
        sha256=digest,
        issued_at=MONDAY_TEN,
        expires_at=at(15),
    )
    session.add(slot)
    session.flush()
    sheet = AnswerSheetUpload(
        **{
            "id": new_id(),
            "exam_id": exam.id,
            "slot_id": slot.id,
            "page_number": page,
            "page_in_file": 1,
            "question_numbers": list(numbers),
            "original_key": slot.object_key,
            "media_type": "image/jpeg",
            "size_bytes": 1000,
            "sha256": digest,
            "view_sha256": digest,
            "full_key": "full",
            "half_key": "half",
            "thumbnail_key": "thumbnail",
            "width": 1000,
            "height": 1400,
            "sharpness": 200.0,
            "brightness": 180.0,
            "is_blurred": False,
            "is_dark": False,
            "uploaded_at": at(1),
            **values,
        }
    )
    session.add(sheet)
    session.flush()
    return sheet


def plant_bank(session: Session, *, questions: int = 12) -> None:
    """A bank of short questions, and two templates over it: ``small-mcq`` and ``small-mixed``."""
    for number in range(questions):
        session.add(_question(number, QuestionType.MCQ, marks=1))
        session.add(_question(number, QuestionType.VSA, marks=2))
    session.flush()
    plant_templates(
        session,
        [
            _template("small-mcq", ExamType.SECTION_MCQ, [("MCQ", 3, 1)]),
            _template("small-mixed", ExamType.BOARD_EXAM, [("MCQ", 3, 1), ("VSA", 2, 2)]),
        ],
        now=MONDAY_TEN,
    )


def _question(number: int, kind: QuestionType, marks: int) -> Question:
    identity = new_id()
    by_choice = kind is QuestionType.MCQ
    return Question(
        id=identity,
        question_id=identity,
        version=1,
        is_current=True,
        type=kind,
        class_level=ClassLevel.XII,
        levels=[],
        unit="Algebra",
        chapter="Matrices",
        marks=marks,
        cognitive_level=CognitiveLevel.APPLY,
        difficulty=Difficulty.EASY,
        tags=[],
        status=QuestionStatus.ACTIVE,
        approved_at=MONDAY_TEN,
        text=f"What is ${number} + 1$?",
        choices=[{"label": label, "text": f"${place}$"} for place, label in enumerate("ABCD")]
        if by_choice
        else [],
        correct_choices=["B"] if by_choice else [],
        solution="SOLUTION",
        scheme={} if by_choice else {"steps": [{"marks": str(marks), "text": "SCHEME"}]},
        parts=[],
    )


def _template(code: str, exam_type: ExamType, groups: list[tuple[str, int, int]]) -> JsonObject:
    return {
        "code": code,
        "title": "A small paper",
        "exam_type": exam_type.value,
        "class_level": "XII",
        "course_level": None,
        "minutes": MINUTES,
        "instructions": ["Answer all questions."],
        "sections": [
            {
                "section": "A",
                "groups": [
                    {"type": kind, "count": count, "marks_each": marks, "choices": 0, "patterns": None}
                    for kind, count, marks in groups
                ],
            }
        ],
        "unit_marks": None,
        "cognitive": None,
        "difficulty": None,
        "unit": None,
    }


def _any_template(session: Session) -> ExamTemplate:
    found = session.scalars(select(ExamTemplate)).first()
    if found is None:
        found = ExamTemplate(
            id=new_id(),
            code="any",
            title="Any paper",
            exam_type=ExamType.BOARD_EXAM,
            class_level=ClassLevel.XII,
            minutes=MINUTES,
            spec={},
        )
        session.add(found)
        session.flush()
    return found


def _snapshot(written: bool) -> JsonObject:
    chosen = [_shown(number, "MCQ", "1", list("ABCD")) for number in RIGHT]
    in_writing = [_shown(number, "VSA", marks, []) for number, marks in WRITTEN.items()] if written else []
    return {
        "schema": 1,
        "template": "small",
        "title": "A small paper",
        "class_level": "XII",
        "course_level": None,
        "exam_type": "board_exam" if written else "section_mcq",
        "unit": None,
        "minutes": MINUTES,
        "marks": "8" if written else "3",
        "instructions": ["Answer all."],
        "sections": [{"section": "A", "title": "", "questions": [*chosen, *in_writing]}],
    }


def _shown(number: int, kind: str, marks: str, labels: list[str]) -> JsonObject:
    return {
        "number": number,
        "type": kind,
        "marks": marks,
        "unit": "Algebra",
        "chapter": "Matrices",
        "text": f"Question {number}",
        "image": None,
        "choices": [{"label": label, "text": f"${label}$"} for label in labels],
        "assertion": None,
        "reason": None,
        "parts": [],
        "alternative": None,
    }


def _key(written: bool) -> JsonObject:
    chosen = [_answer(number, "MCQ", "1", [right]) for number, right in RIGHT.items()]
    in_writing = [_answer(number, "VSA", marks, []) for number, marks in WRITTEN.items()] if written else []
    return {"schema": 1, "questions": [*chosen, *in_writing]}


def _answer(number: int, kind: str, marks: str, right: list[str]) -> JsonObject:
    return {
        "number": number,
        "type": kind,
        "marks": marks,
        "question_id": str(new_id()),
        "version": 1,
        "choices": right,
        "solution": "SOLUTION",
        "scheme": {} if right else {"steps": [{"marks": marks, "text": "SCHEME"}]},
        "parts": [],
        "alternative": None,
    }
