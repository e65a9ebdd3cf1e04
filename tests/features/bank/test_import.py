import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mathvidya.bank import service
from mathvidya.bank.errors import ImportRefused, UnreadableImport
from mathvidya.bank.imports import LARGEST_BYTES, MOST_ROWS, ImportForm, read_import
from mathvidya.bank.models import Question, QuestionStatus
from mathvidya.platform.actors import SYSTEM
from mathvidya.platform.errors import NotFound
from tests.factories import MONDAY_TEN, actor_of, make_question, make_student

MCQ = {
    "code": "xii-matrices-mcq-90",
    "type": "MCQ",
    "class": "XII",
    "unit": "Algebra",
    "chapter": "Matrices",
    "marks": "1",
    "cognitive": "apply",
    "difficulty": "easy",
    "tags": "order; transpose",
    "text": "How many rows\nhas $A$?",
    "choice_a": "$1$",
    "choice_b": "$2$",
    "choice_c": "$3$",
    "choice_d": "$4$",
    "key": "B",
    "solution": "It has $2$.",
}
SA = {
    **{name: MCQ[name] for name in ("class", "unit", "chapter", "cognitive", "difficulty")},
    "code": "xii-matrices-sa-90",
    "type": "SA",
    "marks": "3",
    "text": "Find $A^{-1}$.",
    "solution": "It is $A$.",
    "steps": "1 | Finds $|A|$\n1.5 | Finds the adjoint\n0.5 | States the inverse",
    "follow_through": "A wrong $|A|$ costs its mark alone.",
}


def table(*rows: dict[str, str]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(MCQ | SA))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def problems(session: Session, data: bytes, form: ImportForm) -> list[tuple[int, str]]:
    found = service.examine(session, actor=SYSTEM, file=read_import(data, form))
    return [(each.line, each.field) for each in found]


def count(session: Session) -> int:
    return session.execute(select(func.count()).select_from(Question)).scalar_one()


def test_a_table_of_good_rows_becomes_drafts(session: Session) -> None:
    file = read_import(table(MCQ, SA), ImportForm.CSV)
    mcq, sa = service.import_drafts(session, actor=SYSTEM, file=file, now=MONDAY_TEN)
    assert (mcq.code, mcq.status, mcq.tags) == (MCQ["code"], QuestionStatus.DRAFT, ["order", "transpose"])
    assert [choice["label"] for choice in mcq.choices] == ["A", "B", "C", "D"]
    assert [step["marks"] for step in sa.scheme["steps"]] == ["1", "1.5", "0.5"]
    assert sa.scheme["follow_through"] == SA["follow_through"]


def test_every_bad_row_is_named_by_its_line_and_field(session: Session) -> None:
    data = table(
        MCQ | {"key": "E"},  # lines 2 and 3: its text spans two
        SA,
        SA | {"code": "xii-matrices-sa-91", "marks": "three", "unit": ""},
        SA | {"code": "xii-matrices-sa-92", "steps": "3"},
        SA | {"code": "xii-matrices-sa-93", "steps": "1 | Too\n1 | little"},
        SA,
    )
    assert problems(session, data, ImportForm.CSV) == [
        (2, "correct_choices"),
        (7, "marks"),
        (7, "unit"),
        (10, "scheme.steps[0].text"),
        (11, "scheme.steps"),
        (13, "code"),
    ]


def test_one_bad_row_keeps_every_row_out(session: Session) -> None:
    file = read_import(table(MCQ | {"key": "E"}, SA), ImportForm.CSV)
    with pytest.raises(ImportRefused) as refusal:
        service.import_drafts(session, actor=SYSTEM, file=file, now=MONDAY_TEN)
    assert [row["line"] for row in refusal.value.extra["rows"]] == [2]
    assert count(session) == 0


def test_a_dry_run_changes_nothing(session: Session) -> None:
    assert problems(session, table(MCQ, SA), ImportForm.CSV) == []
    assert count(session) == 0


def test_a_code_that_the_bank_has_is_refused_on_its_line(session: Session) -> None:
    make_question(session, code=SA["code"])
    assert problems(session, table(MCQ, SA), ImportForm.CSV) == [(4, "code")]


