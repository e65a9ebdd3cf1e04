"""A row of a file before its shape is known."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Record:
    """Whatever stands at a line, in the form that JSON would give it."""

    line: int
    values: Any
