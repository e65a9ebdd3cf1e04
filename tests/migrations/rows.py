"""Valid rows, one per table: a test breaks one value and names the rule that refuses it."""

import hashlib
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from mathvidya.accounts.models import ClassLevel, User
from mathvidya.attempts.models import AnswerSheetUpload, ExamInstance, ExamState, UploadSlot
from mathvidya.bank.models import CognitiveLevel, Difficulty, Question, QuestionStatus, QuestionType
from mathvidya.evaluation.models import Evaluation, EvaluationState
from mathvidya.exams.models import ExamTemplate
from mathvidya.plans.models import ExamType
from tests.factories import MONDAY_TEN, make_plan, make_student, make_subscription
from workflows.base import new_id

HASH = hashlib.sha256(b"").digest()


def question(**values: Any) -> Question:
    identity = new_id()
    return Question(
        **{
            "id": identity,
            "question_id": identity,
            "version": 1,
            "is_current": True,
            "type": QuestionType.MCQ,
            "class_level": ClassLevel.XII,
            "levels": [],
            "unit": "Algebra",
            "chapter": "Matrices",
            "marks": 1,
            "cognitive_level": CognitiveLevel.APPLY,
            "difficulty": Difficulty.EASY,
            "tags": [],
            "status": QuestionStatus.DRAFT,
            "text": "What is $1 + 1$?",
            "choices": [{"label": "A", "text": "$1$"}, {"label": "B", "text": "$2$"}],
            "correct_choices": ["B"],
            "parts": [],
            **values,
        }
    )


def exam(session: Session, **values: Any) -> ExamInstance:
    """An exam that has been drawn and not started, with everything that it hangs on."""
    student: User = values.pop("student", None) or make_student(session)
    plan = values.pop("plan", None) or make_plan(session)
    subscription = make_subscription(session, student, plan)
    template = ExamTemplate(
        id=new_id(),
        code=f"template-{new_id()}",
        title="Board paper",
        exam_type=ExamType.BOARD_EXAM,
        class_level=ClassLevel.XII,
        minutes=180,
        spec={},
    )
    session.add(template)
    session.flush()
    return ExamInstance(
        **{
            "id": new_id(),
            "code": f"E-{new_id()}",
            "student_id": student.id,
            "subscription_id": subscription.id,
            "template_id": template.id,
            "template_version": 1,
            "exam_type": ExamType.BOARD_EXAM,
            "class_level": ClassLevel.XII,
            "seed": 7,
            "state": ExamState.CREATED,
            "sla_policy": {"unit": "working_day", "amount": 1},
            "exam_snapshot": {},
            "exam_key": {},
            "snapshot_schema": 1,
            "paper_sha256": HASH,
            "key_sha256": HASH,
            "written_numbers": [21, 22],
            "choice_labels": {"1": ["A", "B", "C", "D"]},
            "minutes": 180,
            "created_at": MONDAY_TEN,
            "possible_score": Decimal(80),
            **values,
        }
    )


STARTED: dict[str, Any] = {
    "state": ExamState.IN_PROGRESS,
    "started_at": MONDAY_TEN,
    "answering_ends_at": MONDAY_TEN + timedelta(hours=3),
    "accepts_until": MONDAY_TEN + timedelta(hours=3, minutes=5),
}


def saved(session: Session, row: Any) -> Any:
    session.add(row)
    session.flush()
    return row


def sheet(session: Session, exam_id: Any, **values: Any) -> AnswerSheetUpload:
    slot = saved(
        session,
        UploadSlot(
            id=new_id(),
            exam_id=exam_id,
            page_number=1,
            object_key=f"originals/{new_id()}",
            media_type="image/jpeg",
            size_bytes=1000,
            sha256=HASH,
            issued_at=MONDAY_TEN,
            expires_at=MONDAY_TEN + timedelta(minutes=15),
        ),
    )
    return AnswerSheetUpload(
        **{
            "id": new_id(),
            "exam_id": exam_id,
            "slot_id": slot.id,
            "page_number": 1,
            "page_in_file": 1,
            "question_numbers": [],
            "original_key": slot.object_key,
            "media_type": "image/jpeg",
            "size_bytes": 1000,
            "sha256": HASH,
            "view_sha256": HASH,
            "full_key": "full",
            "half_key": "half",
            "thumbnail_key": "thumbnail",
            "width": 1600,
            "height": 2200,
            "sharpness": 3000.0,
            "brightness": 180.0,
            "is_blurred": False,
            "is_dark": False,
            "uploaded_at": MONDAY_TEN,
            **values,
        }
    )


def evaluation(exam_id: Any, **values: Any) -> Evaluation:
    return Evaluation(
        **{
            "id": new_id(),
            "exam_id": exam_id,
            "round": 1,
            "class_level": ClassLevel.XII,
            "state": EvaluationState.QUEUED,
            "expected_minutes": 24,
            "opened_at": MONDAY_TEN,
            **values,
        }
    )
