"""Scripts for tests: a small handed-in paper, its pages, and the teacher who has it in hand.

Five numbers, with their marks: 1 an MCQ (1), 2 a VSA with a second method (2), 3 an SA with an OR (3),
4 a case study whose third part has an OR (4), 5 a VSA that the student declared unanswered (2).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.accounts.models import ClassLevel, User
from mathvidya.attempts.models import (
    AnswerSheetUpload,
    ExamInstance,
    ExamState,
    HandedInBy,
    StudentMcqAnswer,
    UnansweredQuestion,
    UploadSlot,
)
from mathvidya.evaluation.models import Evaluation, EvaluationState
from mathvidya.evaluation.rules.marks import Alternative, StepKey
from mathvidya.evaluation.service.marking import Saved, SentMark, save_mark
from mathvidya.evaluation.service.moving import SUBJECT
from mathvidya.exams.models import ExamTemplate
from mathvidya.exams.papers import sha256
from mathvidya.plans.models import ExamType, SubscriptionPlan
from mathvidya.platform.actors import Actor
from mathvidya.system.models import WorkingCalendarRow
from mathvidya.system.queries import working_calendar
from mathvidya.system.service.planting import plant_reference
from tests.factories import (
    MONDAY_TEN,
    actor_of,
    make_plan,
    make_student,
    make_subscription,
    make_teacher,
)
from workflows import clocks, leases
from workflows.base import JsonObject, new_id
from workflows.sla import Policy, PolicyUnit

HANDED_IN = MONDAY_TEN - timedelta(hours=1)
POSSIBLE = Decimal(12)


def steps_document(*marks: str) -> list[JsonObject]:
    return [{"marks": each, "text": f"step {number}"} for number, each in enumerate(marks, start=1)]


def scheme_document(*marks: str, other: tuple[str, ...] = ()) -> JsonObject:
    alternatives = [{"title": "by symmetry", "steps": steps_document(*other)}] if other else []
    return {"steps": steps_document(*marks), "alternatives": alternatives, "follow_through": None}


def key_entry(kind: str, marks: str, **values: Any) -> JsonObject:
    return {
        "type": kind,
        "marks": marks,
        "question_id": str(new_id()),
        "version": 1,
        "choices": [],
        "solution": f"the solution of a {kind}",
        "scheme": {},
        "parts": [],
        **values,
    }


def key_part(label: str, marks: str, *steps: str, alternative: JsonObject | None = None) -> JsonObject:
    scheme = scheme_document(*steps)
    return {"label": label, "marks": marks, "solution": "", "scheme": scheme, "alternative": alternative}


def key_document() -> JsonObject:
    return {
        "schema": 1,
        "questions": [
            {"number": 1, **key_entry("MCQ", "1", choices=["B"]), "alternative": None},
            {
                "number": 2,
                **key_entry("VSA", "2", scheme=scheme_document("1", "1", other=("0.5", "1.5"))),
                "alternative": None,
            },
            {
                "number": 3,
                **key_entry("SA", "3", scheme=scheme_document("1", "2")),
                "alternative": key_entry("SA", "3", scheme=scheme_document("1.5", "1.5")),
            },
            {"number": 4, **case_study_entry(), "alternative": None},
            {"number": 5, **key_entry("VSA", "2", scheme=scheme_document("2")), "alternative": None},
        ],
    }


def case_study_entry() -> JsonObject:
    third = key_part(
        "iii", "2", "1", "1", alternative={"solution": "", "scheme": scheme_document("0.5", "1.5")}
    )
    return key_entry("CASE_STUDY", "4", parts=[key_part("i", "1", "1"), key_part("ii", "1", "1"), third])


def snapshot_document() -> JsonObject:
    kinds = {1: ("MCQ", "1"), 2: ("VSA", "2"), 3: ("SA", "3"), 4: ("CASE_STUDY", "4"), 5: ("VSA", "2")}
    questions = [
        {
            "number": number,
            "type": kind,
            "marks": marks,
            "unit": "Algebra",
            "chapter": "Matrices",
            "text": f"question {number}",
            "image": None,
            "choices": [{"label": label, "text": label} for label in "ABCD"] if kind == "MCQ" else [],
            "assertion": None,
            "reason": None,
            "parts": [],
            "alternative": None,
        }
        for number, (kind, marks) in kinds.items()
    ]
    return {
        "schema": 1,
        "template": "short",
        "title": "A short paper",
        "class_level": "XII",
        "course_level": None,
        "exam_type": "board_exam",
        "unit": None,
        "minutes": 30,
        "marks": "12",
        "instructions": [],
        "sections": [
            {"section": "A", "title": "Multiple choice", "questions": questions[:1]},
            {"section": "B", "title": "Written", "questions": questions[1:]},
        ],
    }


@dataclass(frozen=True)
class Script:
    """A script in a teacher's hands."""

    exam: ExamInstance
    evaluation: Evaluation
    sheets: tuple[AnswerSheetUpload, ...]
    student: User
    teacher: User
    token: int

    @property
    def actor(self) -> Actor:
        return actor_of(self.teacher)


