"""Problem types of the attempts slice."""

from mathvidya.platform.constraints import explain
from mathvidya.platform.errors import Conflict, Forbidden, WrongState


class ExamAlreadyActive(Conflict):
    """The student has an exam under way; ``exam_id`` names it where it is known."""

    slug = "exam-already-active"
    title = "You have an exam under way"


class ConsentMissing(Forbidden):
    """No parent has consented to the student's pages being kept."""

    slug = "consent-missing"
    title = "A parent's consent is missing"


class ExamNotStarted(WrongState):
    """The exam waits to be started; until then nobody sees the paper."""

    slug = "exam-not-started"
    title = "The exam has not been started"


class AnswerAfterTime(WrongState):
    """Answering is over; ``answering_ended_at`` says since when."""

    slug = "answer-after-time"
    title = "The time for answering is over"


class AlreadyHandedIn(WrongState):
    """The exam is handed in; ``handed_in_at`` says when, and the receipt stands."""

    slug = "already-handed-in"
    title = "This exam has been handed in"


class HandInIncomplete(Conflict):
    """Some written questions are on no sheet and not declared (``missing``), or both (``contradictory``)."""

    slug = "hand-in-incomplete"
    title = "Something is missing before you can hand in"


class OnASheet(Conflict):
    """A question cannot be declared unanswered while a sheet says that it is answered there."""

    slug = "question-on-a-sheet"
    title = "This question is on one of your sheets"


explain(
    "uq_exam_instances_active",
    lambda: ExamAlreadyActive(
        "finish, hand in or discard the exam that you have under way, then draw another"
    ),
)
