"""The way of a version into use and out of it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from mathvidya.bank import policy
from mathvidya.bank.models import Question, QuestionStatus
from mathvidya.bank.rules import review
from mathvidya.bank.service.locking import Versions, lock_versions
from mathvidya.platform.actors import Actor
from mathvidya.platform.versions import check_version
from mathvidya.system.queries import setting
from mathvidya.system.service import record_act
from workflows.base import JsonObject


def submit(
    session: Session, *, actor: Actor, question_id: UUID, expected_version: int, now: datetime
) -> Question:
    """Hand a draft to review; where no review is required (configuration) it goes into use at once.

    Raises StaleVersion, WrongState, QuestionArchived.
    """
    versions = _lock(session, actor, question_id, expected_version)
    policy.may_change(actor, versions.first)
    review.require_draft(versions.latest)
    if setting(session, "question_approval_required"):
        versions.latest.status = QuestionStatus.IN_REVIEW
        _record(session, actor, "question.submitted", versions.latest, now)
    else:
        _put_into_use(session, actor, versions, now)
    return versions.latest


def approve(
    session: Session, *, actor: Actor, question_id: UUID, expected_version: int, now: datetime
) -> Question:
    """Put a reviewed version into use, in the place of the one before.

    Raises StaleVersion, NotInReview, OwnQuestion.
    """
    versions = _lock(session, actor, question_id, expected_version)
    policy.may_review(actor, versions.latest)
    review.require_in_review(versions.latest)
    _put_into_use(session, actor, versions, now)
    return versions.latest


def send_back(
    session: Session,
    *,
    actor: Actor,
    question_id: UUID,
    expected_version: int,
    reason: str,
    now: datetime,
) -> Question:
    """Give a version back to its author with a reason. Raises StaleVersion, NotInReview, OwnQuestion."""
    versions = _lock(session, actor, question_id, expected_version)
    policy.may_review(actor, versions.latest)
    review.require_in_review(versions.latest)
    versions.latest.status = QuestionStatus.DRAFT
    _record(session, actor, "question.sent_back", versions.latest, now, reason=reason)
    return versions.latest


def archive(
    session: Session, *, actor: Actor, question_id: UUID, expected_version: int, now: datetime
) -> Question:
    """Take a question, and what is under work on it, out of the bank; papers that hold it keep it.

    Raises StaleVersion, QuestionArchived, Forbidden.
    """
    versions = _lock(session, actor, question_id, expected_version)
    policy.may_archive(actor, versions.first, versions.current)
    review.require_open(versions.latest)
    versions.current.status = QuestionStatus.ARCHIVED
    versions.latest.status = QuestionStatus.ARCHIVED
    _record(session, actor, "question.archived", versions.latest, now)
    return versions.latest


def _lock(session: Session, actor: Actor, question_id: UUID, expected_version: int) -> Versions:
    policy.may_write(actor)
    versions = lock_versions(session, question_id)
    check_version(versions.latest.version, expected_version)
    return versions


def _put_into_use(session: Session, actor: Actor, versions: Versions, now: datetime) -> None:
    current, latest = versions.current, versions.latest
    if current is not latest:
        current.is_current = False
        current.status = QuestionStatus.ARCHIVED
        latest.uses = current.uses  # students have met the question, whichever the wording
        session.flush()  # there is one current version at every moment: the old one gives way first
    latest.is_current = True
    latest.status = QuestionStatus.ACTIVE
    latest.approved_by = actor.id
    latest.approved_at = now
    _record(session, actor, "question.approved", latest, now)


def _record(
    session: Session, actor: Actor, act: str, question: Question, now: datetime, **changes: str
) -> None:
    session.flush()
    about: JsonObject = {"version": question.version, **changes}
    record_act(session, actor, act, subject=("question", question.question_id), now=now, changes=about)
