from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from mathvidya.evaluation.queries.desk import DeskView, Tally, desk_of
from mathvidya.evaluation.rules.standing import Band
from mathvidya.platform.errors import Forbidden
from tests.desks import begun, claimed, flagged, ist, make_sheet, waiting
from tests.factories import MONDAY_TEN, actor_of, make_admin, make_student, make_teacher
from tests.scripts import Script, make_script, save, sent


def desk(session: Session, script: Script, later: timedelta = timedelta()) -> DeskView:
    session.flush()
    return desk_of(session, script.actor, now=MONDAY_TEN + later)


def test_a_teacher_sees_how_far_each_script_has_come(session: Session) -> None:
    script = make_script(session, student=make_student(session), teacher=make_teacher(session))
    assert [(each.marked, each.questions) for each in desk(session, script).scripts] == [(0, 3)]
    save(session, script, 2, sent({"1": "1"}))
    (seen,) = desk(session, script).scripts
    assert (seen.evaluation.id, seen.marked, seen.questions) == (script.evaluation.id, 1, 3)
    assert desk(session, script).today == Tally(scripts=0, questions=1, minutes=0)
    assert desk(session, script, timedelta(days=1)).today == Tally(0, 0, 0)


def test_what_is_due_first_lies_on_top_and_says_how_much_time_is_left(session: Session) -> None:
    teacher = make_teacher(session)
    first, second = waiting(session), waiting(session, at=ist("5 Jan 11:00"))
    claimed(session, teacher)
    claimed(session, teacher)
    seen = desk_of(session, actor_of(teacher), now=ist("5 Jan 12:00")).scripts
    assert [each.evaluation.id for each in seen] == [first.id, second.id]
    assert [each.minutes_left for each in seen] == [420, 480]
    assert {each.band for each in seen} == {Band.ON_TRACK}


def test_what_waits_for_a_page_stays_on_the_desk(session: Session) -> None:
    evaluation, teacher = waiting(session), make_teacher(session)
    flagged(
        session,
        teacher,
        begun(session, teacher),
        make_sheet(session, evaluation.exam_id),
        at=ist("5 Jan 12:00"),
    )
    (seen,) = desk_of(session, actor_of(teacher), now=ist("5 Jan 15:00")).scripts
    assert seen.band is Band.ON_HOLD
    assert desk_of(session, actor_of(make_teacher(session)), now=ist("5 Jan 15:00")).scripts == []


def test_a_desk_is_a_teachers(session: Session) -> None:
    waiting(session)
    with pytest.raises(Forbidden):
        desk_of(session, actor_of(make_admin(session)), now=MONDAY_TEN)
