from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from mathvidya.evaluation.models import EvaluationState
from mathvidya.evaluation.queries.promises import Promise, PromiseFilter, promises
from mathvidya.evaluation.rules.standing import WHEREABOUTS, Band, Limits, Whereabouts
from mathvidya.platform.actors import Actor
from tests.desks import MONDAY, begun, flagged, ist, make_handed_in, make_sheet, waiting
from tests.factories import actor_of, link_parent, make_admin, make_parent, make_student, make_teacher
from workflows.sla import ClockState

DUE = ist("6 Jan 10:00")


def seen(session: Session, actor: Actor, at: str = "5 Jan 12:00", **narrowed: object) -> list[Promise]:
    session.flush()
    wanted = PromiseFilter(**narrowed)  # type: ignore[arg-type]  # the test names real fields
    return list(promises(session, actor, wanted, now=ist(at), limit=100, after=None).items)


def test_a_student_reads_when_the_marks_are_due_and_what_time_is_left(
    session: Session,
) -> None:
    student = make_student(session)
    evaluation = waiting(session, student=student)
    (promise,) = seen(session, actor_of(student))
    assert promise.exam_id == evaluation.exam_id
    assert (promise.whereabouts, promise.clock, promise.due_at) == (
        Whereabouts.WAITING,
        ClockState.RUNNING,
        DUE,
    )
    assert promise.minutes_left == 540 - 120
    (late,) = seen(session, actor_of(student), "6 Jan 10:30")
    assert late.minutes_left == -30


def test_the_linked_parent_reads_it_too_and_strangers_nothing(session: Session) -> None:
    student, parent = make_student(session), make_parent(session)
    link_parent(session, parent, student)
    waiting(session, student=student)
    for person in (student, parent, make_admin(session)):
        assert len(seen(session, actor_of(person), student_id=student.id)) == 1
    for person in (make_student(session), make_parent(session), make_teacher(session)):
        assert seen(session, actor_of(person), student_id=student.id) == []


def test_while_a_page_is_asked_for_no_due_time_is_told(session: Session) -> None:
    student, teacher = make_student(session), make_teacher(session)
    evaluation = waiting(session, student=student)
    taken = begun(session, teacher)
    assert seen(session, actor_of(student))[0].whereabouts is Whereabouts.WITH_A_TEACHER
    flagged(session, teacher, taken, make_sheet(session, evaluation.exam_id), at=ist("5 Jan 12:00"))
    (promise,) = seen(session, actor_of(student), "5 Jan 17:00")
    assert (promise.whereabouts, promise.clock) == (Whereabouts.PAGE_ASKED, ClockState.PAUSED)
    assert (promise.due_at, promise.minutes_left) == (None, 420)


def test_an_exam_that_nobody_has_to_mark_carries_no_promise(session: Session) -> None:
    exam = make_handed_in(session)
    assert seen(session, actor_of(make_admin(session)), student_id=exam.student_id) == []


def test_what_is_owed_is_told_from_what_was_kept(session: Session) -> None:
    student = make_student(session)
    waiting(session, student=student)
    assert len(seen(session, actor_of(student), is_open=True)) == 1
    assert seen(session, actor_of(student), is_open=False) == []


def test_many_promises_cost_the_queries_of_one(session: Session) -> None:
    admin = actor_of(make_admin(session))
    counts = []
    for _ in range(2):
        waiting(session)
        waiting(session)
        statements: list[str] = []

        def note(_: object, __: object, statement: str, *___: object) -> None:
            statements.append(statement)  # noqa: B023 - heard within this round

        session.flush()
        event.listen(session.connection(), "before_cursor_execute", note)
        found = seen(session, admin)
        event.remove(session.connection(), "before_cursor_execute", note)
        counts.append((len(found), len(statements)))
    assert [length for length, _ in counts] == [2, 4]
    assert counts[0][1] == counts[1][1]


def test_pages_follow_each_other(session: Session) -> None:
    waiting(session)
    waiting(session)
    admin = actor_of(make_admin(session))
    first = promises(session, admin, PromiseFilter(), now=MONDAY, limit=1, after=None)
    rest = promises(session, admin, PromiseFilter(), now=MONDAY, limit=1, after=first.next_after)
    assert first.items[0].exam_id > rest.items[0].exam_id
    assert rest.next_after is None


def test_every_state_has_plain_words() -> None:
    assert set(WHEREABOUTS) == set(EvaluationState)


@pytest.mark.parametrize(
    ("minutes", "runs", "breached", "band"),
    [
        (-1, True, False, Band.BREACHED),
        (300, True, True, Band.BREACHED),
        (300, False, True, Band.BREACHED),
        (-1, False, False, Band.ON_HOLD),
        (120, True, False, Band.AT_RISK),
        (121, True, False, Band.DUE_TODAY),
        (600, True, False, Band.ON_TRACK),
    ],
)
def test_bands(minutes: int, runs: bool, breached: bool, band: Band) -> None:
    limits = Limits(MONDAY, MONDAY + timedelta(hours=2), MONDAY + timedelta(hours=10))
    assert limits.band(MONDAY + timedelta(minutes=minutes), runs=runs, breached=breached) is band
