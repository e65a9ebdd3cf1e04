"""JSON files: a list of questions, read member by member so that each knows its line."""

import json
from collections.abc import Iterator
from typing import Any

from mathvidya.bank.errors import UnreadableImport
from mathvidya.bank.imports.records import Record

_DECODER = json.JSONDecoder()


def list_records(text: str) -> Iterator[Record]:
    """The members of a JSON list. Raises UnreadableImport naming the line where it is none."""
    at = _skip(text, 0)
    if text[at : at + 1] != "[":
        raise UnreadableImport("the file must hold one JSON list of questions: [{…}, {…}]")
    at = _skip(text, at + 1)
    while text[at : at + 1] != "]":
        line = _line(text, at)
        values, at = _member(text, at)
        yield Record(line, values)
        at = _next(text, _skip(text, at))
    if text[at + 1 :].strip():
        raise UnreadableImport(f"line {_line(text, at)}: something follows the list; send one list alone")


def _member(text: str, at: int) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(text, at)
    except json.JSONDecodeError as error:
        raise UnreadableImport(f"line {error.lineno}, column {error.colno}: {error.msg}") from error
    except RecursionError as error:
        raise UnreadableImport(f"line {_line(text, at)}: this is nested too deeply") from error


def _next(text: str, at: int) -> int:
    """Where the next member begins, or the list ends."""
    if text[at : at + 1] == "]":
        return at
    if text[at : at + 1] != ",":
        raise UnreadableImport(f"line {_line(text, at)}: a comma or ] is missing")
    following = _skip(text, at + 1)
    if text[following : following + 1] == "]":
        raise UnreadableImport(f"line {_line(text, at)}: the comma before ] has nothing after it")
    return following


def _skip(text: str, at: int) -> int:
    while text[at : at + 1] in {" ", "\t", "\r", "\n"}:
        at += 1
    return at


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
