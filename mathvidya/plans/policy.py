"""Who may do what with plans and subscriptions; pure."""

from uuid import UUID

from mathvidya.platform.actors import Actor, Role
from mathvidya.platform.errors import Forbidden


def must_be_admin(actor: Actor, act: str) -> None:
    """Plans and subscriptions are changed by admins. Raises Forbidden, naming the act."""
    if not actor.has_role(Role.ADMIN):
        raise Forbidden(f"only an admin may {act}")


def must_be_the_student(actor: Actor, student_id: UUID) -> None:
    """A quota is spent by the student whose it is, and by nobody for them. Raises Forbidden."""
    if not actor.has_role(Role.STUDENT) or actor.id != student_id:
        raise Forbidden("only the student may spend an exam of the student's plan")
