"""Who may do what in the system slice; pure."""

from mathvidya.platform.actors import Actor, Role
from mathvidya.platform.errors import Forbidden


def must_be_admin(actor: Actor, act: str) -> None:
    """Only admins do this. Raises Forbidden, naming the act."""
    if not actor.has_role(Role.ADMIN):
        raise Forbidden(f"only an admin may {act}")
