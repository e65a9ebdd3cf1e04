"""Problem types of the evaluation slice."""

from mathvidya.platform.constraints import explain
from mathvidya.platform.errors import Conflict, Duplicate, Forbidden, Invalid, NotFound, WrongState


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


class NothingToMark(NotFound):
    """The queue holds no script for this teacher; nothing was handed out."""

    slug = "nothing-to-mark"
    title = "There is no script for you to mark"


class ScriptTaken(Conflict):
    """Somebody else has the script, or it is not there to be claimed any more."""

    slug = "script-taken"
    title = "This script is not in the queue"


class MayNotMark(Forbidden):
    """The script is for others to mark. Never says why: the reason could tell whose it is."""

    slug = "may-not-mark"
    title = "This script is for others to mark"


class ReassignRefused(Conflict):
    """Some of the scripts cannot go to this teacher, and so none went; ``errors`` lists each by its id."""

    slug = "reassign-refused"
    title = "Not all of these scripts can go to this teacher"


class DailyCapReached(Conflict):
    """The teacher has been handed a day's work; ``minutes_left`` says how much more fits."""

    slug = "daily-cap-reached"
    title = "You have had a day's work"


class DeskFull(Conflict):
    """Some scripts must be finished or given back first; ``open_scripts`` says how many are open."""

    slug = "desk-full"
    title = "Finish or give back a script first"


class PageFlagLimit(Conflict):
    """The student has been asked often enough; the script is marked with the pages that are there."""

    slug = "page-flag-limit"
    title = "This student has been asked for enough pages"


class PageFlaggedAlready(Duplicate):
    """The student has been asked for this page and has not answered yet."""

    slug = "page-flagged-already"
    title = "This page has been asked for"


explain(
    "uq_page_flags_open",
    lambda: PageFlaggedAlready("the student has been asked for this page; it is marked when it comes"),
)
