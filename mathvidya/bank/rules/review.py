"""Who reaches the bank, and what the states of a version allow."""

from mathvidya.bank.errors import NotInReview, QuestionArchived
from mathvidya.bank.models import Question, QuestionStatus
from mathvidya.platform.actors import SYSTEM, Actor, Role
from mathvidya.platform.errors import WrongState


def reaches_bank(actor: Actor) -> bool:
    """Teachers, admins and the house itself; to students and parents the bank does not exist."""
    return actor == SYSTEM or actor.has_role(Role.TEACHER, Role.ADMIN)


def require_open(question: Question) -> None:
    """Everything but an archived question can still change."""
    if question.status is QuestionStatus.ARCHIVED:
        raise QuestionArchived("it is kept for the papers that hold it; write a new question instead")


def require_draft(question: Question) -> None:
    """Only a draft is handed to review."""
    require_open(question)
    if question.status is not QuestionStatus.DRAFT:
        raise WrongState(f"version {question.version} is {question.status}; only a draft goes to review")


def require_in_review(question: Question) -> None:
    """Only what waits for review is approved or sent back."""
    if question.status is not QuestionStatus.IN_REVIEW:
        raise NotInReview(f"version {question.version} is {question.status}; its author submits it first")
