from collections import Counter
from decimal import Decimal

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mathvidya.evaluation.models import EvaluationState, MarkConflict, QuestionMark, StepMark
from mathvidya.evaluation.service.completion import complete
from mathvidya.platform import db
from mathvidya.platform.db import Database
from mathvidya.platform.errors import WrongState
from tests.concurrency.racing import race
from tests.factories import MONDAY_TEN
from tests.scripts import Script, make_script, mark_everything, save, sent

RUNNERS = 32


@pytest.fixture
def script(committed_database: Database) -> Script:
    with db.transaction() as session:
        return make_script(session)


def count(session: Session, model: type[QuestionMark] | type[MarkConflict]) -> int:
    return session.execute(select(func.count()).select_from(model)).scalar_one()


def test_of_many_saves_of_one_question_none_is_lost_unseen(script: Script) -> None:
    def run(number: int) -> bool:
        with db.transaction() as session:
            return save(session, script, 2, sent({"1": "1"}, remark=f"save {number}")).lost

    lost = Counter(race(RUNNERS, run))
    assert lost == {False: 1, True: RUNNERS - 1}
    with db.reading() as session:
        (mark,) = session.scalars(select(QuestionMark))
        kept = {conflict.sent["remark"] for conflict in session.scalars(select(MarkConflict))}
    assert mark.revision == 1
    assert kept | {mark.remark} == {f"save {number}" for number in range(RUNNERS)}


def test_savers_who_read_again_all_get_through_one_after_the_other(script: Script) -> None:
    def run(number: int) -> int:
        revision, tries = 0, 0
        while True:
            tries += 1
            with db.transaction() as session:
                outcome = save(
                    session, script, 2, sent({"1": "1"}, remark=f"save {number}", revision=revision)
                )
            if not outcome.lost:
                return tries
            revision = outcome.stands.revision if outcome.stands else 0

    tries = race(8, run)
    with db.reading() as session:
        (mark,) = session.scalars(select(QuestionMark))
        assert mark.revision == 8
        assert count(session, MarkConflict) == sum(tries) - 8


def test_the_same_save_from_many_clicks_is_one_save(script: Script) -> None:
    def run(_: int) -> bool:
        with db.transaction() as session:
            return save(session, script, 2, sent({"1": "1", "2": "0.5"})).lost

    assert not any(race(RUNNERS, run))
    with db.reading() as session:
        (mark,) = session.scalars(select(QuestionMark))
        assert (mark.revision, mark.awarded) == (1, Decimal("1.5"))
        assert len(session.scalars(select(StepMark)).all()) == 2
        assert count(session, MarkConflict) == 0


def test_saving_while_completing_is_counted_or_refused(script: Script) -> None:
    with db.transaction() as session:
        mark_everything(session, script)

    def run(number: int) -> str:
        try:
            with db.transaction() as session:
                return _complete(session, script) if number == 0 else _lower(session, script)
        except WrongState:  # completed meanwhile, or the lease given back with it
            return "refused"

    outcomes = race(8, run)
    assert outcomes[0] == "completed"
    with db.reading() as session:
        script_now = session.get_one(type(script.evaluation), script.evaluation.id)
        total = session.execute(select(func.sum(QuestionMark.awarded))).scalar_one()
        assert script_now.state is EvaluationState.PUBLISHED
        assert script_now.total == total


def _complete(session: Session, script: Script) -> str:
    complete(
        session,
        actor=script.actor,
        evaluation_id=script.evaluation.id,
        expected_version=1,
        lease_token=script.token,
        now=MONDAY_TEN,
    )
    return "completed"


def _lower(session: Session, script: Script) -> str:
    save(session, script, 2, sent({"1": "0", "2": "0"}, revision=1))
    return "saved"
