from decimal import Decimal

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mathvidya.evaluation.errors import LeaseLapsed, MarkAboveMaximum, UnknownStep
from mathvidya.evaluation.models import EvaluationState, MarkConflict, QuestionMark, StepMark
from mathvidya.evaluation.queries.marks import marks_of
from mathvidya.evaluation.service.marking import save_mark
from mathvidya.evaluation.service.moving import SUBJECT
from mathvidya.platform.actors import Actor
from mathvidya.platform.errors import Invalid, NotFound, WrongState
from mathvidya.system.models import AuditLog
from tests.factories import (
    MONDAY_TEN,
    actor_of,
    make_admin,
    make_parent,
    make_student,
    make_teacher,
)
from tests.scripts import Script, key_of, make_script, save, sent
from workflows import leases
from workflows.models import Lease


@pytest.fixture
def script(session: Session) -> Script:
    return make_script(session)


def count(session: Session, model: type[StepMark] | type[MarkConflict] | type[QuestionMark]) -> int:
    return session.execute(select(func.count()).select_from(model)).scalar_one()


def test_a_mark_is_the_sum_of_its_steps(session: Session, script: Script) -> None:
    stands = save(session, script, 2, sent({"1": "1", "2": "0.5"}, remark="careless")).stands
    assert stands is not None
    assert (stands.awarded, stands.possible, stands.revision) == (Decimal("1.5"), 2, 1)
    assert (stands.remark, stands.not_attempted) == ("careless", False)


def test_which_alternative_counts_is_kept(session: Session, script: Script) -> None:
    stands = save(session, script, 3, sent({"1": "1", "/second/0/1": "1.5"})).stands
    assert stands is not None
    assert stands.counted == {"": "second"}
    assert len(stands.steps) == 2


def test_saving_again_replaces_the_steps_in_place(session: Session, script: Script) -> None:
    save(session, script, 2, sent({"1": "1", "2": "1"}))
    kept = session.scalars(select(StepMark).where(StepMark.step == 1)).one()
    stands = save(session, script, 2, sent({"1": "0.5"}, revision=1)).stands
    assert stands is not None
    assert (stands.awarded, stands.revision) == (Decimal("0.5"), 2)
    assert session.scalars(select(StepMark)).all() == [kept]


def test_a_double_click_saves_once(session: Session, script: Script) -> None:
    first = save(session, script, 2, sent({"1": "1"}))
    assert save(session, script, 2, sent({"1": "1"})) == first
    assert count(session, MarkConflict) == 0


def test_a_save_from_an_older_revision_loses_and_is_kept(session: Session, script: Script) -> None:
    save(session, script, 2, sent({"1": "1"}))
    late = save(session, script, 2, sent({"1": "0", "2": "1"}, remark="seen on page 2"))
    assert late.lost
    assert late.stands is not None
    assert late.stands.awarded == 1
    (mark,) = marks_of(session, script.evaluation.id)
    (lost,) = mark.lost_saves
    assert lost.sent["remark"] == "seen on page 2"
    assert [step["awarded"] for step in lost.sent["steps"]] == ["0", "1"]


def test_a_lost_save_is_shown_until_the_question_is_saved_again(session: Session, script: Script) -> None:
    save(session, script, 2, sent({"1": "1"}))
    save(session, script, 2, sent({"2": "1"}))
    save(session, script, 2, sent({"1": "1", "2": "1"}, revision=1))
    (mark,) = marks_of(session, script.evaluation.id)
    assert mark.lost_saves == ()
    assert count(session, MarkConflict) == 1


def test_a_revision_that_never_was_is_stale_too(session: Session, script: Script) -> None:
    assert save(session, script, 2, sent({"1": "1"}, revision=7)).lost
    assert count(session, QuestionMark) == 0


def test_not_attempted_takes_the_steps_away(session: Session, script: Script) -> None:
    save(session, script, 2, sent({"1": "1"}))
    stands = save(session, script, 2, sent(not_attempted=True, revision=1)).stands
    assert stands is not None
    assert (stands.awarded, stands.not_attempted, stands.steps) == (0, True, ())


def test_not_attempted_and_marks_exclude_each_other(session: Session, script: Script) -> None:
    with pytest.raises(Invalid, match="not attempted"):
        save(session, script, 2, sent({"1": "1"}, not_attempted=True))


def test_a_sum_without_steps_is_for_schemes_without_steps(session: Session, script: Script) -> None:
    with pytest.raises(UnknownStep):
        save(session, script, 2, sent(awarded=Decimal(2)))
    stands = save(session, script, 5, sent(awarded=Decimal("1.5"))).stands
    assert stands is not None
    assert stands.awarded == Decimal("1.5")


