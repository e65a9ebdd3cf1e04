"""The life of an evaluation as a table, and the measures by which work is handed out. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from mathvidya.evaluation.models import EvaluationState, ReturnReason
from workflows.machine import Machine, Transition


class EvaluationEvent(StrEnum):
    """What can happen to an evaluation."""

    CLAIM = "claim"
    REASSIGN = "reassign"
    BEGIN = "begin"
    HOLD = "hold"
    RESUME = "resume"
    RELEASE = "release"
    LAPSE = "lapse"
    TAKE_BACK = "take_back"
    COMPLETE = "complete"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"


_S, _E = EvaluationState, EvaluationEvent

_NOT_DONE = (_S.QUEUED, _S.ASSIGNED, _S.IN_PROGRESS, _S.ON_HOLD)

MACHINE: Machine[EvaluationState, EvaluationEvent] = Machine(
    _S,
    _E,
    _S.QUEUED,
    (
        Transition(_S.QUEUED, _E.CLAIM, _S.ASSIGNED, effects=("assign", "lease")),
        *(
            Transition(state, _E.REASSIGN, _S.ASSIGNED, effects=("return", "assign", "lease"))
            for state in (_S.QUEUED, _S.ASSIGNED, _S.IN_PROGRESS)
        ),
        Transition(_S.ASSIGNED, _E.BEGIN, _S.IN_PROGRESS),
        Transition(_S.IN_PROGRESS, _E.HOLD, _S.ON_HOLD, effects=("pause_clock", "extend_lease")),
        Transition(_S.ON_HOLD, _E.RESUME, _S.IN_PROGRESS, effects=("resume_clock", "extend_lease")),
        *(
            Transition(state, event, _S.QUEUED, effects=("return",))
            for event in (_E.RELEASE, _E.LAPSE)
            for state in (_S.ASSIGNED, _S.IN_PROGRESS)
        ),
        # Only what nobody has begun: the one who is in the middle of a late script is the quickest to end it.
        Transition(_S.ASSIGNED, _E.TAKE_BACK, _S.QUEUED, effects=("return",)),
        Transition(_S.IN_PROGRESS, _E.COMPLETE, _S.COMPLETED, effects=("total", "stop_clock", "end_lease")),
        Transition(_S.COMPLETED, _E.PUBLISH, _S.PUBLISHED),
        *(
            Transition(state, _E.WITHDRAW, _S.WITHDRAWN, effects=("return", "stop_clock"))
            for state in (*_NOT_DONE, _S.COMPLETED)
        ),
    ),
)

RETURNS: dict[EvaluationEvent, ReturnReason] = {
    _E.REASSIGN: ReturnReason.REASSIGNED,
    _E.RELEASE: ReturnReason.RELEASED,
    _E.LAPSE: ReturnReason.LAPSED,
    _E.TAKE_BACK: ReturnReason.OVERDUE,
    _E.WITHDRAW: ReturnReason.WITHDRAWN,
}
"""Events by which an evaluation leaves its teacher, and what the assignment says of it then."""

BOARD_MINUTES = 24
"""What a board script takes: about twenty in an eight-hour day, by the board's own practice."""

_BOARD_WRITTEN_MARKS = Decimal(60)
"""Of its 80 marks, those that a person gives."""

OPEN_SCRIPTS = 3
"""How many unfinished scripts a teacher may have at hand: one on the desk, and two to change over to.

More would keep scripts from teachers who are free, while a lease is renewed by work on one of them only.
Scripts on hold do not count: the student is the one being waited for.
"""

FLAGS = 3
"""How often the student of one script may be asked for a page."""

ANSWER_TIME = timedelta(days=7)
"""How long the student has for it; then marking goes on with the page as it is."""


def expected_minutes(written_marks: Decimal) -> int:
    """A teacher's minutes for a script with so many marks to be had: a board script's, in proportion."""
    share = BOARD_MINUTES * written_marks / _BOARD_WRITTEN_MARKS
    return max(1, int(share.to_integral_value(ROUND_CEILING)))


@dataclass(frozen=True)
class Workload:
    """What a teacher has taken on. ``minutes_today`` counts each script once, also those given back."""

    minutes_today: int
    open_scripts: int
    daily_cap: int

    @property
    def minutes_left(self) -> int:
        """The minutes that may still be handed to the teacher today: the cap in board scripts, less what was.

        Minutes and not scripts, so that twenty unit tests are not taken for a day's work.
        """
        return max(0, self.daily_cap * BOARD_MINUTES - self.minutes_today)

    @property
    def is_desk_full(self) -> bool:
        """Whether something must be finished or given back before more is handed out."""
        return self.open_scripts >= OPEN_SCRIPTS


def start_of_day(now: datetime, zone: ZoneInfo) -> datetime:
    """When the local day of ``now`` began."""
    return now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)


def minutes_until(now: datetime, moment: datetime) -> int:
    """Whole minutes from ``now``, rounded up; none for what has passed."""
    return max(0, -((now - moment) // timedelta(minutes=1)))
