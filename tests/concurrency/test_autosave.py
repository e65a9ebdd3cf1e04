from concurrent.futures import ThreadPoolExecutor
from random import Random
from time import monotonic
from uuid import UUID

import pytest
from sqlalchemy import select, text

from mathvidya.attempts import service
from mathvidya.attempts.errors import AnswerAfterTime
from mathvidya.attempts.models import StudentMcqAnswer
from mathvidya.attempts.rules.answering import GivenAnswer
from mathvidya.platform import db
from mathvidya.platform.actors import Actor
from tests.concurrency.racing import race
from tests.factories import actor_of
from tests.sittings import RIGHT, at, make_exam, start, student_of

THREADS = 32
SAVES = 20


@pytest.fixture
def sitting(committed_database: object) -> tuple[UUID, Actor]:
    with db.transaction() as session:
        exam = start(session, make_exam(session, written=False))
        return exam.id, actor_of(student_of(session, exam))


def save(sitting: tuple[UUID, Actor], number: int, sequence: int) -> int:
    """Save the choice that ``sequence`` stands for; the sequence that is stored afterwards."""
    exam_id, actor = sitting
    answer = GivenAnswer(number, ("ABCD"[sequence % 4],), sequence, at(1))
    with db.statement() as cursor:
        return service.save_answer(cursor, actor=actor, exam_id=exam_id, answer=answer, now=at(2)).sequence


def stored() -> dict[int, StudentMcqAnswer]:
    with db.reading() as session:
        return {each.question_number: each for each in session.scalars(select(StudentMcqAnswer))}


def test_whatever_the_order_of_arrival_the_highest_sequence_stands(sitting: tuple[UUID, Actor]) -> None:
    sequences = list(range(1, THREADS * SAVES + 1))
    Random(7).shuffle(sequences)

    def device(thread: int) -> list[int]:
        mine = sequences[thread * SAVES : (thread + 1) * SAVES]
        return [save(sitting, 1, sequence) - sequence for sequence in mine]

    ahead = [gap for gaps in race(THREADS, device) for gap in gaps]
    assert min(ahead) == 0  # nobody is told of an older answer than the one that was sent
    newest = stored()[1]
    assert (newest.sequence, newest.choices) == (THREADS * SAVES, ["ABCD"[THREADS * SAVES % 4]])


def test_what_is_acknowledged_while_handing_in_is_scored_or_was_refused(
    sitting: tuple[UUID, Actor],
) -> None:
    exam_id, actor = sitting

    def act(thread: int) -> int | None:
        if thread == THREADS // 2:
            with db.transaction() as session:
                service.hand_in(session, actor=actor, exam_id=exam_id, now=at(3))
            return None
        try:
            return save(sitting, 1 + thread % len(RIGHT), sequence=thread + 1)
        except AnswerAfterTime:
            return None

    race(THREADS, act)
    unscored = [number for number, answer in stored().items() if answer.marks_awarded is None]
    assert unscored == []


def test_a_save_that_waits_for_a_hand_in_is_refused_by_it(sitting: tuple[UUID, Actor]) -> None:
    exam_id, actor = sitting
    with ThreadPoolExecutor(1) as device:
        with db.transaction() as session:
            service.hand_in(session, actor=actor, exam_id=exam_id, now=at(2))
            session.flush()
            late = device.submit(save, sitting, 1, 1)
            await_somebody_waiting()
        with pytest.raises(AnswerAfterTime):
            late.result(timeout=10)
    assert stored() == {}


def await_somebody_waiting() -> None:
    """Return once a transaction of this database waits for the lock of another."""
    deadline = monotonic() + 10
    while monotonic() < deadline:
        with db.reading() as session:
            if session.execute(text("SELECT 1 FROM pg_locks WHERE NOT granted")).first():
                return
    pytest.fail("nobody waits: the save was not held back by the hand-in")
