"""Who may do what to questions.

The bank is none of a student's or a parent's business: to them it does not exist.
"""

from mathvidya.bank.errors import OwnQuestion
from mathvidya.bank.models import Question, QuestionStatus
from mathvidya.bank.rules.review import reaches_bank
from mathvidya.platform.actors import Actor, Role
from mathvidya.platform.errors import Forbidden, NotFound


def may_write(actor: Actor) -> None:
    """Teachers and admins write questions, and so does the house itself."""
    if not reaches_bank(actor):
        raise NotFound("there is no such page for you")


def may_change(actor: Actor, question: Question) -> None:
    """A teacher changes what is their own; an admin changes anything.

    What waits for review or is in use changes through a new version, which is a draft again; the test is
    therefore authorship, and not the state of the version at hand.
    """
    may_write(actor)
    if actor.has_role(Role.TEACHER) and question.created_by != actor.id:
        raise Forbidden("only its author or an admin may change this question; write one of your own")


def may_review(actor: Actor, question: Question) -> None:
    """Another teacher than the author, or an admin, approves or sends back."""
    may_write(actor)
    if not actor.has_role(Role.ADMIN) and question.created_by == actor.id:
        raise OwnQuestion("ask another teacher or an admin to review what you wrote")


def may_archive(actor: Actor, question: Question, current: Question) -> None:
    """Authors archive what never went into use; taking a question out of use is an admin's decision."""
    may_change(actor, question)
    if actor.has_role(Role.TEACHER) and current.status is QuestionStatus.ACTIVE:
        raise Forbidden("an admin takes questions out of use; ask one")
