"""Stamps, ink and words on the sheets, as a log of operations that may be sent again without harm.

A browser that was offline sends what it did in order. Each operation is answered for itself: one that cannot
be done is refused with its reason, and the others are done all the same.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.attempts.models import ExamInstance
from mathvidya.evaluation.models import Annotation, AnnotationKind, Evaluation
from mathvidya.evaluation.queries.sheets import live_sheet_ids, page_loads
from mathvidya.evaluation.rules.stamps import PageLoad, marks_problem, worth
from mathvidya.evaluation.service.desk import at_desk
from mathvidya.platform.actors import Actor

Stroke: TypeAlias = list[int]
"""x and y in turn, on the grid of the page."""


@dataclass(frozen=True, slots=True)
class Add:
    """Put something new on a sheet; ``id`` is the browser's, so that sending twice adds once."""

    id: UUID
    sheet_id: UUID
    kind: AnnotationKind
    x: float
    y: float
    points: list[Stroke]
    text: str
    question_number: int | None
    marks: Decimal | None


@dataclass(frozen=True, slots=True)
class Move:
    """Put it elsewhere on its sheet; ink brings its moved strokes."""

    id: UUID
    x: float
    y: float
    points: list[Stroke]


@dataclass(frozen=True, slots=True)
class Erase:
    """Take it off the sheet; the row is kept."""

    id: UUID


Operation: TypeAlias = Add | Move | Erase


class Outcome(StrEnum):
    """What became of an operation."""

    DONE = "done"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to one operation; ``reason`` says why it was refused."""

    id: UUID
    outcome: Outcome
    reason: str | None = None


@dataclass
class _Desk:
    """What the operations of one batch work on."""

    evaluation: Evaluation
    written_numbers: frozenset[int]
    live_sheets: frozenset[UUID]
    loads: dict[UUID, PageLoad]
    now: datetime
    known: dict[UUID, Annotation] = field(default_factory=dict)

    def mine(self, annotation_id: UUID) -> Annotation | None:
        """An annotation of this evaluation; that another one has the id is not told."""
        found = self.known.get(annotation_id)
        return found if found and found.evaluation_id == self.evaluation.id else None


def annotate(
    session: Session,
    *,
    actor: Actor,
    evaluation_id: UUID,
    operations: Sequence[Operation],
    lease_token: int,
    now: datetime,
) -> list[Result]:
    """Carry the operations out in order and answer each. Raises NotFound, WrongState, LeaseLapsed."""
    evaluation = at_desk(session, actor=actor, evaluation_id=evaluation_id, lease_token=lease_token)
    desk = _laid_out(session, evaluation, operations, now)
    results = [_carry_out(desk, operation) for operation in operations]
    session.add_all(desk.known.values())
    session.flush()
    return results


def _laid_out(
    session: Session, evaluation: Evaluation, operations: Sequence[Operation], now: datetime
) -> _Desk:
    """Everything that a batch needs in four queries, however long it is."""
    written = session.scalars(
        select(ExamInstance.written_numbers).where(ExamInstance.id == evaluation.exam_id)
    ).one()
    found = session.scalars(
        select(Annotation).where(Annotation.id.in_({operation.id for operation in operations})),
        execution_options={"populate_existing": True},
    )
    return _Desk(
        evaluation,
        frozenset(written),
        live_sheet_ids(session, evaluation.exam_id),
        page_loads(session, evaluation.id),
        now,
        {row.id: row for row in found},
    )


def _carry_out(desk: _Desk, operation: Operation) -> Result:
    match operation:
        case Add():
            return _add(desk, operation)
        case Move():
            return _change(desk, operation.id, lambda row: _move(row, operation))
        case Erase():
            return _erase(desk, operation)


def _add(desk: _Desk, add: Add) -> Result:
    if desk.mine(add.id) is not None:
        return Result(add.id, Outcome.UNCHANGED)
    problem = _add_problem(desk, add)
    if problem:
        return Result(add.id, Outcome.REFUSED, problem)
    load = desk.loads.get(add.sheet_id, PageLoad())
    desk.loads[add.sheet_id] = load.with_one(len(add.points))
    desk.known[add.id] = Annotation(
        id=add.id,
        evaluation_id=desk.evaluation.id,
        sheet_id=add.sheet_id,
        kind=add.kind,
        x=add.x,
        y=add.y,
        points=add.points,
        text=add.text,
        question_number=add.question_number,
        marks=worth(add.kind, add.question_number, add.marks),
        created_at=desk.now,
        revision=1,
    )
    return Result(add.id, Outcome.DONE)


def _add_problem(desk: _Desk, add: Add) -> str | None:
    if add.id in desk.known:
        return "the id is taken; make a new one"
    if add.sheet_id not in desk.live_sheets:
        return "the sheet is not one of this script, or another page took its place"
    if add.question_number is not None and add.question_number not in desk.written_numbers:
        return f"the paper has no written question {add.question_number}"
    if not desk.loads.get(add.sheet_id, PageLoad()).takes(len(add.points)):
        return "the page is full; erase something first"
    return marks_problem(add.kind, add.question_number, add.marks)


def _change(desk: _Desk, annotation_id: UUID, change: Callable[[Annotation], bool]) -> Result:
    row = desk.mine(annotation_id)
    if row is None:
        return Result(annotation_id, Outcome.REFUSED, "there is no such annotation on this script")
    if row.erased_at is not None:
        return Result(annotation_id, Outcome.REFUSED, "it has been erased")
    if not change(row):
        return Result(annotation_id, Outcome.UNCHANGED)
    row.revision += 1
    return Result(annotation_id, Outcome.DONE)


def _move(row: Annotation, move: Move) -> bool:
    points = move.points if row.kind is AnnotationKind.INK and move.points else row.points
    if (row.x, row.y, row.points) == (move.x, move.y, points):
        return False
    row.x, row.y, row.points = move.x, move.y, points
    return True


def _erase(desk: _Desk, erase: Erase) -> Result:
    row = desk.mine(erase.id)
    if row is not None and row.erased_at is not None:
        return Result(erase.id, Outcome.UNCHANGED)
    return _change(desk, erase.id, lambda found: _mark_erased(found, desk.now))


def _mark_erased(row: Annotation, now: datetime) -> bool:
    row.erased_at = now
    return True
