"""From bytes to drafts: the caps, the form, the shape of each row."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Any

from marshmallow import ValidationError

from mathvidya.bank.drafts import Draft, DraftFile, DraftRow, RowProblem
from mathvidya.bank.errors import UnreadableImport
from mathvidya.bank.imports.lists import list_records
from mathvidya.bank.imports.records import Record
from mathvidya.bank.imports.tables import table_records
from mathvidya.bank.schemas import AuthoredQuestionSchema

LARGEST_BYTES = 2 * 1024 * 1024
MOST_ROWS = 2000


class ImportForm(StrEnum):
    """How a file is written."""

    CSV = "csv"
    JSON = "json"


def read_import(data: bytes, form: ImportForm) -> DraftFile:
    """Read a file of questions. Raises UnreadableImport where the file as a whole makes no sense."""
    if len(data) > LARGEST_BYTES:
        raise UnreadableImport(f"the file has {len(data):,} bytes; send at most {LARGEST_BYTES:,} at a time")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableImport(f"byte {error.start} is not UTF-8; save the file as UTF-8") from error
    records = table_records(text) if form is ImportForm.CSV else list_records(text)
    return _drafts(_counted(records))


def read_documents(documents: Sequence[Any]) -> DraftFile:
    """Read questions that another reader (of YAML) has parsed; their position stands for the line."""
    return _drafts(Record(line, values) for line, values in enumerate(documents, start=1))


def _counted(records: Iterable[Record]) -> Iterator[Record]:
    number = 0
    for number, record in enumerate(records, start=1):
        if number > MOST_ROWS:
            raise UnreadableImport(f"the file has more than {MOST_ROWS:,} rows; divide it")
        yield record
    if number == 0:
        raise UnreadableImport("the file holds no questions")


def _drafts(records: Iterable[Record]) -> DraftFile:
    schema = AuthoredQuestionSchema()
    rows: list[DraftRow] = []
    problems: list[RowProblem] = []
    for record in records:
        try:
            draft: Draft = schema.load(record.values)
        except ValidationError as error:
            problems += _problems(record, error)
        else:
            rows.append(DraftRow(record.line, draft))
    return DraftFile(tuple(rows), tuple(problems))


def _problems(record: Record, error: ValidationError) -> Iterator[RowProblem]:
    code = record.values.get("code") if isinstance(record.values, dict) else None
    for field, problem in _flat(error.messages, ""):
        yield RowProblem(record.line, code if isinstance(code, str) else None, field, problem)


def _flat(messages: Any, place: str) -> Iterator[tuple[str, str]]:
    """Marshmallow's tree of messages as paths, in the spelling of the rules: ``scheme.steps[1].marks``."""
    if not isinstance(messages, dict):
        yield from ((place or "row", str(message)) for message in messages)
        return
    for key, inner in messages.items():
        if key == "_schema":
            yield from _flat(inner, place)
        else:
            step = f"[{key}]" if isinstance(key, int) else f".{key}"
            yield from _flat(inner, f"{place}{step}".removeprefix("."))
