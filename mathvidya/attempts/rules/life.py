"""The life of an exam instance, as a table."""

from dataclasses import dataclass
from enum import StrEnum

from mathvidya.attempts.models import ExamState
from workflows.machine import Guard, Machine, Transition


class ExamEvent(StrEnum):
    """What can happen to an exam instance."""

    START = "start"
    FINISH_ANSWERING = "finish_answering"
    TIME_UP = "time_up"
    HAND_IN = "hand_in"
    ABANDON = "abandon"
    DISCARD = "discard"
    EXPIRE = "expire"
    VOID = "void"
    OPEN_EVALUATION = "open_evaluation"
    SCORE = "score"
    PUBLISH = "publish"


@dataclass(frozen=True, slots=True)
class ExamFacts:
    """What the guards ask about."""

    has_written: bool


_S, _E = ExamState, ExamEvent

HAS_WRITTEN = Guard("some questions are written", lambda facts: facts.has_written)
CHOICES_ONLY = Guard("no question is written", lambda facts: not facts.has_written)

MACHINE: Machine[ExamState, ExamEvent] = Machine(
    ExamState,
    ExamEvent,
    _S.CREATED,
    (
        Transition(_S.CREATED, _E.START, _S.IN_PROGRESS, effects=("set_times", "schedule_limits")),
        Transition(_S.CREATED, _E.DISCARD, _S.VOIDED, effects=("give_back_quota",)),
        Transition(_S.CREATED, _E.EXPIRE, _S.VOIDED, effects=("give_back_quota",)),
        Transition(_S.IN_PROGRESS, _E.FINISH_ANSWERING, _S.UPLOADING, HAS_WRITTEN, ("schedule_limits",)),
        Transition(_S.IN_PROGRESS, _E.TIME_UP, _S.UPLOADING, HAS_WRITTEN),
        *(
            Transition(active, _E.HAND_IN, _S.HANDED_IN, effects=("score_choices", "tell_handed_in"))
            for active in (_S.IN_PROGRESS, _S.UPLOADING)
        ),
        *(Transition(active, _E.ABANDON, _S.ABANDONED) for active in (_S.IN_PROGRESS, _S.UPLOADING)),
        Transition(_S.HANDED_IN, _E.OPEN_EVALUATION, _S.UNDER_EVALUATION, HAS_WRITTEN),
        Transition(_S.HANDED_IN, _E.SCORE, _S.EVALUATED, CHOICES_ONLY, ("total",)),
        Transition(_S.UNDER_EVALUATION, _E.SCORE, _S.EVALUATED, effects=("total",)),
        Transition(_S.EVALUATED, _E.PUBLISH, _S.PUBLISHED, effects=("tell_published",)),
        *(
            Transition(state, _E.VOID, _S.VOIDED, effects=("give_back_quota", "tell_voided"))
            for state in (
                _S.CREATED,
                _S.IN_PROGRESS,
                _S.UPLOADING,
                _S.HANDED_IN,
                _S.UNDER_EVALUATION,
                _S.EVALUATED,
            )
        ),
    ),
)
"""What may happen when. A paper of choices alone is evaluated and published as it is handed in."""
