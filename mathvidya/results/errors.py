"""Problem types of the results slice."""

from mathvidya.platform.errors import WrongState


class ResultNotPublished(WrongState):
    """The exam is the actor's to see, but its marks are not out yet."""

    slug = "result-not-published"
    title = "The result is not published yet"
