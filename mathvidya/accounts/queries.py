"""Reads of the accounts slice: facts for the slices above, and what people see of each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from mathvidya.accounts import policy
from mathvidya.accounts.models import (
    ClassLevel,
    Consent,
    CourseLevel,
    ParentStudentMapping,
    Relationship,
    User,
    UserSession,
)
from mathvidya.platform.actors import Actor, Role
from mathvidya.platform.errors import NotFound
from mathvidya.platform.http.pages import Page, newest_first


@dataclass(frozen=True)
class StudentFacts:
    """What a sitting needs to know of a student."""

    id: UUID
    class_level: ClassLevel
    course_level: CourseLevel | None
    extra_time_percent: int


@dataclass(frozen=True)
class TeacherFacts:
    """What allocation needs to know of a teacher; ``daily_cap`` None takes the configured cap."""

    id: UUID
    may_mark: frozenset[ClassLevel]
    daily_cap: int | None


@dataclass(frozen=True)
class LinkView:
    """A link as either side sees it: who follows whom, and whether consent stands."""

    id: UUID
    parent_id: UUID
    parent_name: str
    student_id: UUID
    student_name: str
    class_level: ClassLevel
    relationship: Relationship
    is_primary: bool
    has_consent: bool
    notice_version: str | None


@dataclass(frozen=True)
class PeopleFilter:
    """What an admin narrows the list of people by; None leaves it wide."""

    role: Role | None = None
    search: str | None = None

    def conditions(self) -> Sequence[ColumnElement[bool]]:
        """The filter as SQL; a search looks inside names and e-mail addresses, whatever the case."""
        found: list[ColumnElement[bool]] = []
        if self.role is not None:
            found.append(User.role == self.role)
        if self.search:
            found.append(
                or_(
                    User.full_name.icontains(self.search, autoescape=True),
                    User.email.icontains(self.search, autoescape=True),
                )
            )
        return found


def student_facts(session: Session, student_id: UUID) -> StudentFacts:
    """The facts of a student. Raises NotFound for anyone else."""
    student = session.get(User, student_id)
    if student is None or student.class_level is None:
        raise NotFound(f"there is no student {student_id}")
    return StudentFacts(student.id, student.class_level, student.course_level, student.extra_time_percent)


def teacher_facts(session: Session, teacher_id: UUID) -> TeacherFacts:
    """The facts of a teacher who may work. Raises NotFound for anyone else, and for a disabled teacher."""
    teacher = session.get(User, teacher_id)
    if teacher is None or teacher.role is not Role.TEACHER or teacher.disabled_at is not None:
        raise NotFound(f"there is no teacher {teacher_id}")
    return TeacherFacts(teacher.id, frozenset(teacher.may_mark), teacher.daily_cap)


def children_of(session: Session, parent_id: UUID) -> frozenset[UUID]:
    """The students whom a parent may follow."""
    mapping = ParentStudentMapping
    return frozenset(session.scalars(select(mapping.student_id).where(mapping.parent_id == parent_id)))


def parents_of(session: Session, student_id: UUID) -> tuple[UUID, ...]:
    """The parents linked to a student, the primary one first."""
    mapping = ParentStudentMapping
    linked = select(mapping.parent_id).where(mapping.student_id == student_id)
    return tuple(session.scalars(linked.order_by(mapping.is_primary.desc(), mapping.id)))


def has_consent(session: Session, student_id: UUID) -> bool:
    """Whether a parent's consent to keep the student's data stands."""
    standing = exists().where(Consent.student_id == student_id, Consent.withdrawn_at.is_(None))
    return bool(session.scalar(select(standing)))


def person(session: Session, actor: Actor, person_id: UUID) -> User:
    """A person, for an admin or for that person. Raises NotFound for everybody else."""
    found = session.get(User, person_id) if policy.may_see_person(actor, person_id) else None
    if found is None:
        raise NotFound("there is no such person in your reach")
    return found


def people(
    session: Session, actor: Actor, narrowed: PeopleFilter, *, limit: int, after: UUID | None
) -> Page[User]:
    """Everybody who matches, newest first. Raises Forbidden for all but admins."""
    policy.must_be_admin(actor, "list people")
    return newest_first(
        session, select(User).where(*narrowed.conditions()), User.id, limit=limit, after=after
    )


def open_sessions(session: Session, actor: Actor, *, limit: int, after: UUID | None) -> Page[UserSession]:
    """The actor's own sessions that have not been revoked, newest first."""
    own = select(UserSession).where(UserSession.user_id == actor.id, UserSession.revoked_at.is_(None))
    return newest_first(session, own, UserSession.id, limit=limit, after=after)


def sessions_of(
    session: Session, actor: Actor, person_id: UUID, *, limit: int, after: UUID | None
) -> Page[UserSession]:
    """Where a person is signed in, for an admin, newest first. Raises Forbidden, NotFound."""
    policy.must_be_admin(actor, "see where people are signed in")
    standing = UserSession.revoked_at.is_(None)
    rows = select(UserSession).where(UserSession.user_id == person(session, actor, person_id).id, standing)
    return newest_first(session, rows, UserSession.id, limit=limit, after=after)


def links(session: Session, actor: Actor, *, limit: int, after: UUID | None) -> Page[LinkView]:
    """A parent's children, or a student's parents, newest link first."""
    side = _own_side(actor)
    page = newest_first(
        session,
        select(ParentStudentMapping).where(side),
        ParentStudentMapping.id,
        limit=limit,
        after=after,
    )
    return Page(_views(session, page.items), page.next_after)


def link_view(session: Session, mapping: ParentStudentMapping) -> LinkView:
    """One link as its two sides see it."""
    return _views(session, [mapping])[0]


def _own_side(actor: Actor) -> ColumnElement[bool]:
    if actor.has_role(Role.PARENT):
        return ParentStudentMapping.parent_id == actor.id
    return ParentStudentMapping.student_id == actor.id


def _views(session: Session, mappings: Sequence[ParentStudentMapping]) -> list[LinkView]:
    """Two queries whatever the number of links: the people, and the consents that stand."""
    ids = {identity for mapping in mappings for identity in (mapping.parent_id, mapping.student_id)}
    everyone = {user.id: user for user in session.scalars(select(User).where(User.id.in_(ids)))}
    students = {mapping.student_id for mapping in mappings}
    standing = {
        (consent.parent_id, consent.student_id): consent
        for consent in session.scalars(
            select(Consent).where(Consent.student_id.in_(students), Consent.withdrawn_at.is_(None))
        )
    }
    return [
        _view(
            mapping,
            everyone[mapping.parent_id],
            everyone[mapping.student_id],
            standing.get((mapping.parent_id, mapping.student_id)),
        )
        for mapping in mappings
    ]


def _view(mapping: ParentStudentMapping, parent: User, student: User, consent: Consent | None) -> LinkView:
    assert student.class_level is not None  # noqa: S101 - the table binds a student to a class
    return LinkView(
        id=mapping.id,
        parent_id=parent.id,
        parent_name=parent.full_name,
        student_id=student.id,
        student_name=student.full_name,
        class_level=student.class_level,
        relationship=mapping.relationship,
        is_primary=mapping.is_primary,
        has_consent=consent is not None,
        notice_version=consent.notice_version if consent else None,
    )
