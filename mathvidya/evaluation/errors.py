"""Problem types of the evaluation slice."""

from mathvidya.platform.errors import Invalid, WrongState


class MarkAboveMaximum(Invalid):
    """More than the step carries, or less than nothing."""

    slug = "mark-above-maximum"
    title = "A mark is outside what can be given"


class MarkNotInHalves(Invalid):
    """Finer than the board marks."""

    slug = "mark-not-in-halves"
    title = "Marks go in halves"


class UnknownStep(Invalid):
    """The scheme of the question has no such step."""

    slug = "unknown-step"
    title = "The scheme has no such step"


class EvaluationIncomplete(WrongState):
    """Questions without a mark, or whose stamps say something else; ``errors`` lists each by its number."""

    slug = "evaluation-incomplete"
    title = "The script is not marked to its end"


class LeaseLapsed(WrongState):
    """The teacher's hold on the script is over; another may have it."""

    slug = "lease-lapsed"
    title = "Your hold on this script has ended"
