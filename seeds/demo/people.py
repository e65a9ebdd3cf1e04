"""The people of the demo, made by the same services as anybody: one of each role, and what ties them.

Only on a laptop: production has no accounts whose password is printed.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.accounts import notice
from mathvidya.accounts.models import ClassLevel, CourseLevel, Relationship, User
from mathvidya.accounts.queries import parents_of
from mathvidya.accounts.rules import Profile
from mathvidya.accounts.service import Redemption, create_person, issue_code, redeem_code
from mathvidya.plans.models import PlanName, Subscription
from mathvidya.plans.service import subscribe
from mathvidya.platform.actors import OPERATOR, Actor, Role

DEMO_PASSWORD = "open-the-answer-book"  # noqa: S105 - printed by `make up` on purpose

_DOMAIN = "mathvidya.example"
_A_YEAR = 12


@dataclass(frozen=True)
class DemoPerson:
    """Somebody to sign in as, and what for."""

    email: str
    about: str
    profile: Profile


def _person(name: str, role: Role, about: str, **more: object) -> DemoPerson:
    email = f"{name}@{_DOMAIN}"
    title = name.replace("-", " ").capitalize()
    return DemoPerson(email, about, Profile(role=role, email=email, full_name=title, **more))  # type: ignore[arg-type]  # checked by the service


STUDENT = _person("student", Role.STUDENT, "class XII, Plan Centum", class_level=ClassLevel.XII)
STUDENT_X = _person(
    "student-x",
    Role.STUDENT,
    "class X standard, Basic",
    class_level=ClassLevel.X,
    course_level=CourseLevel.STANDARD,
)
PARENT = _person("parent", Role.PARENT, "follows both students")
TEACHER = _person("teacher", Role.TEACHER, "marks X and XII", may_mark=tuple(ClassLevel))
SECOND_TEACHER = _person("teacher-2", Role.TEACHER, "marks XII", may_mark=(ClassLevel.XII,))
ADMIN = _person("admin", Role.ADMIN, "runs the house")

EVERYBODY = (STUDENT, STUDENT_X, PARENT, TEACHER, SECOND_TEACHER, ADMIN)

_PLANS = {STUDENT.email: PlanName.CENTUM, STUDENT_X.email: PlanName.BASIC}


def plant_people(session: Session, *, now: datetime) -> None:
    """Make who is missing; those who are there stay as they are."""
    people = {person.email: _made(session, person, now) for person in EVERYBODY}
    for email, plan in _PLANS.items():
        _subscribe(session, people[email], plan, now)
        _link(session, people[PARENT.email], people[email], now)


def _made(session: Session, person: DemoPerson, now: datetime) -> User:
    found = session.execute(select(User).where(User.email == person.email)).scalar_one_or_none()
    return found or create_person(
        session, actor=OPERATOR, profile=person.profile, password=DEMO_PASSWORD, now=now
    )


def _subscribe(session: Session, student: User, plan: PlanName, now: datetime) -> None:
    has_one = select(Subscription.id).where(
        Subscription.student_id == student.id, Subscription.ends_on > (now + timedelta(days=1)).date()
    )
    if session.execute(has_one).first() is None:
        subscribe(
            session,
            actor=OPERATOR,
            plan_name=plan,
            student_id=student.id,
            starts_on=None,
            months=_A_YEAR,
            now=now,
        )


def _link(session: Session, parent: User, student: User, now: datetime) -> None:
    if parent.id in parents_of(session, student.id):
        return
    code = issue_code(session, actor=Actor(id=student.id, role=Role.STUDENT), now=now)
    redemption = Redemption(code.code, Relationship.GUARDIAN, True, notice.CURRENT.version)
    redeem_code(session, actor=Actor(id=parent.id, role=Role.PARENT), redemption=redemption, now=now)
