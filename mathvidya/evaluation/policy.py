"""Who may do what to an evaluation. Pure."""

from collections.abc import Collection
from uuid import UUID

from mathvidya.accounts.models import ClassLevel
from mathvidya.evaluation.errors import DailyCapReached, DeskFull, MayNotMark
from mathvidya.evaluation.models import Evaluation
from mathvidya.evaluation.rules.lifecycle import Workload
from mathvidya.platform.actors import Actor, Role
from mathvidya.platform.errors import Forbidden, NotFound

NOT_YOURS = "there is no script of yours with this id"


def must_hold(actor: Actor, evaluation: Evaluation) -> None:
    """Only the teacher in whose hands it is marks a script. Raises NotFound."""
    if not actor.has_role(Role.TEACHER) or evaluation.teacher_id != actor.id:
        raise NotFound(NOT_YOURS)


def may_read(actor: Actor, evaluation: Evaluation) -> None:
    """Who marks or marked a script reads it, and an admin. Raises NotFound."""
    if not actor.has_role(Role.ADMIN):
        must_hold(actor, evaluation)


def must_teach(actor: Actor) -> UUID:
    """The id of the teacher who acts; Forbidden to everybody else."""
    if actor.id is None or not actor.has_role(Role.TEACHER):
        raise Forbidden("scripts are handed to teachers only")
    return actor.id


def must_be_staff(actor: Actor) -> None:
    """Evaluations are seen by teachers and admins only. Raises Forbidden."""
    if not actor.has_role(Role.TEACHER, Role.ADMIN):
        raise Forbidden("evaluations are shown to teachers and admins; students and parents read results")


def must_be_admin(actor: Actor, act: str) -> None:
    """Only admins do this. Raises Forbidden, naming the act."""
    if not actor.has_role(Role.ADMIN):
        raise Forbidden(f"only an admin may {act}")


def may_mark(
    may_mark_classes: Collection[ClassLevel], evaluation: Evaluation, *, is_conflicted: bool
) -> None:
    """A teacher marks the classes entered for them, and nobody's script with whom they are connected.

    Raises MayNotMark, in the same words for either reason.
    """
    if is_conflicted or evaluation.class_level not in may_mark_classes:
        raise MayNotMark("this script goes to another teacher; claim the next one from the queue")


def has_room(workload: Workload, minutes: int) -> None:
    """Whether a script of so many minutes may be handed out. Raises DeskFull, DailyCapReached."""
    has_free_desk(workload)
    if minutes > workload.minutes_left:
        raise DailyCapReached(
            f"{workload.minutes_left} minutes of today's work are left, and this script takes {minutes}; "
            "go on tomorrow",
            minutes_left=workload.minutes_left,
        )


def has_free_desk(workload: Workload) -> None:
    """Whether one more script may be opened at all. Raises DeskFull."""
    if workload.is_desk_full:
        raise DeskFull(
            f"{workload.open_scripts} scripts are open on your desk: complete or release one, then claim",
            open_scripts=workload.open_scripts,
        )