def test_a_list_of_the_banks_own_form_is_read_with_lines(session: Session) -> None:
    good = _document()
    bad: dict[str, Any] = _document() | {"code": "Bad Code", "marks": 1.5, "extra": 1}
    data = b"[\n" + json.dumps(good, indent=1).encode() + b",\n" + json.dumps(bad).encode() + b"]"
    line = 2 + json.dumps(good, indent=1).count("\n") + 1
    assert problems(session, data, ImportForm.JSON) == [(line, "code"), (line, "extra"), (line, "marks")]


def _document() -> dict[str, Any]:
    parts = [
        {
            "label": label,
            "marks": 2,
            "text": "Find it.",
            "solution": "So.",
            "scheme": {"steps": [{"marks": "2", "text": "All"}]},
        }
        for label in ("i", "ii")
    ]
    return {
        **{name: MCQ[name] for name in ("class", "unit", "chapter", "cognitive", "difficulty")},
        "code": "xii-matrices-case-90",
        "type": "CASE_STUDY",
        "marks": 4,
        "text": "A shop sells $x$ pens.",
        "parts": parts,
    }


def test_a_case_study_comes_in_by_list(session: Session) -> None:
    file = read_import(json.dumps([_document()]).encode(), ImportForm.JSON)
    (question,) = service.import_drafts(session, actor=SYSTEM, file=file, now=MONDAY_TEN)
    assert question.pattern == "2+2"


UNREADABLE = [
    (b"", ImportForm.CSV, "line 1"),
    (b"code,topic\n", ImportForm.CSV, "Unknown: topic"),
    (b"code,code\n", ImportForm.CSV, "each once"),
    (table(), ImportForm.CSV, "no questions"),
    (table(MCQ) + b'"open', ImportForm.CSV, "not CSV"),
    (b"\xff\xfe", ImportForm.CSV, "UTF-8"),
    (b"", ImportForm.JSON, "one JSON list"),
    (b"{}", ImportForm.JSON, "one JSON list"),
    (b"[]", ImportForm.JSON, "no questions"),
    (b"[{}", ImportForm.JSON, "comma or ]"),
    (b"[{} {}]", ImportForm.JSON, "comma or ]"),
    (b"[{},]", ImportForm.JSON, "nothing after it"),
    (b"[\n{,}]", ImportForm.JSON, "line 2, column 2"),
    (b"[{}] more", ImportForm.JSON, "follows the list"),
    (b"[" + b"[" * 100_000, ImportForm.JSON, "nested too deeply"),
    (b"[" + b"{}," * MOST_ROWS + b"{}]", ImportForm.JSON, "more than 2,000 rows"),
    (b" " * (LARGEST_BYTES + 1), ImportForm.JSON, "bytes"),
]


@pytest.mark.parametrize(("data", "form", "words"), UNREADABLE)
def test_a_file_that_makes_no_sense_says_why(data: bytes, form: ImportForm, words: str) -> None:
    with pytest.raises(UnreadableImport, match=words):
        read_import(data, form)


def test_a_row_of_more_cells_than_columns_is_named() -> None:
    line = table(MCQ).decode().rstrip() + ",one,more\r\n"
    assert [each.line for each in read_import(line.encode(), ImportForm.CSV).problems] == [2]


def test_values_that_cannot_be_stored_are_refused_by_field() -> None:
    data = json.dumps([_document() | {"text": "a\x00b", "unit": "\ud800"}]).encode()
    found = read_import(data, ImportForm.JSON).problems
    assert sorted(each.field for each in found) == ["text", "unit"]


def test_marks_that_are_no_marks_are_refused_by_field() -> None:
    for marks in ("1e999999", "1e-999999", "NaN", "Infinity", "0.125", "-1", "", None, []):
        document = _document()
        document["parts"][0]["scheme"]["steps"][0]["marks"] = marks
        (problem,) = read_import(json.dumps([document]).encode(), ImportForm.JSON).problems
        assert problem.field == "parts[0].scheme.steps[0].marks"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(st.lists(json_values, min_size=1), st.sampled_from(list(_document())), json_values)
def test_no_json_takes_the_reader_by_surprise(rows: list[Any], field: str, value: Any) -> None:
    rows.append(_document() | {field: value})
    file = read_import(json.dumps(rows).encode(), ImportForm.JSON)
    assert len(file.rows) <= 1
    assert file.size >= 1


def test_students_import_nothing(session: Session) -> None:
    file = read_import(table(MCQ), ImportForm.CSV)
    with pytest.raises(NotFound):
        service.import_drafts(session, actor=actor_of(make_student(session)), file=file, now=MONDAY_TEN)
