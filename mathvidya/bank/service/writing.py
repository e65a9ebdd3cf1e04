"""Writing questions: the first version, and every next one."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from mathvidya.bank import policy
from mathvidya.bank.content import QuestionContent, columns_of, content_of
from mathvidya.bank.drafts import Draft
from mathvidya.bank.errors import CodeTaken
from mathvidya.bank.models import Question, QuestionStatus
from mathvidya.bank.rules import content as content_rules
from mathvidya.bank.rules import review
from mathvidya.bank.service.locking import Versions, lock_versions
from mathvidya.bank.syllabus import board_syllabus
from mathvidya.platform import constraints
from mathvidya.platform.actors import Actor
from mathvidya.platform.ids import new_id
from mathvidya.platform.versions import check_version
from mathvidya.system.service import record_act

constraints.explain(
    "uq_questions_code_current",
    lambda: CodeTaken("take another code: a code names one question for ever"),
)


def create_question(session: Session, *, actor: Actor, draft: Draft, now: datetime) -> Question:
    """Write a question: its first version, a draft. Raises InvalidQuestion, CodeTaken."""
    policy.may_write(actor)
    _check(draft.content)
    question = Question(
        question_id=new_id(),
        version=1,
        is_current=True,
        code=draft.code,
        status=QuestionStatus.DRAFT,
        created_by=actor.id,
        created_at=now,
        **columns_of(draft.content),
    )
    session.add(question)
    session.flush()
    record_act(session, actor, "question.created", subject=("question", question.question_id), now=now)
    return question


def revise(
    session: Session,
    *,
    actor: Actor,
    question_id: UUID,
    expected_version: int,
    content: QuestionContent,
    now: datetime,
) -> Question:
    """Make the next version of a question, a draft. The image stays; ``attach_image`` changes it.

    Raises StaleVersion, InvalidQuestion, QuestionArchived.
    """
    versions = _open_for_change(session, actor, question_id, expected_version)
    revised = replace(content, image_key=versions.latest.image_key)
    return _next_version(session, actor, versions, revised, now)


def attach_image(
    session: Session,
    *,
    actor: Actor,
    question_id: UUID,
    expected_version: int,
    image_key: str | None,
    now: datetime,
) -> Question:
    """Make a next version that shows this stored image, or with None no image.

    Raises StaleVersion, InvalidQuestion, QuestionArchived.
    """
    versions = _open_for_change(session, actor, question_id, expected_version)
    revised = replace(content_of(versions.latest), image_key=image_key)
    return _next_version(session, actor, versions, revised, now)


def _open_for_change(session: Session, actor: Actor, question_id: UUID, expected_version: int) -> Versions:
    policy.may_write(actor)
    versions = lock_versions(session, question_id)
    policy.may_change(actor, versions.first)
    check_version(versions.latest.version, expected_version)
    review.require_open(versions.latest)
    return versions


def _next_version(
    session: Session, actor: Actor, versions: Versions, content: QuestionContent, now: datetime
) -> Question:
    _check(content)
    in_use = versions.current.status is QuestionStatus.ACTIVE
    if not in_use:
        versions.current.is_current = False
    if versions.latest is not versions.current or not in_use:
        versions.latest.status = QuestionStatus.ARCHIVED
    session.flush()  # there is one current version at every moment: the old one gives way first
    question = Question(
        question_id=versions.first.question_id,
        version=versions.latest.version + 1,
        is_current=not in_use,
        code=versions.first.code,
        status=QuestionStatus.DRAFT,
        created_by=actor.id,
        created_at=now,
        **columns_of(content),
    )
    session.add(question)
    session.flush()
    subject = ("question", question.question_id)
    record_act(
        session, actor, "question.updated", subject=subject, now=now, changes={"version": question.version}
    )
    return question


def _check(content: QuestionContent) -> None:
    content_rules.check(content, board_syllabus().of(content.classification.class_level))
