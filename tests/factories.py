"""Rows for tests: each function makes one valid row, with what the test cares about given by name."""

import itertools
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from mathvidya.accounts.models import (
    ClassLevel,
    CourseLevel,
    ParentStudentMapping,
    Relationship,
    User,
)
from mathvidya.bank.content import Choice, Classification, Part, QuestionContent, columns_of
from mathvidya.bank.models import CognitiveLevel, Difficulty, Question, QuestionStatus, QuestionType
from mathvidya.bank.schemes import HALF, Scheme, Step
from mathvidya.bank.syllabus import board_syllabus
from mathvidya.exams.models import ExamTemplate
from mathvidya.exams.queries import template_by_code
from mathvidya.exams.service import plant_templates
from mathvidya.plans.models import ExamType, PlanName, Subscription, SubscriptionPlan, SubscriptionState
from mathvidya.platform.actors import Actor, Role
from workflows.base import JsonObject, new_id

_serial = itertools.count(1)

MONDAY_TEN = datetime(2026, 1, 5, 4, 30, tzinfo=UTC)
"""Monday 5 January 2026, 10:00 in Asia/Kolkata: an ordinary working moment."""


def make_user(session: Session, role: Role, **values: Any) -> User:
    number = next(_serial)
    user = User(
        **{
            "id": new_id(),
            "role": role,
            "email": f"{role.value}{number}@school.example",
            "password_hash": "!",
            "full_name": f"{role.value} {number}",
            "may_mark": [],
            **values,
        }
    )
    session.add(user)
    session.flush()
    return user


def make_student(session: Session, **values: Any) -> User:
    return make_user(session, Role.STUDENT, **{"class_level": ClassLevel.XII, **values})


def make_class_x_student(session: Session, **values: Any) -> User:
    return make_student(
        session, **{"class_level": ClassLevel.X, "course_level": CourseLevel.STANDARD, **values}
    )


def make_teacher(session: Session, **values: Any) -> User:
    return make_user(session, Role.TEACHER, **{"may_mark": [ClassLevel.X, ClassLevel.XII], **values})


def make_parent(session: Session, **values: Any) -> User:
    return make_user(session, Role.PARENT, **values)


def make_admin(session: Session, **values: Any) -> User:
    return make_user(session, Role.ADMIN, **values)


def actor_of(user: User) -> Actor:
    return Actor(id=user.id, role=user.role, session_id=new_id())


def make_plan(session: Session, **values: Any) -> SubscriptionPlan:
    plan = SubscriptionPlan(
        **{
            "id": new_id(),
            "name": PlanName.CENTUM,
            "title": "Plan Centum",
            "exams_per_month": 50,
            "exam_types": list(ExamType),
            "mcq_only": False,
            "leaderboard": True,
            "sla_policy": {"unit": "working_day", "amount": 1},
            "monthly_paise": 149900,
            "yearly_paise": 1499900,
            **values,
        }
    )
    session.add(plan)
    session.flush()
    return plan


def make_subscription(session: Session, student: User, plan: SubscriptionPlan, **values: Any) -> Subscription:
    subscription = Subscription(
        **{
            "id": new_id(),
            "student_id": student.id,
            "plan_id": plan.id,
            "state": SubscriptionState.ACTIVE,
            "starts_on": date(2026, 1, 1),
            "ends_on": date(2027, 1, 1),
            "billing_day": 1,
            **values,
        }
    )
    session.add(subscription)
    session.flush()
    return subscription


# plans


def link_parent(session: Session, parent: User, student: User) -> ParentStudentMapping:
    mapping = ParentStudentMapping(
        id=new_id(),
        parent_id=parent.id,
        student_id=student.id,
        relationship=Relationship.MOTHER,
        linked_at=MONDAY_TEN,
    )
    session.add(mapping)
    session.flush()
    return mapping


# Bank and templates


def make_content(type_: QuestionType = QuestionType.SA, **values: Any) -> QuestionContent:
    """A question that keeps every rule of its type; classification and content are given by name alike."""
    marks = values.get("marks", MARKS_OF[type_])
    about: dict[str, Any] = {
        "type": type_,
        "class_level": ClassLevel.XII,
        "unit": "Algebra",
        "chapter": "Matrices",
        "marks": marks,
        "cognitive_level": CognitiveLevel.APPLY,
        "difficulty": Difficulty.MEDIUM,
    }
    content: dict[str, Any] = _CONTENT_OF[type_](marks)
    for name, value in values.items():
        (about if name in Classification.__dataclass_fields__ else content)[name] = value
    return QuestionContent(Classification(**about), **content)


