"""Marking one question: the steps are saved in place, and of two saves at once neither is lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.bank.schemes import marks_text
from mathvidya.evaluation.models import Evaluation, MarkConflict, QuestionMark, StepMark
from mathvidya.evaluation.queries.marks import MarkView, mark_view, scheme_at, steps_of_mark
from mathvidya.evaluation.rules.marks import (
    Alternative,
    QuestionScheme,
    StepKey,
    StepMarks,
    check_steps,
    score,
    whole_answer,
)
from mathvidya.evaluation.service.desk import at_desk
from mathvidya.platform.actors import Actor
from mathvidya.platform.errors import Invalid
from mathvidya.platform.ids import new_id
from mathvidya.system.service import record_act
from workflows.base import JsonObject


@dataclass(frozen=True, slots=True)
class SentMark:
    """A save as a teacher's browser sends it: the whole question each time, never a difference.

    ``revision`` is that of the mark it was made from, 0 for none. ``awarded`` is for schemes without steps.
    """

    steps: StepMarks
    awarded: Decimal | None
    not_attempted: bool
    remark: str
    revision: int


@dataclass(frozen=True, slots=True)
class Saved:
    """The mark that stands after a save; ``lost`` when the save came too late and was put aside."""

    stands: MarkView | None
    lost: bool = False


@dataclass(frozen=True, slots=True)
class _Save:
    """One save at work: what was sent, by whom, and how its question is marked."""

    evaluation: Evaluation
    scheme: QuestionScheme
    sent: SentMark
    steps: StepMarks
    actor: Actor
    now: datetime


def save_mark(
    session: Session,
    *,
    actor: Actor,
    evaluation_id: UUID,
    number: int,
    sent: SentMark,
    lease_token: int,
    now: datetime,
) -> Saved:
    """Mark one written question of a script that the teacher holds.

    A save that was made from an older revision changes nothing: it is kept beside the mark that stands, and
    the caller is told. The same save sent twice is one save. A question that the student declared unanswered
    may be marked all the same: people declare wrongly, and an answer that is found earns its marks.

    Raises NotFound, WrongState, LeaseLapsed, UnknownStep, MarkAboveMaximum, MarkNotInHalves, Invalid.
    """
    evaluation = at_desk(session, actor=actor, evaluation_id=evaluation_id, lease_token=lease_token)
    scheme = scheme_at(session, evaluation.exam_id, number)
    steps = _resolved(scheme, sent)
    check_steps(scheme, steps)
    save = _Save(evaluation, scheme, sent, steps, actor, now)
    stored = _stored(session, save)
    stored_steps = steps_of_mark(session, stored.id) if stored else ()
    stands = mark_view(stored, stored_steps) if stored else None
    if stored and _says_the_same(stored, stored_steps, save):
        return Saved(stands)
    if sent.revision != (stored.revision if stored else 0):
        session.add(_conflict(save, stored))
        session.flush()
        return Saved(stands, lost=True)
    return Saved(_write(session, save, stored))


def _resolved(scheme: QuestionScheme, sent: SentMark) -> StepMarks:
    if sent.not_attempted and (sent.steps or sent.awarded is not None):
        raise Invalid(
            "a question that was not attempted has no marks: send one or the other",
            {"not_attempted": ["leave it out, or leave out steps and awarded"]},
        )
    if sent.awarded is None:
        return sent.steps
    if sent.steps:
        raise Invalid(
            "send steps or awarded, not both", {"awarded": ["follows from the steps; leave it out"]}
        )
    return {whole_answer(scheme): sent.awarded}


def _stored(session: Session, save: _Save) -> QuestionMark | None:
    """The mark as it stands; the lock on its evaluation keeps it so."""
    return session.execute(
        select(QuestionMark).where(
            QuestionMark.evaluation_id == save.evaluation.id,
            QuestionMark.question_number == save.scheme.number,
        ),
        execution_options={"populate_existing": True},
    ).scalar_one_or_none()


def _says_the_same(stored: QuestionMark, steps: Sequence[StepMark], save: _Save) -> bool:
    return (
        {_key(row): row.awarded for row in steps} == save.steps
        and stored.not_attempted == save.sent.not_attempted
        and stored.remark == save.sent.remark
    )


def _key(row: StepMark) -> StepKey:
    return StepKey(row.part, Alternative(row.alternative), row.method, row.step)


def _write(session: Session, save: _Save, stored: QuestionMark | None) -> MarkView:
    before = _summary(stored)
    mark = stored or _new_mark(save)
    session.add(mark)
    _write_mark(mark, save)
    session.flush()
    _write_steps(session, mark, save)
    record_act(
        session,
        save.actor,
        "mark.saved",
        subject=("evaluation", save.evaluation.id),
        now=save.now,
        changes={
            "question": mark.question_number,
            "revision": mark.revision,
            "mark": [before, _summary(mark)],
        },
    )
    return mark_view(mark, steps_of_mark(session, mark.id))


def _new_mark(save: _Save) -> QuestionMark:
    return QuestionMark(
        id=new_id(),
        evaluation_id=save.evaluation.id,
        question_number=save.scheme.number,
        possible=save.scheme.possible,
        revision=0,
    )


def _write_mark(mark: QuestionMark, save: _Save) -> None:
    result = score(save.scheme, save.steps)
    mark.awarded = result.awarded
    mark.counted = {part: alternative.value for part, alternative in result.counted.items()}
    mark.not_attempted = save.sent.not_attempted
    mark.remark = save.sent.remark
    mark.marked_by = save.actor.id
    mark.marked_at = save.now
    mark.revision += 1


def _write_steps(session: Session, mark: QuestionMark, save: _Save) -> None:
    """Bring the step rows to what was sent: changed in place, new ones added, the rest removed."""
    possible = save.scheme.steps()
    new = dict(save.steps)
    for row in steps_of_mark(session, mark.id):
        if _key(row) in new:
            row.awarded = new.pop(_key(row))
        else:
            session.delete(row)
    session.add_all(_step_row(mark.id, key, awarded, possible[key]) for key, awarded in new.items())
    session.flush()


def _step_row(mark_id: UUID, key: StepKey, awarded: Decimal, possible: Decimal) -> StepMark:
    return StepMark(
        question_mark_id=mark_id,
        part=key.part,
        alternative=key.alternative.value,
        method=key.method,
        step=key.step,
        awarded=awarded,
        possible=possible,
    )


def _conflict(save: _Save, stored: QuestionMark | None) -> MarkConflict:
    return MarkConflict(
        evaluation_id=save.evaluation.id,
        question_number=save.scheme.number,
        sent=as_json(save.sent),
        stood_revision=stored.revision if stored else 0,
        sent_by=save.actor.id,
        sent_at=save.now,
    )


def as_json(sent: SentMark) -> JsonObject:
    """A save in the form in which it came and can be sent again."""
    return {
        "steps": [
            {
                "part": key.part,
                "alternative": key.alternative.value,
                "method": key.method,
                "step": key.step,
                "awarded": marks_text(awarded),
            }
            for key, awarded in sorted(sent.steps.items())
        ],
        "awarded": None if sent.awarded is None else marks_text(sent.awarded),
        "not_attempted": sent.not_attempted,
        "remark": sent.remark,
        "revision": sent.revision,
    }


def _summary(mark: QuestionMark | None) -> JsonObject | None:
    if mark is None:
        return None
    return {"awarded": marks_text(mark.awarded), "not_attempted": mark.not_attempted}
