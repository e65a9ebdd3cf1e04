"""What must not be read too early, or by the wrong person, whatever route is asked.

Before publication no answer to student or parent holds anything of the key: the solutions and schemes of the
bank carry words to look for. No answer to a teacher says whose script it is.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import orjson
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection
from werkzeug.test import TestResponse

from mathvidya.platform import db
from mathvidya.platform.db import Database
from mathvidya.platform.http.limits import limiter
from tests.api.matrix_requests import ask, rules
from tests.api.matrix_world import World, make_world, monday_ten
from tests.api.people import signed_in
from tests.platform.pdf_pages import texts_of

OF_THE_KEY = {"solution", "scheme", "key", "exam_key", "correct_choices", "seed"}
WORDS_OF_THE_KEY = ("SOLUTION", "SCHEME", "the solution of a")
"""In every solution and scheme of the bank (tests/sittings.py) and of the script (tests/scripts.py)."""

GRANTS = {"auth.sign_in", "auth.refresh_session"}
"""Say who somebody is to whoever holds that person's password or token."""

PLAIN_WAY = {
    "exams.read_paper",
    "exams.read_exam",
    "answers.save_answer",
    "answers.list_answers",
    "sheets.list_exam_sheets",
    "sheets.open_sheet_slot",
}
"""What a student is certainly answered during an exam: a walk that is refused everywhere proves nothing."""


@dataclass(frozen=True)
class House:
    """The application over one world, which every test leaves as it found it."""

    client: FlaskClient
    connection: Connection
    world: World

    @contextmanager
    def untouched(self) -> Iterator[None]:
        with self.connection.begin_nested() as outside:
            yield
            outside.rollback()

    def walk(self, who: str, **things: Any) -> Iterator[tuple[str, TestResponse]]:
        """Every route's answer to somebody, each asked of the same state."""
        world = replace(self.world, things={**self.world.things, **things})
        for (method, _), rule in rules(self.client).items():
            if rule.endpoint not in GRANTS:
                limiter.reset()
                with self.untouched():
                    yield rule.endpoint, ask(self.client, world, world.people[who], method, rule)

    def act(self, who: str, path: str, body: Any = None) -> Any:
        headers = signed_in(self.client.application, self.world.people[who])
        answer = self.client.post(f"/api/v1/exams{path}", json=body, headers=headers)
        assert answer.status_code in {200, 201}, answer.text
        return answer.json


@pytest.fixture(scope="module")
def house(
    built_app: Flask, worker_database: Database, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    with (
        worker_database.engine.connect() as connection,
        connection.begin() as outer,
        monday_ten(built_app, tmp_path_factory.mktemp("monday")),
    ):
        db.use(Database(connection))
        with db.transaction() as session:
            world = make_world(session)
        yield House(built_app.test_client(), connection, world)
        db.use(None)
        outer.rollback()


def of_the_key(answer: TestResponse) -> set[str]:
    text = _words_of(answer)
    found = {word for word in WORDS_OF_THE_KEY if word in text}
    return found | (
        names_in(orjson.loads(text)) & OF_THE_KEY if "json" in (answer.mimetype or "") and text else set()
    )


def _words_of(answer: TestResponse) -> str:
    """What an answer says: a PDF's words are inside it, compressed."""
    if answer.mimetype == "application/pdf":
        return "".join(texts_of(answer.get_data()))
    return answer.get_data(as_text=True)


def names_in(document: Any) -> set[str]:
    if isinstance(document, dict):
        return set(document).union(*map(names_in, document.values()))
    if isinstance(document, list):
        return set().union(*map(names_in, document))
    return set()


@pytest.mark.parametrize("stage", ["drawn", "started", "answered"])
@pytest.mark.parametrize("who", ["other student", "other parent"])
def test_nothing_of_the_key_of_a_drawn_paper_is_told_while_it_is_sat(
    house: House, who: str, stage: str
) -> None:
    with house.untouched():
        exam_id = house.act("other student", "", {"template": "small-mixed"})["id"]
        if stage != "drawn":
            house.act("other student", f"/{exam_id}/start")
        if stage == "answered":
            house.act("other student", f"/{exam_id}/finish-answering")
        answers = dict(house.walk(who, exam_id=exam_id, handed_in_id=exam_id))
    assert {name: of_the_key(answer) for name, answer in answers.items() if of_the_key(answer)} == {}
    if (who, stage) == ("other student", "started"):
        assert {name for name in PLAIN_WAY if answers[name].status_code >= 300} == set()


@pytest.mark.parametrize("who", ["student", "parent"])
def test_nothing_of_the_key_is_told_while_a_script_is_marked(house: House, who: str) -> None:
    answers = house.walk(who, exam_id=house.world.script.exam.id)
    assert {name: of_the_key(answer) for name, answer in answers if of_the_key(answer)} == {}


def test_the_key_would_be_found_if_it_were_told(house: House) -> None:
    script = dict(house.walk("teacher"))["marking.read_evaluation_script"]
    assert of_the_key(script) == {"solution", "scheme", "key", "the solution of a"}


@pytest.mark.parametrize("who", ["teacher", "other teacher"])
def test_no_teacher_learns_whose_script_it_is(house: House, who: str) -> None:
    exam = house.world.script.exam
    kin = [house.world.people[each] for each in ("student", "parent")]
    telling = {exam.code, *(str(x) for each in kin for x in (each.id, each.email, each.full_name))}
    answers = dict(house.walk(who))
    told = {name: {word for word in telling if word in _words_of(each)} for name, each in answers.items()}
    assert {name: words for name, words in told.items() if words} == {}
    assert (answers["marking.read_evaluation_script"].status_code == 200) is (who == "teacher")


def test_an_admin_is_told_who_is_who(house: House) -> None:
    answers = dict(house.walk("admin"))
    assert house.world.people["student"].full_name in answers["users.list_people"].text
