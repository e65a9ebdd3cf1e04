from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from mathvidya.evaluation.errors import LeaseLapsed
from mathvidya.evaluation.models import Annotation, AnnotationKind
from mathvidya.evaluation.queries.marks import stamps_of
from mathvidya.evaluation.queries.script import annotations_for
from mathvidya.evaluation.rules import stamps
from mathvidya.evaluation.service.annotations import Add, Erase, Move, Operation, Outcome, Result, annotate
from mathvidya.platform.errors import NotFound
from tests.factories import MONDAY_TEN, actor_of, make_teacher
from tests.scripts import Script, make_script, replace_sheet
from workflows.base import new_id


@pytest.fixture
def script(session: Session) -> Script:
    return make_script(session)


def do(session: Session, script: Script, *operations: Operation) -> list[Result]:
    return annotate(
        session,
        actor=script.actor,
        evaluation_id=script.evaluation.id,
        operations=operations,
        lease_token=script.token,
        now=MONDAY_TEN,
    )


def tick(script: Script, **values: Any) -> Add:
    return Add(
        **{
            "id": new_id(),
            "sheet_id": script.sheets[0].id,
            "kind": AnnotationKind.TICK,
            "x": 0.25,
            "y": 0.5,
            "points": [],
            "text": "",
            "question_number": 2,
            "marks": Decimal(1),
            **values,
        }
    )


def ink(script: Script, strokes: int = 1) -> Add:
    return tick(
        script,
        kind=AnnotationKind.INK,
        points=[[0, 0, 100, 100]] * strokes,
        question_number=None,
        marks=None,
    )


def outcomes(results: list[Result]) -> list[Outcome]:
    return [result.outcome for result in results]


def live(session: Session, script: Script) -> list[UUID]:
    found = annotations_for(session, actor=script.actor, evaluation_id=script.evaluation.id, sheet_id=None)
    return [view.id for view in found]


def test_a_batch_is_carried_out_in_order(session: Session, script: Script) -> None:
    first, second = tick(script), tick(script)
    results = do(session, script, first, second, Move(first.id, 0.75, 0.5, []), Erase(second.id))
    assert outcomes(results) == [Outcome.DONE] * 4
    (view,) = annotations_for(
        session, actor=script.actor, evaluation_id=script.evaluation.id, sheet_id=script.sheets[0].id
    )
    assert (view.id, view.x, view.revision) == (first.id, 0.75, 2)


def test_a_batch_sent_again_changes_nothing(session: Session, script: Script) -> None:
    first, second = tick(script), tick(script)
    batch = (first, second, Move(first.id, 0.75, 0.5, []), Erase(second.id))
    do(session, script, *batch)
    again = do(session, script, *batch)
    assert outcomes(again) == [Outcome.UNCHANGED] * 4
    assert live(session, script) == [first.id]


def test_what_was_erased_stays_erased_and_is_kept(session: Session, script: Script) -> None:
    add = tick(script)
    do(session, script, add, Erase(add.id))
    (moved,) = do(session, script, Move(add.id, 0.1, 0.1, []))
    assert (moved.outcome, moved.reason) == (Outcome.REFUSED, "it has been erased")
    assert live(session, script) == []
    assert session.get_one(Annotation, add.id).erased_at == MONDAY_TEN


def test_one_refused_operation_does_not_stop_the_others(session: Session, script: Script) -> None:
    results = do(session, script, Erase(new_id()), tick(script))
    assert outcomes(results) == [Outcome.REFUSED, Outcome.DONE]


def test_ink_moves_with_its_strokes(session: Session, script: Script) -> None:
    add = ink(script)
    do(session, script, add, Move(add.id, 0.5, 0.5, [[5, 5, 105, 105]]))
    assert session.get_one(Annotation, add.id).points == [[5, 5, 105, 105]]


def test_an_annotation_of_another_script_is_out_of_reach(session: Session, script: Script) -> None:
    other = make_script(session)
    foreign = tick(other)
    do(session, other, foreign)
    results = do(session, script, tick(script, id=foreign.id), Move(foreign.id, 0, 0, []), Erase(foreign.id))
    assert outcomes(results) == [Outcome.REFUSED] * 3
    assert results[1].reason == "there is no such annotation on this script"
    assert session.get_one(Annotation, foreign.id).x == foreign.x