MARKS_OF = {
    QuestionType.MCQ: 1,
    QuestionType.ASSERTION_REASON: 1,
    QuestionType.VSA: 2,
    QuestionType.SA: 3,
    QuestionType.LA: 5,
    QuestionType.CASE_STUDY: 4,
}


def make_scheme(marks: int) -> Scheme:
    return Scheme((Step(Decimal(marks) - HALF, "Finds $x$"), Step(HALF, "States the answer")))


def make_part(label: str, marks: int, **values: Any) -> Part:
    return Part(label, marks, f"Find part {label}", f"The solution of {label}", make_scheme(marks), **values)


def _written(marks: int) -> dict[str, Any]:
    return {"text": "Find $x$.", "solution": "It is $x = 1$.", "scheme": make_scheme(marks)}


_CONTENT_OF: dict[QuestionType, Callable[[int], dict[str, Any]]] = {
    QuestionType.MCQ: lambda _: {
        "text": "What is $1 + 1$?",
        "choices": tuple(Choice(label, f"${number}$") for number, label in enumerate("ABCD", start=1)),
        "correct_choices": ("B",),
        "solution": "It is $2$.",
    },
    QuestionType.ASSERTION_REASON: lambda _: {
        "assertion": "$2$ is even.",
        "reason": "$2$ is a multiple of $2$.",
        "correct_choices": ("A",),
        "solution": "Both hold.",
    },
    QuestionType.VSA: _written,
    QuestionType.SA: _written,
    QuestionType.LA: _written,
    QuestionType.CASE_STUDY: lambda _: {
        "text": "A field is $x$ metres long.",
        "parts": (make_part("i", 1), make_part("ii", 1), make_part("iii", 2)),
    },
}


def make_question(session: Session, content: QuestionContent | None = None, **values: Any) -> Question:
    """An active, current question; ``values`` are columns of the row."""
    question = Question(
        **{
            "id": new_id(),
            "question_id": new_id(),
            "version": 1,
            "is_current": True,
            "status": QuestionStatus.ACTIVE,
            "approved_at": MONDAY_TEN,
            "uses": 0,
            **columns_of(content or make_content()),
            **values,
        }
    )
    session.add(question)
    session.flush()
    return question


def stock_class_xii(session: Session, copies: int = 2) -> None:
    """A bank from which the class XII board paper can be drawn, with ids that are always the same."""
    kinds = [(type_, "") for type_ in QuestionType] + [(QuestionType.CASE_STUDY, "2+2")]
    rows = [
        columns_of(_of_pattern(type_, pattern, unit=unit, chapter=chapter, cognitive_level=level))
        for unit, chapters in sorted(board_syllabus().of(ClassLevel.XII).items())
        for chapter in sorted(chapters)
        for type_, pattern in kinds
        for level in CognitiveLevel
        for _ in range(copies)
    ]
    session.execute(
        insert(Question),
        [
            {
                "id": new_id(),
                "question_id": UUID(int=number),
                "version": 1,
                "status": QuestionStatus.ACTIVE,
                "approved_at": MONDAY_TEN,
                **row,
            }
            for number, row in enumerate(rows, start=1)
        ],
    )


def _of_pattern(type_: QuestionType, pattern: str, **values: Any) -> QuestionContent:
    if pattern:
        values["parts"] = (make_part("i", 2), make_part("ii", 2))
    return make_content(type_, **values)


def make_template(session: Session, document: JsonObject) -> ExamTemplate:
    """The template of a blueprint, as if planted."""
    plant_templates(session, [document], now=MONDAY_TEN)
    return template_by_code(session, document["code"])


def template_document(code: str = "short-practice", **values: Any) -> JsonObject:
    """The blueprint of a small class XII practice: two MCQs and one SA with a choice."""
    return {
        "code": code,
        "title": "A short practice",
        "exam_type": "section_sa",
        "class_level": "XII",
        "course_level": None,
        "minutes": 20,
        "instructions": ["Answer all questions."],
        "sections": [
            {"section": "A", "groups": [{"type": "MCQ", "count": 2, "marks_each": 1}]},
            {"section": "B", "groups": [{"type": "SA", "count": 1, "marks_each": 3, "choices": 1}]},
        ],
        **values,
    }
