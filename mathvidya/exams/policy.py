"""Who may do what to templates."""

from mathvidya.exams.errors import NoSuchTemplate
from mathvidya.exams.models import ExamTemplate
from mathvidya.platform.actors import Actor, Role
from mathvidya.platform.errors import Forbidden


def may_write(actor: Actor) -> None:
    """Teachers and admins make templates; to everybody else there is nothing to write here."""
    if not actor.has_role(Role.TEACHER, Role.ADMIN):
        raise NoSuchTemplate("there is no such page for you")


def may_change(actor: Actor, template: ExamTemplate) -> None:
    """A teacher changes what is their own; the board's templates and all others are an admin's."""
    may_write(actor)
    if actor.has_role(Role.TEACHER) and template.created_by != actor.id:
        raise Forbidden("only its author or an admin may change this template; make one of your own")
