"""Problem types of the attempts slice."""

from mathvidya.platform.constraints import explain
from mathvidya.platform.errors import Conflict, Forbidden, Invalid, WrongState


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


class UploadWindowOver(WrongState):
    """Sheets are no longer taken; ``upload_ended_at`` says since when."""

    slug = "upload-window-over"
    title = "The time for uploading is over"


class TooManySheets(Conflict):
    """The exam would have more pages, or has asked for more slots, than an answer book can need."""

    slug = "too-many-sheets"
    title = "These are more pages than an answer book can have"


class NotUploaded(Conflict):
    """The slot is to be confirmed, but nothing has arrived in storage."""

    slug = "not-uploaded"
    title = "The file has not arrived"


class FileDiffers(Conflict):
    """What lies in storage is not the file that the slot was opened for."""

    slug = "file-differs"
    title = "This is not the file that was announced"


class PageRequestClosed(WrongState):
    """The page was sent again already, or the time for it has passed."""

    slug = "page-request-closed"
    title = "This page is no longer asked for"


class OnePageAsked(Conflict):
    """One page was asked for again, and the file has several."""

    slug = "one-page-asked"
    title = "Send the one page that was asked for"


class FileRefused(Invalid):
    """A file that cannot become sheets. Raised only as one of the classes below."""


class FileTooLarge(FileRefused):
    """The file is larger than a photographed page has to be; ``max_bytes`` says what is taken."""

    slug = "file-too-large"
    title = "The file is too large"


class FileEmpty(FileRefused):
    """There is not one byte."""

    slug = "file-empty"
    title = "The file is empty"


class FileTypeRefused(FileRefused):
    """The file is, by its bytes and whatever its name says, of a type that is not taken."""

    slug = "file-type-refused"
    title = "Files of this type are not taken"


class FileTruncated(FileRefused):
    """The file stops before its own end."""

    slug = "file-truncated"
    title = "The file is not complete"


class FileTooManyPixels(FileRefused):
    """The picture is larger than any photograph of a page."""

    slug = "file-too-many-pixels"
    title = "The picture is too large"


class FileTooManyPages(FileRefused):
    """The PDF has more pages than one file may bring."""

    slug = "file-too-many-pages"
    title = "The PDF has too many pages"


class FileEncrypted(FileRefused):
    """The PDF opens only with a password."""

    slug = "file-encrypted"
    title = "The PDF is locked"


class FileTooExpensive(FileRefused):
    """Opening the file would take more work than a page ever needs."""

    slug = "file-too-expensive"
    title = "The file takes too much work to open"


class FileCorrupt(FileRefused):
    """The file is of a type that is taken, but not well formed."""

    slug = "file-corrupt"
    title = "The file is damaged"


explain(
    "uq_exam_instances_active",
    lambda: ExamAlreadyActive(
        "finish, hand in or discard the exam that you have under way, then draw another"
    ),
)
