"""Problem types of the bank."""

from mathvidya.platform.errors import Duplicate, Forbidden, Invalid, WrongState


class InvalidQuestion(Invalid):
    """The content of a question breaks a rule; ``errors`` says which field breaks which."""

    slug = "invalid-question"
    title = "The question cannot stand as it is"


class CodeTaken(Duplicate):
    """Another question has this code."""

    slug = "question-code-taken"
    title = "There is a question with this code"


class NotInReview(WrongState):
    """Only what waits for review can be approved or sent back."""

    slug = "question-not-in-review"
    title = "This version is not waiting for review"


class QuestionArchived(WrongState):
    """An archived question is kept for the papers that hold it and changes no more."""

    slug = "question-archived"
    title = "This question is archived"


class OwnQuestion(Forbidden):
    """Authors do not approve their own questions: a second pair of eyes is the point of a review."""

    slug = "own-question"
    title = "Somebody else must review this question"


class UnreadableImport(Invalid):
    """The file as a whole cannot be read: too large, of another form, or not text."""

    slug = "unreadable-import"
    title = "The file cannot be read"


class ImportRefused(Invalid):
    """Some rows are wrong, so nothing was imported; ``rows`` lists every one by line and field."""

    slug = "import-refused"
    title = "The file has rows that cannot be imported"


class ImageRefused(Invalid):
    """The file does not open as one picture; ``code`` says why."""

    slug = "image-refused"
    title = "This file cannot be a figure"
