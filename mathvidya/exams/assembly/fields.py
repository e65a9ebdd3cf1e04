"""Reading typed fields out of JSON, with errors that name the place and the remedy."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

E = TypeVar("E", bound=StrEnum)


class InvalidTemplate(ValueError):
    """A template says something that cannot be meant.

    `path` is where (`sections[0].groups[1].count`), `problem` what is wrong there and
    `remedy` what would be right.
    """

    def __init__(self, path: str, problem: str, remedy: str) -> None:
        super().__init__(f"{path}: {problem}; {remedy}")
        self.path = path
        self.problem = problem
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Fields:
    """One JSON object and where it stands in the document."""

    values: dict[str, object]
    path: str = ""

    @classmethod
    def of(cls, value: object, path: str, known: frozenset[str]) -> "Fields":
        """Take `value` as an object that has no fields but the known ones."""
        here = path or "template"
        if not isinstance(value, dict):
            raise InvalidTemplate(here, f"is {_name(value)}", "give a JSON object")
        for key in value:
            if key not in known:
                remedy = f"use one of {', '.join(sorted(known))}"
                raise InvalidTemplate(_join(path, str(key)), "is not a known field", remedy)
        return cls(value, path)

    def at(self, key: str) -> str:
        """The path of a field."""
        return _join(self.path, key)

    def given(self, key: str) -> bool:
        """Whether the field is there and not null."""
        return self.values.get(key) is not None

    def text(self, key: str) -> str:
        """A string with something in it."""
        return self._text(self.values.get(key), self.at(key))

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings, each with something in it."""
        return tuple(self._text(value, path) for value, path in self.items(key))

    def whole(self, key: str, lowest: int, highest: int) -> int:
        """A whole number within limits, both allowed."""
        value = self.values.get(key)
        # JSON's true is an int to Python, and no count.
        if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
            remedy = f"give a whole number from {lowest} to {highest}"
            raise InvalidTemplate(self.at(key), f"is {_name(value)}", remedy)
        return value

    def one_of(self, key: str, words: type[E]) -> E:
        """A word of a closed vocabulary."""
        value = self.values.get(key)
        for word in words:
            if word == value:
                return word
        remedy = f"use one of {', '.join(words)}"
        raise InvalidTemplate(self.at(key), f"is {_name(value)}", remedy)

    def items(self, key: str) -> Iterator[tuple[object, str]]:
        """The members of a list that is not empty, each with its path."""
        value = self.values.get(key)
        if not isinstance(value, list) or not value:
            raise InvalidTemplate(self.at(key), f"is {_name(value)}", "give a list with members")
        return ((member, f"{self.at(key)}[{i}]") for i, member in enumerate(value))

    def table(self, key: str) -> "Fields":
        """An object whose keys are names of the author's choosing."""
        value = self.values.get(key)
        if not isinstance(value, dict) or not value:
            raise InvalidTemplate(self.at(key), f"is {_name(value)}", "give an object with members")
        return Fields(value, self.at(key))

    @staticmethod
    def _text(value: object, path: str) -> str:
        if not isinstance(value, str) or not value.strip():
            raise InvalidTemplate(path, f"is {_name(value)}", "give a text that is not blank")
        return value


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _name(value: object) -> str:
    return "missing or null" if value is None else repr(value)
