import json
from collections import Counter
from contextlib import nullcontext
from importlib import import_module
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.bank.models import Question
from mathvidya.cli import main
from seeds import reference
from tests.factories import MONDAY_TEN

BOARDS = {
    "cbse-xii-board": {
        "Relations and Functions": 8,
        "Algebra": 10,
        "Calculus": 35,
        "Vectors and Three-dimensional Geometry": 14,
        "Linear Programming": 5,
        "Probability": 8,
    },
    "cbse-x-standard-board": {
        "Number Systems": 6,
        "Algebra": 20,
        "Coordinate Geometry": 6,
        "Geometry": 15,
        "Trigonometry": 12,
        "Mensuration": 10,
        "Statistics and Probability": 11,
    },
}


@pytest.fixture(autouse=True)
def planted(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reference bank in the test's own database, which the command then finds in use."""

    monkeypatch.setattr(import_module("mathvidya.cli.paper"), "laptop_database", nullcontext)
    reference.plant(session, MONDAY_TEN)


def draw(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["paper", "draw", *arguments])


def drawn(code: str, seed: int = 7) -> dict[str, Any]:
    result = draw("--template", code, "--seed", str(seed), "--json")
    assert result.exit_code == 0, result.output
    answer: dict[str, Any] = json.loads(result.output)
    return answer


@pytest.mark.parametrize("code", BOARDS)
def test_the_reference_bank_gives_the_boards_paper(code: str) -> None:
    answer = drawn(code)
    questions = answer["questions"]
    units: Counter[str] = Counter()
    for question in questions:
        units[question["unit"]] += question["marks"]
    assert units == BOARDS[code]
    assert [question["number"] for question in questions] == list(range(1, 39))
    kinds = Counter((question["section"], question["type"]) for question in questions)
    assert list(kinds.items()) == [
        (("A", "MCQ"), 18),
        (("A", "ASSERTION_REASON"), 2),
        (("B", "VSA"), 5),
        (("C", "SA"), 6),
        (("D", "LA"), 4),
        (("E", "CASE_STUDY"), 3),
    ]
    assert (answer["template"], answer["seed"], len(answer["sha256"])) == (code, 7, 64)


def test_an_alternative_has_the_fields_of_its_question() -> None:
    partners = [each for each in drawn("cbse-xii-board")["questions"] if each["alternative"]]
    assert len(partners) == 7
    for question in partners:
        partner = question.pop("alternative")
        assert set(partner) == set(question)
        for name in ("number", "section", "type", "marks", "unit"):
            assert partner[name] == question[name]
        assert partner["question_id"] != question["question_id"]


def test_the_same_seed_gives_the_same_bytes_and_leaves_no_trace(session: Session) -> None:
    arguments = ("--template", "cbse-xii-board", "--seed", "7", "--json")
    assert draw(*arguments).stdout_bytes == draw(*arguments).stdout_bytes
    assert drawn("cbse-xii-board", seed=8)["sha256"] != drawn("cbse-xii-board")["sha256"]
    assert set(session.execute(select(Question.uses)).scalars()) == {0}


def test_without_json_it_is_a_table() -> None:
    lines = draw("--template", "cbse-xii-unit-mcq", "--unit", "Calculus").output.splitlines()
    assert "10 questions, 10 marks, 20 minutes" in lines[0]
    assert lines[2].split()[:4] == ["1", "A", "MCQ", "1"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--template", "nowhere"), "no template nowhere"),
        (("--template", "cbse-xii-unit-mcq"), "needs a unit"),
        (("--template", "cbse-xii-board", "--seed", "-1"), "--seed"),
    ],
)
def test_what_cannot_be_drawn_is_said(arguments: tuple[str, ...], words: str) -> None:
    result = draw(*arguments)
    assert result.exit_code != 0
    assert words in result.output
