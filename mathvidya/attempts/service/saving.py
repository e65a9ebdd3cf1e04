"""Saving answers: the hot path. One prepared statement carries every condition; only a failure asks why.

It works on a bare cursor (platform/db.py ``statement``) because a sitting class sends hundreds of these each
second. The statement takes a share of the exam's lock, which handing in takes whole: an answer is therefore
either saved before the scoring reads it, or refused, and never acknowledged and then left unscored.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import orjson
import psycopg

from mathvidya.attempts import policy
from mathvidya.attempts.errors import AnswerAfterTime, ExamNotStarted
from mathvidya.attempts.models import ExamState
from mathvidya.attempts.rules.answering import GivenAnswer
from mathvidya.attempts.rules.clock import CLOCK_SKEW, made_at
from mathvidya.platform.actors import Actor
from mathvidya.platform.errors import DomainError, Invalid, NotFound, WrongState

Cursor = psycopg.Cursor[Any]

_SAVE = f"""
INSERT INTO student_mcq_answers AS kept
    (exam_id, question_number, choices, marked_for_review, sequence, answered_at, saved_at)
SELECT exam.id, %(number)s::int, %(choices)s::text[], %(marked_for_review)s, %(sequence)s::bigint,
    GREATEST(%(made)s, exam.started_at), %(now)s
FROM exam_instances AS exam
WHERE exam.id = %(exam_id)s
    AND exam.student_id = %(student_id)s
    AND exam.state = 'in_progress'
    AND exam.accepts_until > %(now)s
    AND exam.answering_ends_at + interval '{CLOCK_SKEW.total_seconds()} seconds' > %(made)s
    AND exam.choice_labels -> %(key)s::text @> %(labels)s::jsonb
FOR SHARE
ON CONFLICT (exam_id, question_number) DO UPDATE SET
    choices = excluded.choices,
    marked_for_review = excluded.marked_for_review,
    sequence = excluded.sequence,
    answered_at = excluded.answered_at,
    saved_at = excluded.saved_at
WHERE kept.sequence < excluded.sequence
RETURNING question_number
"""  # noqa: S608 - the only thing put in is a constant of our own

_WHY_NOT = """
SELECT exam.state, exam.started_at, exam.answering_ends_at, exam.choice_labels -> %(key)s::text AS labels,
    kept.choices, kept.marked_for_review, kept.sequence, kept.saved_at
FROM exam_instances AS exam
LEFT JOIN student_mcq_answers AS kept ON kept.exam_id = exam.id AND kept.question_number = %(number)s::int
WHERE exam.id = %(exam_id)s AND exam.student_id = %(student_id)s
"""


@dataclass(frozen=True, slots=True)
class SavedAnswer:
    """What is stored for a question now; ``superseded`` when that is newer than what was sent."""

    number: int
    choices: Sequence[str]
    marked_for_review: bool
    sequence: int
    saved_at: datetime
    superseded: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why one answer of many was not saved."""

    number: int
    problem: DomainError


class _Found(NamedTuple):
    """What the second question brings to light."""

    state: str
    started_at: datetime | None
    answering_ends_at: datetime | None
    labels: list[str] | None
    choices: list[str]
    marked_for_review: bool
    sequence: int | None
    saved_at: datetime


def save_answer(
    cursor: Cursor, *, actor: Actor, exam_id: UUID, answer: GivenAnswer, now: datetime
) -> SavedAnswer:
    """Save one answer to the student's own exam, unless a newer one is there: then that one is answered.

    Raises NotFound, Invalid (no such question or choice), ExamNotStarted, AnswerAfterTime or WrongState.
    """
    values = _values(policy.sits(actor), exam_id, answer, now)
    if cursor.execute(_SAVE, values, prepare=True).fetchone() is not None:
        return SavedAnswer(answer.number, answer.choices, answer.marked_for_review, answer.sequence, now)
    found = cursor.execute(_WHY_NOT, values).fetchone()
    if found is None:
        raise NotFound("there is no exam of yours with this id")
    return _newer(_Found(*found), answer)


def save_answers(
    cursor: Cursor, *, actor: Actor, exam_id: UUID, answers: Sequence[GivenAnswer], now: datetime
) -> list[SavedAnswer | Refusal]:
    """Save what a device gathered while it was offline, each answer on its own: one refusal stops no other.

    Raises Forbidden to all but students, NotFound when the exam is not the student's.
    """
    policy.sits(actor)
    outcomes: list[SavedAnswer | Refusal] = []
    for answer in answers:
        try:
            outcomes.append(save_answer(cursor, actor=actor, exam_id=exam_id, answer=answer, now=now))
        except NotFound:
            raise
        except DomainError as problem:
            outcomes.append(Refusal(answer.number, problem))
    return outcomes


def _values(student_id: UUID, exam_id: UUID, answer: GivenAnswer, now: datetime) -> dict[str, Any]:
    return {
        "exam_id": exam_id,
        "student_id": student_id,
        "number": answer.number,
        "key": str(answer.number),
        "choices": list(answer.choices),
        "labels": orjson.dumps(answer.choices).decode(),
        "marked_for_review": answer.marked_for_review,
        "sequence": answer.sequence,
        "made": made_at(answer.answered_at, now),
        "now": now,
    }


def _newer(found: _Found, answer: GivenAnswer) -> SavedAnswer:
    """The stored answer that beats ``answer``; else the reason for refusing it is raised."""
    _refuse_unknown(found.labels, answer)
    if found.sequence is not None and found.sequence >= answer.sequence:
        return SavedAnswer(
            answer.number,
            found.choices,
            found.marked_for_review,
            found.sequence,
            found.saved_at,
            superseded=found.sequence > answer.sequence,
        )
    raise _too_late(found)


def _refuse_unknown(labels: list[str] | None, answer: GivenAnswer) -> None:
    if labels is None:
        raise Invalid(
            f"question {answer.number} of this paper is not answered by choosing",
            {"number": ["Give the number of a question that has choices."]},
        )
    if not set(answer.choices) <= set(labels):
        raise Invalid(
            f"question {answer.number} has no such choice",
            {"choices": [f"Choose among {', '.join(labels)}."]},
        )


def _too_late(found: _Found) -> WrongState:
    state = ExamState(found.state)
    if state is ExamState.CREATED:
        return ExamNotStarted("start the exam first; nothing can be done with it before")
    if state in (ExamState.VOIDED, ExamState.ABANDONED):
        return WrongState(f"the exam takes no answers: its state is {state.value}", state=state.value)
    assert found.answering_ends_at is not None  # noqa: S101 - the database keeps times for every started exam
    ended = found.answering_ends_at.isoformat()
    return AnswerAfterTime(
        f"answering ended at {ended}; the answers saved by then stand", answering_ended_at=ended
    )