def test_a_question_declared_unanswered_can_be_marked_when_an_answer_is_found(
    session: Session, script: Script
) -> None:
    stands = save(session, script, 5, sent({"1": "2"})).stands
    assert stands is not None
    assert stands.awarded == 2


@pytest.mark.parametrize("number", [1, 6, 0])
def test_only_written_questions_of_the_paper_are_marked(
    session: Session, script: Script, number: int
) -> None:
    with pytest.raises(NotFound, match="no written question"):
        save(session, script, number, sent({"1": "1"}))


def test_a_refused_mark_changes_nothing(session: Session, script: Script) -> None:
    save(session, script, 2, sent({"1": "1"}))
    with pytest.raises(MarkAboveMaximum):
        save(session, script, 2, sent({"1": "1.5"}, revision=1))
    (mark,) = marks_of(session, script.evaluation.id)
    assert (mark.awarded, mark.revision) == (1, 1)


@pytest.mark.parametrize("make", [make_teacher, make_student, make_parent, make_admin])
def test_nobody_marks_but_the_teacher_who_holds_the_script(
    session: Session, script: Script, make: type
) -> None:
    with pytest.raises(NotFound):
        save_as(session, script, actor_of(make(session)))


def save_as(session: Session, script: Script, actor: Actor) -> None:
    save_mark(
        session,
        actor=actor,
        evaluation_id=script.evaluation.id,
        number=2,
        sent=sent({"1": "1"}),
        lease_token=script.token,
        now=MONDAY_TEN,
    )


@pytest.mark.parametrize("state", [state for state in EvaluationState if state.value != "in_progress"])
def test_a_script_is_marked_only_while_in_progress(
    session: Session, script: Script, state: EvaluationState
) -> None:
    moments = {"completed_at": ("completed", "published"), "published_at": ("published",)}
    moments |= {"withdrawn_at": ("withdrawn",), "held_at": ("on_hold",)}
    for column, states in moments.items():
        setattr(script.evaluation, column, MONDAY_TEN if state.value in states else None)
    script.evaluation.teacher_id = None if state is EvaluationState.QUEUED else script.teacher.id
    script.evaluation.state = state
    session.flush()
    with pytest.raises(NotFound if state is EvaluationState.QUEUED else WrongState):
        save(session, script, 2, sent({"1": "1"}))


def test_a_token_that_a_later_claim_has_fenced_off_saves_nothing(session: Session, script: Script) -> None:
    leases.claim(
        session,
        subject_type=SUBJECT,
        subject_id=script.evaluation.id,
        holder_id=script.teacher.id,
        minutes=45,
    )
    with pytest.raises(LeaseLapsed):
        save(session, script, 2, sent({"1": "1"}))
    assert count(session, QuestionMark) == 0


def test_saving_renews_the_lease(session: Session, script: Script) -> None:
    lease = session.scalars(select(Lease).where(Lease.subject_id == script.evaluation.id)).one()
    leases.renew(
        session, subject_type=SUBJECT, subject_id=script.evaluation.id, token=script.token, minutes=1
    )
    session.refresh(lease)
    short = lease.expires_at
    save(session, script, 2, sent({"1": "1"}))
    session.refresh(lease)
    assert lease.expires_at > short


def test_marks_survive_a_release_and_a_new_claim(session: Session, script: Script) -> None:
    save(session, script, 2, sent({"1": "1"}))
    leases.revoke(session, subject_type=SUBJECT, subject_id=script.evaluation.id)
    token = leases.claim(
        session,
        subject_type=SUBJECT,
        subject_id=script.evaluation.id,
        holder_id=script.teacher.id,
        minutes=45,
    )
    assert token > script.token
    (mark,) = marks_of(session, script.evaluation.id)
    assert mark.awarded == 1


def test_every_change_of_a_mark_is_audited_with_what_it_was(session: Session, script: Script) -> None:
    save(session, script, 2, sent({"1": "1"}))
    save(session, script, 2, sent({"1": "0.5"}, revision=1))
    acts = session.scalars(select(AuditLog).where(AuditLog.action == "mark.saved").order_by(AuditLog.id))
    assert [act.changes["mark"] for act in acts] == [
        [None, {"awarded": "1", "not_attempted": False}],
        [{"awarded": "1", "not_attempted": False}, {"awarded": "0.5", "not_attempted": False}],
    ]


def test_a_step_is_found_by_its_words() -> None:
    assert str(key_of("iii/second/1/2")) == "step 2 of method 1 of the second alternative in part iii"