def test_a_sheet_of_another_script_is_refused(session: Session, script: Script) -> None:
    other = make_script(session)
    (result,) = do(session, script, tick(script, sheet_id=other.sheets[0].id))
    assert result.outcome is Outcome.REFUSED


def test_a_page_that_was_replaced_takes_nothing_more_and_its_stamps_no_longer_count(
    session: Session, script: Script
) -> None:
    do(session, script, tick(script))
    assert len(stamps_of(session, script.evaluation.id)) == 1
    replace_sheet(session, script, script.sheets[0])
    (result,) = do(session, script, tick(script))
    assert result.outcome is Outcome.REFUSED
    assert stamps_of(session, script.evaluation.id) == ()


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"question_number": 1}, "no written question 1"),
        ({"question_number": None}, "say which question"),
        ({"kind": AnnotationKind.CIRCLE}, "carries no marks"),
        ({"kind": AnnotationKind.HALF}, "a half stands for 0.5"),
        ({"kind": AnnotationKind.CROSS}, "a cross stands for 0"),
        ({"marks": Decimal("0.25")}, "in halves"),
        ({"marks": Decimal("6.5")}, "0 to 6"),
        ({"marks": Decimal("1e999999")}, "0 to 6"),
    ],
)
def test_a_stamp_that_cannot_carry_its_marks_says_why(
    session: Session, script: Script, values: dict[str, Any], reason: str
) -> None:
    (result,) = do(session, script, tick(script, **values))
    assert result.outcome is Outcome.REFUSED
    assert reason in (result.reason or "")


def test_a_half_at_a_question_is_a_half_and_a_cross_nothing(session: Session, script: Script) -> None:
    do(
        session,
        script,
        tick(script, kind=AnnotationKind.HALF, marks=None),
        tick(script, kind=AnnotationKind.CROSS, marks=None),
        tick(script, marks=None),
    )
    worths = {stamp.marks for stamp in stamps_of(session, script.evaluation.id)}
    assert worths == {Decimal("0.5"), Decimal(0), None}


def test_a_page_takes_so_many_annotations(
    session: Session, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stamps, "ANNOTATIONS_PER_PAGE", 2)
    results = do(session, script, *(tick(script) for _ in range(3)))
    assert outcomes(results) == [Outcome.DONE, Outcome.DONE, Outcome.REFUSED]
    assert outcomes(do(session, script, tick(script, sheet_id=script.sheets[1].id))) == [Outcome.DONE]


def test_a_page_takes_so_many_strokes(session: Session, script: Script) -> None:
    full = [ink(script, stamps.STROKES_PER_ANNOTATION) for _ in range(10)]
    assert outcomes(do(session, script, *full)) == [Outcome.DONE] * 10
    assert outcomes(do(session, script, ink(script))) == [Outcome.REFUSED]
    assert outcomes(do(session, script, Erase(full[0].id), tick(script))) == [Outcome.DONE] * 2


def test_a_long_batch_costs_as_many_queries_as_a_short_one(session: Session, script: Script) -> None:
    selects: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        if statement.startswith("SELECT"):
            selects.append(statement)

    event.listen(session.connection(), "before_cursor_execute", note)
    do(session, script, tick(script))
    short = len(selects)
    do(session, script, *(tick(script) for _ in range(50)))
    assert len(selects) == 2 * short


def test_a_fenced_off_token_puts_nothing_on_a_page(session: Session, script: Script) -> None:
    with pytest.raises(LeaseLapsed):
        do(session, replace(script, token=script.token + 1), tick(script))
    assert session.scalars(select(Annotation)).all() == []


def test_another_teacher_neither_reads_nor_writes(session: Session, script: Script) -> None:
    stranger = replace(script, teacher=make_teacher(session))
    with pytest.raises(NotFound):
        do(session, stranger, tick(script))
    with pytest.raises(NotFound):
        annotations_for(
            session,
            actor=actor_of(stranger.teacher),
            evaluation_id=script.evaluation.id,
            sheet_id=None,
        )
