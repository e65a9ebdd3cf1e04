"""CSV files: one question a row, for what fits a table."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mathvidya.bank.errors import UnreadableImport
from mathvidya.bank.imports.records import Record

COLUMNS: Mapping[str, str] = {
    "code": "natural key, unique for ever, such as x-circles-mcq-01",
    "type": "MCQ, ASSERTION_REASON, VSA, SA or LA",
    "class": "X or XII",
    "levels": "class X: standard, basic or both, divided by semicolons",
    "unit": "as the board names it",
    "chapter": "as the board names it",
    "marks": "whole marks",
    "cognitive": "remember_understand, apply or analyse_evaluate_create",
    "difficulty": "easy, medium or hard",
    "tags": "divided by semicolons",
    "text": "LaTeX between $ signs",
    "choice_a": "MCQ: the first choice",
    "choice_b": "MCQ",
    "choice_c": "MCQ",
    "choice_d": "MCQ",
    "key": "MCQ and ASSERTION_REASON: the label of the right choice",
    "assertion": "ASSERTION_REASON",
    "reason": "ASSERTION_REASON",
    "solution": "the model solution",
    "steps": "what is marked by hand: a step a line, as its marks, a bar and what earns them: 0.5 | Finds x",
    "follow_through": "what keeps its credit after which error",
}
"""What each column holds; an empty cell leaves its field out."""

_NEEDED = ("code", "type", "class", "unit", "chapter", "marks", "cognitive", "difficulty")
_AS_THEY_ARE = (*_NEEDED, "text", "assertion", "reason", "solution")
_LISTS = ("levels", "tags", "key")
_CHOICES = {"choice_a": "A", "choice_b": "B", "choice_c": "C", "choice_d": "D"}


def table_records(text: str) -> Iterator[Record]:
    """The rows of a CSV file in the form of JSON. Raises UnreadableImport naming the line."""
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        _check_columns(reader.fieldnames or ())
        line = reader.line_num + 1
        for row in reader:
            yield Record(line, _document(row))
            line = reader.line_num + 1  # a quoted cell may span lines: the next row begins after its last
    except csv.Error as error:
        raise UnreadableImport(f"line {reader.line_num}: this is not CSV ({error})") from error


def _check_columns(given: Sequence[str]) -> None:
    unknown = [name for name in given if name not in COLUMNS]
    missing = [name for name in _NEEDED if name not in given]
    if unknown or missing or len(set(given)) != len(given):
        raise UnreadableImport(
            f"line 1 names the columns, each once. Unknown: {', '.join(unknown) or 'none'}; "
            f"missing: {', '.join(missing) or 'none'}; known: {', '.join(COLUMNS)}"
        )


def _document(row: Mapping[str | Any, Any]) -> Any:
    if None in row:
        return "more cells than columns"  # no object: the schema refuses it on its line
    cells = {name: cell.strip() for name, cell in row.items() if cell and cell.strip()}
    document: dict[str, Any] = {name: cells[name] for name in _AS_THEY_ARE if name in cells}
    document |= {name: _divided(cells[name]) for name in _LISTS if name in cells}
    if cells.get("marks", "").isdecimal():
        document["marks"] = int(cells["marks"])
    if choices := [
        {"label": label, "text": cells[name]} for name, label in _CHOICES.items() if name in cells
    ]:
        document["choices"] = choices
    if "steps" in cells:
        document["scheme"] = _scheme(cells)
    return document


def _divided(cell: str) -> list[str]:
    return [each.strip() for each in cell.split(";") if each.strip()]


def _scheme(cells: Mapping[str, str]) -> dict[str, Any]:
    lines = [line for line in cells["steps"].splitlines() if line.strip()]
    return {
        "steps": [
            {"marks": marks.strip(), "text": text.strip()}
            for marks, _, text in (line.partition("|") for line in lines)
        ],
        "follow_through": cells.get("follow_through"),
    }
