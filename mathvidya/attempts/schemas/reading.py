"""Reads the bodies of saves by hand: a tenth of what a schema costs, on the path that carries the load.

What is refused here is what the schemas of schemas/answers.py document; a test holds the two together.
"""

from datetime import UTC, datetime
from typing import Any

import orjson

from mathvidya.attempts.rules.answering import GivenAnswer
from mathvidya.platform.errors import Invalid

LARGEST_SEQUENCE = 2**63 - 1
LONGEST_LABEL = 8
MOST_CHOICES = 8
MOST_QUESTIONS = 999
MOST_ANSWERS = 200

_LONGEST_ANSWER = 2_000
_FIELDS = frozenset({"choices", "sequence", "answered_at", "marked_for_review"})


class _Wrong(Exception):
    """One field is wrong: its name and the remedy."""

    def __init__(self, field: str, remedy: str) -> None:
        super().__init__(remedy)
        self.field = field
        self.remedy = remedy


def read_answer(body: bytes, number: int) -> GivenAnswer:
    """The answer to question ``number`` in a request's body. Raises Invalid, naming the field."""
    if len(body) > _LONGEST_ANSWER:
        raise Invalid(f"an answer fits into {_LONGEST_ANSWER} bytes; this one has {len(body)}")
    document = _object(body)
    try:
        return _answer(document, number)
    except _Wrong as wrong:
        raise Invalid(f"{wrong.field}: {wrong.remedy}", {wrong.field: [wrong.remedy]}) from None


def read_answers(body: bytes) -> list[GivenAnswer]:
    """The answers in a request's body. Raises Invalid, naming each wrong field by its place."""
    listed = _object(body).get("answers")
    if not isinstance(listed, list) or not 1 <= len(listed) <= MOST_ANSWERS:
        raise Invalid(f"answers: send a list of 1 to {MOST_ANSWERS} answers")
    answers, errors = [], {}
    for place, document in enumerate(listed):
        try:
            answers.append(_numbered(document))
        except _Wrong as wrong:
            errors[f"answers.{place}.{wrong.field}"] = [wrong.remedy]
    if errors:
        raise Invalid("mend the fields listed under errors and send it again; nothing was saved", errors)
    return answers


def _object(body: bytes) -> dict[str, Any]:
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Invalid("the body is not JSON") from error
    if not isinstance(document, dict):
        raise Invalid("the body must be a JSON object")
    return document


def _numbered(document: Any) -> GivenAnswer:
    if not isinstance(document, dict):
        raise _Wrong("answer", "Each answer is a JSON object.")
    return _answer(document, document.pop("number", None))


def _answer(document: dict[str, Any], number: Any) -> GivenAnswer:
    if type(number) is not int or not 1 <= number <= MOST_QUESTIONS:
        raise _Wrong("number", f"Give the question's number, 1 to {MOST_QUESTIONS}.")
    unknown = document.keys() - _FIELDS
    if unknown:
        raise _Wrong(min(unknown)[:40], "Unknown field.")
    return GivenAnswer(
        number=number,
        choices=_choices(document.get("choices")),
        sequence=_sequence(document.get("sequence")),
        answered_at=_moment(document.get("answered_at")),
        marked_for_review=_flag(document.get("marked_for_review", False)),
    )


def _choices(given: Any) -> tuple[str, ...]:
    if not isinstance(given, list) or len(given) > MOST_CHOICES:
        raise _Wrong("choices", f"Give a list of at most {MOST_CHOICES} labels; an empty one takes back.")
    if not all(_is_label(each) for each in given):
        raise _Wrong("choices", f"A label is text of 1 to {LONGEST_LABEL} characters, such as A.")
    return tuple(sorted(set(given)))


def _is_label(given: Any) -> bool:
    return isinstance(given, str) and 1 <= len(given) <= LONGEST_LABEL and given.isprintable()


def _sequence(given: Any) -> int:
    if type(given) is not int or not 1 <= given <= LARGEST_SEQUENCE:  # a bool is no number here
        raise _Wrong("sequence", f"Give a whole number from 1 to {LARGEST_SEQUENCE}.")
    return given


def _moment(given: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(given)
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        pass
    raise _Wrong("answered_at", "Give a time with its offset, such as 2026-01-09T17:30:00+05:30.")


def _flag(given: Any) -> bool:
    if not isinstance(given, bool):
        raise _Wrong("marked_for_review", "Give true or false.")
    return given
