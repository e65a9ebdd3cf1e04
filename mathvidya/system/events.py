"""Facts that the system slice tells."""

from dataclasses import dataclass
from typing import ClassVar

from mathvidya.platform.events import Event


@dataclass(frozen=True)
class CalendarChanged(Event):
    """Working time is not what it was: open clocks must be looked at again."""

    topic: ClassVar[str] = "calendar.changed"

    calendar_code: str
    version: int
