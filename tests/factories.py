"""Rows for tests: each function makes one valid row, with what the test cares about given by name."""

import itertools
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session

from mathvidya.accounts.models import (
    ClassLevel,
    CourseLevel,
    ParentStudentMapping,
    Relationship,
    User,
)
from mathvidya.plans.models import ExamType, PlanName, Subscription, SubscriptionPlan, SubscriptionState
from mathvidya.platform.actors import Actor, Role
from workflows.base import new_id

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
