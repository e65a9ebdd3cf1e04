"""Who may do what to an evaluation. Pure."""

from mathvidya.evaluation.models import Evaluation
from mathvidya.platform.actors import Actor, Role
from mathvidya.platform.errors import NotFound

NOT_YOURS = "there is no script of yours with this id"


def must_hold(actor: Actor, evaluation: Evaluation) -> None:
    """Only the teacher in whose hands it is marks a script. Raises NotFound."""
    if not actor.has_role(Role.TEACHER) or evaluation.teacher_id != actor.id:
        raise NotFound(NOT_YOURS)


def may_read(actor: Actor, evaluation: Evaluation) -> None:
    """Who marks or marked a script reads it, and an admin. Raises NotFound."""
    if not actor.has_role(Role.ADMIN):
        must_hold(actor, evaluation)
