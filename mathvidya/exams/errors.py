"""Problem types of exams: templates and papers."""

from mathvidya.platform.errors import Conflict, Duplicate, Invalid, NotFound, WrongState


class InvalidTemplateSpec(Invalid):
    """The blueprint says something that cannot be meant; ``errors`` says where, what, and the remedy."""

    slug = "invalid-template"
    title = "The template cannot stand as it is"


class TemplateCodeTaken(Duplicate):
    """Another template has this code."""

    slug = "template-code-taken"
    title = "There is a template with this code"


class TemplateArchived(WrongState):
    """An archived template is kept for the exams that were drawn from it."""

    slug = "template-archived"
    title = "This template is archived"


class NoSuchTemplate(NotFound):
    """No such template, or none for this class."""

    slug = "no-such-template"
    title = "There is no such template for you"


class UnitNeeded(Invalid):
    """A unit practice is of one unit of the class, and nothing else is."""

    slug = "unit-needed"
    title = "The unit does not fit the template"


class TemplateCannotBeFilled(Conflict):
    """The bank lacks questions for this template; ``shortages`` says which and how many."""

    slug = "template-cannot-be-filled"
    title = "The bank cannot fill this template"
