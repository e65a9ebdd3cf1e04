"""Who acts: the first argument of every policy."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What a person is to the house; a person has one."""

    STUDENT = "student"
    PARENT = "parent"
    TEACHER = "teacher"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person, or the house itself when a timer or an event acts (``id`` is None)."""

    id: UUID | None
    role: Role | None
    session_id: UUID | None = None
    address: str | None = None

    def has_role(self, *roles: Role) -> bool:
        """Whether the actor is a person with one of these roles."""
        return self.role in roles


SYSTEM = Actor(id=None, role=None)
"""Timers and events."""

OPERATOR = Actor(id=None, role=Role.ADMIN)
"""Whoever has a shell on the server: makes the first admin, and plants the people of a demo."""
