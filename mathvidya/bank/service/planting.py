"""Keeping the questions that come with the product in step with its files."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from mathvidya.bank.content import QuestionContent, columns_of, content_of
from mathvidya.bank.models import Question, QuestionStatus
from mathvidya.bank.rules import content as content_rules
from mathvidya.bank.syllabus import board_syllabus
from mathvidya.platform.ids import new_id


@dataclass(frozen=True, slots=True)
class ReferenceQuestion:
    """A question of the reference bank, with an identity that is the same in every installation."""

    question_id: UUID
    code: str
    content: QuestionContent


def plant_questions(session: Session, references: Sequence[ReferenceQuestion], *, now: datetime) -> int:
    """Bring in what is missing and the next version of what the files changed; returns how many rows.

    They come approved: their review is the one of the files. A question that people have changed, have under
    work or have archived is theirs and left alone. Processes may plant at once: they take turns.
    Raises InvalidQuestion for a file that breaks a rule.
    """
    session.execute(select(func.pg_advisory_xact_lock(func.hashtext("bank.plant_questions"))))
    standing = _standing(session, [reference.code for reference in references])
    fresh = [(reference, 1) for reference in references if reference.code not in standing]
    changed = [
        (reference, row.version + 1)
        for reference in references
        if (row := standing.get(reference.code)) is not None and _is_behind(row, reference)
    ]
    _retire(session, [standing[reference.code].id for reference, _ in changed])
    _insert(session, [*fresh, *changed], now)
    return len(fresh) + len(changed)


def _standing(session: Session, codes: Iterable[str]) -> Mapping[str, Question]:
    rows = select(Question).where(Question.code.in_(codes)).order_by(Question.version)
    # Of several versions the latest, which comes last, is kept.
    return {row.code: row for row in session.execute(rows).scalars() if row.code is not None}


def _is_behind(row: Question, reference: ReferenceQuestion) -> bool:
    """Whether the latest version is the house's own, in use, and not what the file says."""
    is_ours = row.question_id == reference.question_id and row.created_by is None
    return is_ours and row.status is QuestionStatus.ACTIVE and content_of(row) != reference.content


def _retire(session: Session, ids: list[UUID]) -> None:
    if ids:
        session.execute(
            update(Question)
            .where(Question.id.in_(ids))
            .values(is_current=False, status=QuestionStatus.ARCHIVED)
        )


def _insert(session: Session, rows: list[tuple[ReferenceQuestion, int]], now: datetime) -> None:
    if rows:
        session.execute(insert(Question), [_row(reference, version, now) for reference, version in rows])


def _row(reference: ReferenceQuestion, version: int, now: datetime) -> dict[str, Any]:
    content = reference.content
    content_rules.check(content, board_syllabus().of(content.classification.class_level))
    return {
        # Only the question's id is derived from its code. The row's stays ordered by time, as lists rely on.
        "id": new_id(),
        "question_id": reference.question_id,
        "version": version,
        "is_current": True,
        "code": reference.code,
        "status": QuestionStatus.ACTIVE,
        "created_at": now,
        "approved_at": now,
        **columns_of(content),
    }
