"""The form of each starter question, for both classes: what an importer relies on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.features.bank.starter.board import MARKS, UNITS
from tests.features.bank.starter.harness import BANK, Question, answerable, load

LEVELS = {"X": {"standard", "basic"}, "XII": set()}
CODE_WORDS = {
    "MCQ": "mcq",
    "ASSERTION_REASON": "ar",
    "VSA": "vsa",
    "SA": "sa",
    "LA": "la",
    "CASE_STUDY": "case",
}
COGNITIVE = {"remember_understand", "apply", "analyse_evaluate_create"}
DIFFICULTIES = {"easy", "medium", "hard"}
CASE_SHAPES = {(1, 1, 2), (2, 2)}

# What the bank may write in mathematics: all of it is known to KaTeX.
COMMANDS = {
    *("frac", "dfrac", "sqrt", "times", "div", "cdot", "pm", "mp", "circ", "prime", "text"),
    *("hat", "vec", "overrightarrow", "overline", "displaystyle", "left", "right", "begin", "end"),
    *("hline", "quad", "qquad", "ldots", "dots", "sin", "cos", "tan", "cot", "sec", "cosec"),
    *("log", "lim", "int", "sum", "to", "infty", "le", "ge", "ne", "leq", "geq", "neq", "approx"),
    *("sim", "cong", "in", "notin", "subset", "cup", "cap", "mid", "parallel", "perp", "mathbb"),
    *("angle", "triangle", "alpha", "beta", "gamma", "delta", "theta", "lambda", "mu", "nu", "pi"),
}

COMMON_FIELDS = {
    *("code", "type", "class", "levels", "unit", "chapter", "marks"),
    *("cognitive", "difficulty", "tags"),
}
FIELDS = {
    "MCQ": COMMON_FIELDS | {"text", "choices", "key", "solution"},
    "ASSERTION_REASON": COMMON_FIELDS | {"assertion", "reason", "key", "solution"},
    "VSA": COMMON_FIELDS | {"text", "solution", "scheme"},
    "SA": COMMON_FIELDS | {"text", "solution", "scheme"},
    "LA": COMMON_FIELDS | {"text", "solution", "scheme"},
    "CASE_STUDY": COMMON_FIELDS | {"text", "parts"},
}
SCHEME_FIELDS = {"steps", "alternatives", "follow_through"}

FILES = sorted(BANK.glob("*/*.yaml"))
ALL = [(path, question) for path in FILES for question in load(path)]

each_question = pytest.mark.parametrize(
    ("path", "question"), ALL, ids=[question["code"] for _, question in ALL]
)


def texts(node: Any) -> Iterator[str]:
    """Every string of a question, however deep."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from texts(value)


