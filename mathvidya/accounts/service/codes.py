"""Linking a parent to a student by a code that the student's side issues."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from mathvidya.accounts import policy, rules
from mathvidya.accounts.errors import LinkCodeRefused, TooManyLinkCodes
from mathvidya.accounts.models import ParentLinkCode, ParentStudentMapping, Relationship
from mathvidya.accounts.service.links import check_notice, record_consent
from mathvidya.accounts.service.people import lock_by_id
from mathvidya.platform.actors import Actor, Role
from mathvidya.platform.ids import short_code
from mathvidya.system.queries import count_acts
from mathvidya.system.service import record_act
from workflows.base import new_id

_HOUR = timedelta(hours=1)
_REFUSED = "parent_link.code_refused"


@dataclass(frozen=True)
class IssuedCode:
    """A code, shown this once: only its hash is kept."""

    code: str
    expires_at: datetime


@dataclass(frozen=True)
class Redemption:
    """What a parent sends: the code, who they are to the student, and the notice they consent to."""

    code: str
    relationship: Relationship
    is_primary: bool
    notice_version: str


def issue_code(session: Session, *, actor: Actor, now: datetime) -> IssuedCode:
    """A code good for one parent and 24 hours; it takes the place of one still open. Raises Forbidden."""
    policy.must_be(actor, Role.STUDENT, "issue a code for a parent")
    student = lock_by_id(session, actor.id)
    session.execute(
        delete(ParentLinkCode).where(
            ParentLinkCode.student_id == student.id, ParentLinkCode.used_at.is_(None)
        )
    )
    issued = IssuedCode(short_code("P"), now + rules.LINK_CODE_LIFETIME)
    session.add(
        ParentLinkCode(
            student_id=student.id,
            code_hash=rules.token_hash(issued.code),
            issued_at=now,
            expires_at=issued.expires_at,
        )
    )
    record_act(session, actor, "parent_link.code_issued", subject=("user", student.id), now=now)
    return issued


def redeem_code(
    session: Session, *, actor: Actor, redemption: Redemption, now: datetime
) -> ParentStudentMapping | LinkCodeRefused:
    """Link the parent to the student who issued the code, with recorded consent.

    Sent again by the same parent it answers with the same link. A wrong code is returned as a refusal, not
    raised: raising would undo its count. Raises Forbidden, NoticeOutdated, TooManyLinkCodes, AlreadyLinked,
    PrimaryParentExists.
    """
    policy.must_be(actor, Role.PARENT, "redeem a code")
    check_notice(redemption.notice_version)
    parent = lock_by_id(session, actor.id)  # guesses of one parent come one after another
    _check_guesses(session, parent.id, now)
    code = _lock_code(session, redemption.code)
    if code is not None and code.used_by == parent.id and (link := _link(session, code, parent.id)):
        return link
    if code is None or code.used_at is not None or now >= code.expires_at:
        record_act(session, actor, _REFUSED, subject=("user", parent.id), now=now)
        return LinkCodeRefused(
            "the code is wrong, used or over: ask the student for a new one", {"code": ["it is not good"]}
        )
    code.used_at, code.used_by = now, parent.id
    return _make_link(session, actor, code, redemption, now)


def _check_guesses(session: Session, parent_id: UUID, now: datetime) -> None:
    if count_acts(session, parent_id, _REFUSED, since=now - _HOUR) >= rules.WRONG_CODES_AN_HOUR:
        raise TooManyLinkCodes(
            "too many wrong codes within an hour: try again later", retry_after=int(_HOUR.total_seconds())
        )


def _lock_code(session: Session, code: str) -> ParentLinkCode | None:
    return session.scalars(
        select(ParentLinkCode)
        .where(ParentLinkCode.code_hash == rules.token_hash(rules.normal_code(code)))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()


def _link(session: Session, code: ParentLinkCode, parent_id: UUID) -> ParentStudentMapping | None:
    return session.scalars(
        select(ParentStudentMapping).where(
            ParentStudentMapping.parent_id == parent_id, ParentStudentMapping.student_id == code.student_id
        )
    ).one_or_none()


def _make_link(
    session: Session, actor: Actor, code: ParentLinkCode, redemption: Redemption, now: datetime
) -> ParentStudentMapping:
    link = ParentStudentMapping(
        id=new_id(),
        parent_id=actor.id,
        student_id=code.student_id,
        relationship=redemption.relationship,
        is_primary=redemption.is_primary,
        linked_at=now,
    )
    session.add(link)
    session.flush()
    changes = {"student": str(link.student_id), "relationship": link.relationship.value}
    subject = ("parent_link", link.id)
    record_act(session, actor, "parent_link.created", subject=subject, now=now, changes=changes)
    record_consent(
        session,
        actor,
        link,
        notice_version=redemption.notice_version,
        evidence={"code_id": str(code.id)},
        now=now,
    )
    return link
