"""Who may see what came of it. Pure."""

from uuid import UUID

from mathvidya.platform.actors import Actor, Role
from mathvidya.platform.errors import NotFound


def may_see_accesses(actor: Actor, student_id: UUID, *, children: frozenset[UUID]) -> None:
    """Who had to do with a student's data is told to the linked parents and to admins. Raises NotFound."""
    childs = actor.has_role(Role.PARENT) and student_id in children
    if not (childs or actor.has_role(Role.ADMIN)):
        raise NotFound("there is no child of yours with this id")


def may_see_progress(actor: Actor, student_id: UUID, *, children: frozenset[UUID]) -> None:
    """A student's progress is for the student, the linked parents and admins. Raises NotFound.

    Not for teachers: they mark scripts, and never learn whose they are.
    """
    own = actor.has_role(Role.STUDENT) and actor.id == student_id
    childs = actor.has_role(Role.PARENT) and student_id in children
    if not (own or childs or actor.has_role(Role.ADMIN)):
        raise NotFound("there is no student of yours with this id")