def make_script(session: Session, *, student: User | None = None, teacher: User | None = None) -> Script:
    _plant_calendar(session)
    student = student or make_student(session, full_name="Asha Unmistakable")
    teacher = teacher or make_teacher(session)
    exam = _handed_in_exam(session, student)
    sheets = (_sheet(session, exam, 1, [2, 3]), _sheet(session, exam, 2, [3, 4]))
    evaluation = _evaluation_of(session, exam, teacher)
    token = leases.claim(
        session, subject_type=SUBJECT, subject_id=evaluation.id, holder_id=teacher.id, minutes=45
    )
    return Script(exam, evaluation, sheets, student, teacher, token)


def _plant_calendar(session: Session) -> None:
    if session.scalars(select(WorkingCalendarRow.id)).first() is None:
        plant_reference(session, now=HANDED_IN)


def _handed_in_exam(session: Session, student: User) -> ExamInstance:
    plan = session.scalars(select(SubscriptionPlan)).first() or make_plan(session)
    snapshot, key = snapshot_document(), key_document()
    exam = ExamInstance(
        id=new_id(),
        code=f"E-{new_id().hex[-10:]}",
        student_id=student.id,
        subscription_id=make_subscription(session, student, plan).id,
        template_id=_template(session).id,
        template_version=1,
        exam_type=ExamType.BOARD_EXAM,
        class_level=ClassLevel.XII,
        seed=1,
        state=ExamState.UNDER_EVALUATION,
        sla_policy={"unit": "working_day", "amount": 1},
        exam_snapshot=snapshot,
        exam_key=key,
        snapshot_schema=1,
        paper_sha256=sha256(snapshot),
        key_sha256=sha256(key),
        written_numbers=[2, 3, 4, 5],
        choice_labels={"1": ["A", "B", "C", "D"]},
        minutes=30,
        created_at=HANDED_IN - timedelta(hours=2),
        started_at=HANDED_IN - timedelta(hours=1),
        answering_ends_at=HANDED_IN - timedelta(minutes=30),
        accepts_until=HANDED_IN - timedelta(minutes=25),
        upload_ends_at=HANDED_IN + timedelta(minutes=5),
        handed_in_at=HANDED_IN,
        handed_in_by=HandedInBy.STUDENT,
        possible_score=POSSIBLE,
        mcq_score=Decimal(1),
        version=1,
    )
    session.add(exam)
    session.flush()
    session.add(UnansweredQuestion(exam_id=exam.id, question_number=5))
    session.add(
        StudentMcqAnswer(
            exam_id=exam.id,
            question_number=1,
            choices=["B"],
            sequence=1,
            answered_at=HANDED_IN,
            saved_at=HANDED_IN,
            marks_awarded=Decimal(1),
        )
    )
    session.flush()
    return exam


def _template(session: Session) -> ExamTemplate:
    found = session.scalars(select(ExamTemplate).where(ExamTemplate.code == "short")).first()
    if found:
        return found
    template = ExamTemplate(
        id=new_id(),
        code="short",
        title="A short paper",
        exam_type=ExamType.BOARD_EXAM,
        class_level=ClassLevel.XII,
        minutes=30,
        spec={},
    )
    session.add(template)
    session.flush()
    return template


