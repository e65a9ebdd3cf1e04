"""Who may do what to whom in the accounts slice; pure."""

from uuid import UUID

from mathvidya.platform.actors import Actor, Role
from mathvidya.platform.errors import Forbidden


def must_be_admin(actor: Actor, act: str) -> None:
    """Only admins do this. Raises Forbidden, naming the act."""
    if not actor.has_role(Role.ADMIN):
        raise Forbidden(f"only an admin may {act}")


def must_be(actor: Actor, role: Role, act: str) -> None:
    """Only people of this role do this. Raises Forbidden, naming the act."""
    if not actor.has_role(role):
        raise Forbidden(f"only a {role} may {act}")


def may_see_person(actor: Actor, person_id: UUID) -> bool:
    """An admin sees everybody, the others themselves: even that somebody exists is not told."""
    return actor.has_role(Role.ADMIN) or actor.id == person_id


def must_be_another(actor: Actor, person_id: UUID, act: str) -> None:
    """Nobody takes rights from themselves, so that an admin is always left. Raises Forbidden."""
    if actor.id == person_id:
        raise Forbidden(f"you may not {act} yourself: ask another admin")


def is_party(actor: Actor, parent_id: UUID) -> bool:
    """Whether a link or a consent is the actor's to end: the parent's own, or any for an admin.

    Not the student's: a minor cannot send away the guardian who consented and is billed.
    """
    return actor.has_role(Role.ADMIN) or actor.id == parent_id
