"""How a promise stands, in the words of those to whom it was made and of those who keep it. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from mathvidya.evaluation.models import EvaluationState
from mathvidya.evaluation.rules.lifecycle import start_of_day
from workflows.calendar import WorkingCalendar

AT_RISK = timedelta(hours=2)
"""Working time before due from which a promise is at risk: that of the last warning."""

_DAY = timedelta(days=1)


class Whereabouts(StrEnum):
    """Where a script is, as its student is told: never with whom."""

    WAITING = "waiting"
    WITH_A_TEACHER = "with_a_teacher"
    PAGE_ASKED = "page_asked"
    MARKED = "marked"
    WITHDRAWN = "withdrawn"


class Band(StrEnum):
    """How urgent an open promise is."""

    ON_TRACK = "on_track"
    DUE_TODAY = "due_today"
    AT_RISK = "at_risk"
    BREACHED = "breached"
    ON_HOLD = "on_hold"


WHEREABOUTS: dict[EvaluationState, Whereabouts] = {
    EvaluationState.QUEUED: Whereabouts.WAITING,
    EvaluationState.ASSIGNED: Whereabouts.WITH_A_TEACHER,
    EvaluationState.IN_PROGRESS: Whereabouts.WITH_A_TEACHER,
    EvaluationState.ON_HOLD: Whereabouts.PAGE_ASKED,
    EvaluationState.COMPLETED: Whereabouts.MARKED,
    EvaluationState.PUBLISHED: Whereabouts.MARKED,
    EvaluationState.WITHDRAWN: Whereabouts.WITHDRAWN,
}


@dataclass(frozen=True)
class Limits:
    """The moments at which promises change their band, seen from one moment."""

    now: datetime
    at_risk_until: datetime
    tomorrow: datetime

    def band(self, due_at: datetime, *, runs: bool, breached: bool) -> Band:
        """The band of an open promise. One that was broken stays so, also while its clock stands."""
        if breached or (runs and due_at < self.now):
            return Band.BREACHED
        if not runs:
            return Band.ON_HOLD
        if due_at <= self.at_risk_until:
            return Band.AT_RISK
        return Band.DUE_TODAY if due_at < self.tomorrow else Band.ON_TRACK


def limits(now: datetime, calendar: WorkingCalendar) -> Limits:
    """The limits under a calendar."""
    zone = calendar.rules.zone
    return Limits(now, calendar.add(now, AT_RISK), start_of_day(start_of_day(now, zone) + _DAY, zone))
