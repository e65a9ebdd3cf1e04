"""Fields that questions are made of."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from marshmallow import ValidationError, fields, validate

LONGEST_TEXT = 20_000
MOST_STEPS = 40

CODE = validate.Regexp(
    r"[a-z0-9]+(?:-[a-z0-9]+)*\Z",
    error="use small letters, digits and single hyphens, such as x-circles-mcq-01",
)


class Text(fields.String):
    """A string that can be stored: UTF-8, and without the one character that PostgreSQL's text excludes."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> str:
        text: str = super()._deserialize(value, attr, data, **kwargs)
        if len(text) > LONGEST_TEXT:
            raise ValidationError(f"is longer than {LONGEST_TEXT} characters")
        if "\x00" in text or not _is_utf8(text):
            raise ValidationError("holds a character that is no text")
        return text


class StepMarks(fields.Decimal):
    """Marks of a step: a decimal that travels as a string."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(as_string=True, validate=(validate.Range(0, 6), _at_most_two_places), **kwargs)


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair, which JSON can spell
        return False
    return True


def _at_most_two_places(value: Decimal) -> None:
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -2:
        raise ValidationError("has more than two places; marks go by halves")