def schemes(question: Question) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each marking scheme of a question with the marks that it has to give."""
    if question["type"] != "CASE_STUDY":
        if "scheme" in question:
            yield question["marks"], question["scheme"]
        return
    marks = {part["label"]: part["marks"] for part in question["parts"]}
    for label, part in answerable(question):
        yield marks[label.removesuffix("-or")], part["scheme"]


def step_lists(scheme: dict[str, Any]) -> Iterator[list[dict[str, str]]]:
    yield scheme["steps"]
    for alternative in scheme.get("alternatives", []):
        yield alternative["steps"]


def plain(text: str) -> str:
    return " ".join(text.replace("$", " ").split())


def mathematics(text: str) -> list[str]:
    """What stands between dollar signs; a doubled sign counts as one."""
    return text.replace("$$", "$").split("$")[1::2]


def test_the_bank_holds_files() -> None:
    assert FILES


def test_codes_are_unique() -> None:
    counts = Counter(question["code"] for _, question in ALL)
    assert [code for code, count in counts.items() if count > 1] == []


def test_wordings_are_unique() -> None:
    counts = Counter(
        plain(question["text"] if "text" in question else question["assertion"]) for _, question in ALL
    )
    assert [text for text, count in counts.items() if count > 1] == []


@each_question
def test_code_names_class_chapter_type_and_number(path: Path, question: Question) -> None:
    stem = f"{path.parent.name}-{path.stem}-{CODE_WORDS[question['type']]}"
    assert re.fullmatch(rf"{stem}-\d\d", question["code"])


@each_question
def test_fields_are_those_of_the_type(path: Path, question: Question) -> None:
    assert set(question) == FIELDS[question["type"]]


@each_question
def test_classification_is_known(path: Path, question: Question) -> None:
    assert question["class"] == path.parent.name.upper()
    assert question["chapter"] in UNITS[question["class"]][question["unit"]]
    assert path.stem == re.sub(r"[^a-z]+", "-", question["chapter"].lower())
    assert question["cognitive"] in COGNITIVE
    assert question["difficulty"] in DIFFICULTIES
    assert set(question["levels"]) <= LEVELS[question["class"]]
    assert bool(question["levels"]) == bool(LEVELS[question["class"]])


@each_question
def test_tags_are_slugs(path: Path, question: Question) -> None:
    assert question["tags"]
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", tag) for tag in question["tags"])


@each_question
def test_marks_are_those_of_the_type(path: Path, question: Question) -> None:
    assert question["marks"] == MARKS[question["type"]]


@each_question
def test_no_text_is_empty(path: Path, question: Question) -> None:
    assert all(text.strip() for text in texts(question))


@each_question
def test_mathematics_is_closed(path: Path, question: Question) -> None:
    for text in texts(question):
        assert text.replace("$$", "$").count("$") % 2 == 0, text
        for formula in mathematics(text):
            bare = formula.replace(r"\{", "").replace(r"\}", "")
            assert bare.count("{") == bare.count("}"), formula
            assert formula.count(r"\left") - formula.count(r"\leftarrow") == formula.count(
                r"\right"
            ) - formula.count(r"\rightarrow"), formula
            assert formula.count(r"\begin{") == formula.count(r"\end{"), formula


@each_question
def test_commands_stand_between_dollar_signs(path: Path, question: Question) -> None:
    for text in texts(question):
        prose = " ".join(text.replace("$$", "$").split("$")[0::2])
        assert "\\" not in prose, prose


@each_question
def test_no_escape_was_swallowed_by_yaml(path: Path, question: Question) -> None:
    for text in texts(question):
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", text), repr(text)


@each_question
def test_choices_are_four_and_different(path: Path, question: Question) -> None:
    if question["type"] != "MCQ":
        return
    assert [choice["label"] for choice in question["choices"]] == ["A", "B", "C", "D"]
    assert all(set(choice) == {"label", "text"} for choice in question["choices"])
    assert len({plain(choice["text"]) for choice in question["choices"]}) == 4


@each_question
def test_key_is_one_choice(path: Path, question: Question) -> None:
    if "key" in question:
        assert len(question["key"]) == 1
        assert question["key"][0] in {"A", "B", "C", "D"}


@each_question
def test_step_marks_sum_to_the_marks(path: Path, question: Question) -> None:
    for marks, scheme in schemes(question):
        assert set(scheme) <= SCHEME_FIELDS
        for steps in step_lists(scheme):
            values = [Decimal(step["marks"]) for step in steps]
            assert sum(values) == marks
            assert all(value > 0 and value % Decimal("0.5") == 0 for value in values)
            assert all(set(step) == {"marks", "text"} for step in steps)


@each_question
def test_alternatives_are_named(path: Path, question: Question) -> None:
    for _, scheme in schemes(question):
        for alternative in scheme.get("alternatives", []):
            assert set(alternative) == {"title", "steps"}


@each_question
def test_case_parts_have_a_shape_of_the_board(path: Path, question: Question) -> None:
    if question["type"] != "CASE_STUDY":
        return
    parts = question["parts"]
    assert tuple(part["marks"] for part in parts) in CASE_SHAPES
    assert [part["label"] for part in parts] == ["i", "ii", "iii"][: len(parts)]
    for part in parts:
        assert set(part) - {"alternative"} == {"label", "marks", "text", "solution", "scheme"}
        if "alternative" in part:
            assert part["marks"] == 2
            assert set(part["alternative"]) == {"text", "solution", "scheme"}


@each_question
def test_commands_are_known_to_katex(path: Path, question: Question) -> None:
    for text in texts(question):
        assert set(re.findall(r"\\([a-zA-Z]+)", text)) <= COMMANDS
