"""What follows once a parent is linked: consent given and withdrawn, and the end of the link."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from mathvidya.accounts import notice, policy
from mathvidya.accounts.errors import NoticeOutdated
from mathvidya.accounts.models import Consent, ParentStudentMapping
from mathvidya.platform.actors import Actor
from mathvidya.platform.errors import Forbidden, NotFound, WrongState
from mathvidya.system.service import record_act
from workflows.base import JsonObject

_BY_LINK_CODE = "link_code"


def give_consent(
    session: Session, *, actor: Actor, link_id: UUID, notice_version: str, now: datetime
) -> ParentStudentMapping:
    """Consent anew after a withdrawal, or to a new notice. Raises NotFound, Forbidden, NoticeOutdated.

    The parent was verified by the code when the link was made; only they can consent.
    """
    check_notice(notice_version)
    link = _lock_link(session, actor, link_id)
    if link.parent_id != actor.id:
        raise Forbidden("only the parent can consent")
    _withdraw(session, link, now)
    record_consent(session, actor, link, notice_version=notice_version, evidence={}, now=now)
    return link


def withdraw_consent(session: Session, *, actor: Actor, link_id: UUID, now: datetime) -> ParentStudentMapping:
    """Stop the keeping of new data of the student. Raises NotFound, WrongState."""
    link = _lock_link(session, actor, link_id)
    if not _withdraw(session, link, now):
        raise WrongState("there is no consent to withdraw")
    _note(session, actor, "consent.withdrawn", link, now)
    return link


def unlink(session: Session, *, actor: Actor, link_id: UUID, now: datetime) -> None:
    """End a link, and with it the parent's consent. Raises NotFound."""
    link = _lock_link(session, actor, link_id)
    if _withdraw(session, link, now):
        _note(session, actor, "consent.withdrawn", link, now)
    session.delete(link)
    _note(session, actor, "parent_link.removed", link, now)


def check_notice(version: str) -> None:
    """Consent is to the wording in force, or to nothing. Raises NoticeOutdated."""
    if version != notice.CURRENT.version:
        raise NoticeOutdated(
            f"the notice in force is {notice.CURRENT.version}: show that one and ask again",
            notice_version=notice.CURRENT.version,
        )


def record_consent(
    session: Session,
    actor: Actor,
    link: ParentStudentMapping,
    *,
    notice_version: str,
    evidence: JsonObject,
    now: datetime,
) -> None:
    """Keep who consented, to which wording, how they were verified, from where and when."""
    session.add(
        Consent(
            parent_id=link.parent_id,
            student_id=link.student_id,
            notice_version=notice_version,
            method=_BY_LINK_CODE,
            evidence={
                **evidence,
                "link_id": str(link.id),
                "session": str(actor.session_id),
                "address": actor.address,
                "at": now.isoformat(),
            },
            given_at=now,
        )
    )
    session.flush()
    _note(session, actor, "consent.given", link, now)


def _lock_link(session: Session, actor: Actor, link_id: UUID) -> ParentStudentMapping:
    link = session.get(ParentStudentMapping, link_id, with_for_update=True, populate_existing=True)
    if link is None or not policy.is_party(actor, link.parent_id):
        raise NotFound("you have no such link")
    return link


def _withdraw(session: Session, link: ParentStudentMapping, now: datetime) -> bool:
    withdrawn = session.execute(
        update(Consent)
        .where(
            Consent.parent_id == link.parent_id,
            Consent.student_id == link.student_id,
            Consent.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=now)
        .returning(Consent.id)
    )
    return withdrawn.first() is not None


def _note(session: Session, actor: Actor, action: str, link: ParentStudentMapping, now: datetime) -> None:
    changes = {"link": str(link.id), "parent": str(link.parent_id)}
    record_act(session, actor, action, subject=("user", link.student_id), now=now, changes=changes)
