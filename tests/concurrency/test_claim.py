from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select

from mathvidya.evaluation.errors import DailyCapReached, DeskFull, ScriptTaken
from mathvidya.evaluation.models import Assignment, Evaluation, EvaluationState
from mathvidya.evaluation.service import claiming, promises, returning
from mathvidya.platform import db
from mathvidya.platform.actors import Actor
from mathvidya.platform.errors import DomainError
from mathvidya.system.models import AuditLog
from tests.concurrency.racing import race
from tests.desks import MONDAY, claimed, ist, let_lapse, waiting
from tests.factories import actor_of, make_teacher

pytestmark = pytest.mark.usefixtures("committed_database")

RUNNERS = 32


def teachers(count: int) -> list[Actor]:
    with db.transaction() as session:
        return [actor_of(make_teacher(session)) for _ in range(count)]


def scripts(count: int) -> list[UUID]:
    """So many waiting scripts, by their due time."""
    with db.transaction() as session:
        return [waiting(session, at=MONDAY + timedelta(minutes=number)).id for number in range(count)]


def next_of(actor: Actor) -> UUID | str:
    try:
        with db.transaction() as session:
            return claiming.claim_next(session, actor=actor, now=MONDAY).evaluation.id
    except DomainError as error:
        return error.slug


def test_of_thirty_two_who_claim_one_script_one_gets_it() -> None:
    [script], actors = scripts(1), teachers(RUNNERS)

    def claim(number: int) -> str:
        try:
            with db.transaction() as session:
                claiming.claim(session, actor=actors[number], evaluation_id=script, now=MONDAY)
        except ScriptTaken as error:
            return error.slug
        return "got it"

    outcomes = race(RUNNERS, claim)
    assert (outcomes.count("got it"), outcomes.count("script-taken")) == (1, RUNNERS - 1)
    with db.reading() as session:
        assert session.scalar(select(func.count()).select_from(Assignment)) == 1


def test_of_thirty_two_who_claim_the_next_each_gets_one_of_their_own_and_the_last_nothing() -> None:
    waiting_scripts, actors = scripts(RUNNERS - 4), teachers(RUNNERS)
    outcomes = race(RUNNERS, lambda number: next_of(actors[number]))
    got = [outcome for outcome in outcomes if isinstance(outcome, UUID)]
    assert sorted(got) == sorted(waiting_scripts)
    assert outcomes.count("nothing-to-mark") == 4


def test_claims_that_follow_each_other_are_in_due_order() -> None:
    waiting_scripts, actors = scripts(6), teachers(6)
    assert [next_of(actor) for actor in actors] == waiting_scripts


def test_one_teacher_on_many_devices_gets_no_more_than_a_deskful() -> None:
    scripts(12)
    [actor] = teachers(1)
    outcomes = race(12, lambda _: next_of(actor))
    assert sum(isinstance(outcome, UUID) for outcome in outcomes) == 3
    assert outcomes.count(DeskFull.slug) == 9


def test_the_daily_cap_holds_in_a_race() -> None:
    scripts(4)
    with db.transaction() as session:
        actor = actor_of(make_teacher(session, daily_cap=1))
    outcomes = race(4, lambda _: next_of(actor))
    assert sum(isinstance(outcome, UUID) for outcome in outcomes) == 1
    assert outcomes.count(DailyCapReached.slug) == 3


def test_ticks_that_run_at_once_return_a_lapsed_script_once() -> None:
    scripts(1)
    with db.transaction() as session:
        let_lapse(session, claimed(session, make_teacher(session)).evaluation)

    def tick(_: int) -> int:
        with db.transaction() as session:
            return returning.return_lapsed(session, now=MONDAY, limit=10)

    assert sum(race(8, tick)) == 1


def test_a_breach_noted_by_many_at_once_is_noted_once() -> None:
    [script] = scripts(1)

    def note(_: int) -> None:
        with db.transaction() as session:
            promises.note_overdue(session, evaluation_id=script, now=ist("6 Jan 11:00"))

    race(8, note)
    with db.reading() as session:
        breaches = select(func.count()).where(AuditLog.action == "sla.breached")
        assert session.scalar(breaches) == 1
        assert session.get_one(Evaluation, script).state is EvaluationState.QUEUED
