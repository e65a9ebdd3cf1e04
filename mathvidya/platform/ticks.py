"""A recurring piece of work that beat asks for."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Tick:
    """``run`` is idempotent: twice at once, or late, does no harm."""

    task: str
    every_seconds: float
    run: Callable[[], None]