def _sheet(session: Session, exam: ExamInstance, page: int, numbers: list[int]) -> AnswerSheetUpload:
    slot = UploadSlot(
        id=new_id(),
        exam_id=exam.id,
        page_number=page,
        object_key=f"exams/{exam.id}/{page}-{new_id().hex[-6:]}",
        media_type="image/jpeg",
        size_bytes=1000,
        sha256=bytes(32),
        issued_at=HANDED_IN,
        expires_at=HANDED_IN + timedelta(minutes=5),
        confirmed_at=HANDED_IN,
    )
    session.add(slot)
    session.flush()
    sheet = AnswerSheetUpload(
        id=new_id(),
        exam_id=exam.id,
        slot_id=slot.id,
        page_number=page,
        page_in_file=1,
        question_numbers=numbers,
        original_key=slot.object_key,
        media_type="image/jpeg",
        size_bytes=1000,
        sha256=bytes(32),
        view_sha256=bytes(32),
        full_key=f"views/{exam.id}/{page}-full.webp",
        half_key=f"views/{exam.id}/{page}-half.webp",
        thumbnail_key=f"views/{exam.id}/{page}-thumb.webp",
        width=1240,
        height=1754,
        sharpness=100.0,
        brightness=180.0,
        is_blurred=False,
        is_dark=False,
        uploaded_at=HANDED_IN,
    )
    session.add(sheet)
    session.flush()
    return sheet


def _evaluation_of(session: Session, exam: ExamInstance, teacher: User) -> Evaluation:
    evaluation = Evaluation(
        id=new_id(),
        exam_id=exam.id,
        round=1,
        class_level=ClassLevel.XII,
        state=EvaluationState.IN_PROGRESS,
        teacher_id=teacher.id,
        expected_minutes=10,
        opened_at=HANDED_IN,
        assigned_at=MONDAY_TEN,
        begun_at=MONDAY_TEN,
        version=1,
    )
    session.add(evaluation)
    session.flush()
    evaluation.due_at = clocks.start_clock(
        session,
        subject_type=SUBJECT,
        subject_id=evaluation.id,
        policy=Policy(PolicyUnit.WORKING_DAY, 1),
        calendar=working_calendar(session),
        at=HANDED_IN,
    ).due_at
    session.flush()
    return evaluation


def key_of(text: str) -> StepKey:
    """ "iii/second/0/2" as a step; "1" is step 1 of a question without parts or OR."""
    part, alternative, method, step = text.split("/") if "/" in text else ("", "first", "0", text)
    return StepKey(part, Alternative(alternative), int(method), int(step))


def sent(steps: Mapping[str, str] | None = None, **values: Any) -> SentMark:
    by_key = {key_of(text): Decimal(awarded) for text, awarded in (steps or {}).items()}
    return SentMark(
        **{"steps": by_key, "awarded": None, "not_attempted": False, "remark": "", "revision": 0, **values}
    )


def save(session: Session, script: Script, number: int, mark: SentMark, now: datetime = MONDAY_TEN) -> Saved:
    return save_mark(
        session,
        actor=script.actor,
        evaluation_id=script.evaluation.id,
        number=number,
        sent=mark,
        lease_token=script.token,
        now=now,
    )


FULL_MARKS = {
    2: {"1": "1", "2": "1"},
    3: {"1": "1", "2": "2"},
    4: {"i/first/0/1": "1", "ii/first/0/1": "1", "iii/first/0/1": "1", "iii/first/0/2": "1"},
}
"""Every step of the first alternatives; question 5 was declared unanswered."""


def mark_everything(session: Session, script: Script) -> None:
    for number, steps in FULL_MARKS.items():
        save(session, script, number, sent(steps))


def replace_sheet(session: Session, script: Script, sheet: AnswerSheetUpload) -> UUID:
    """Another page takes the place of ``sheet``."""
    sheet.superseded_at = MONDAY_TEN
    session.flush()
    return _sheet(session, script.exam, sheet.page_number, list(sheet.question_numbers)).id
