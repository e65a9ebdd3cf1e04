"""The main story, told over HTTP by four people and a clock that they move instead of waiting.

A student draws a class XII board paper, answers, uploads ten photographed pages (one HEIC, one PDF, one
out of focus), leaves two questions out and hands in. A teacher claims the script, asks for the page that
cannot be read, gets it, marks every question with steps and stamps and completes. Student and parent read
the result.
"""

import hashlib
import json
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from seeds.demo.book import UNANSWERED
from seeds.demo.client import KOLKATA, Person, StoryFailed, local
from seeds.demo.marking import mark_script
from seeds.demo.people import ADMIN, DEMO_PASSWORD, PARENT, STUDENT, TEACHER
from seeds.demo.sitting import Handed, sit

__all__ = ["StoryFailed", "tell"]

Say = Callable[[str], None]

_FRIDAY = 4
_ENDED = {"published", "abandoned", "voided"}


@dataclass(frozen=True)
class _Cast:
    student: Person
    parent: Person
    teacher: Person
    admin: Person


def tell(url: str, *, say: Say) -> dict[str, Any]:
    """Tell the story to the house at ``url``; the outcome is what the last line of the demo holds.

    Raises StoryFailed when the house breaks a promise. At the end the clock is given back its time.
    """
    with ExitStack() as exits:
        cast = _Cast(
            *(
                exits.enter_context(Person(url, person.email, DEMO_PASSWORD))
                for person in (STUDENT, PARENT, TEACHER, ADMIN)
            )
        )
        exits.callback(cast.admin.put, "/laptop/clock", {})
        return _told(cast, say)


def _told(cast: _Cast, say: Say) -> dict[str, Any]:
    _clear_the_stage(cast)
    friday = _working_friday(cast)
    handed = sit(cast.student, clock=_mover(cast, friday, say), say=say)
    evaluation = mark_script(
        cast.teacher, cast.student, handed, clock=_mover(cast, friday + timedelta(days=1), say), say=say
    )
    return _outcome(cast, handed, evaluation, say)


def _clear_the_stage(cast: _Cast) -> None:
    """Void what a story that broke off has left: its exam would be in the way, or be marked first."""
    for exam in cast.student.get("/exams", limit=100)["items"]:
        if exam["state"] not in _ENDED:
            cast.admin.post(f"/exams/{exam['id']}/void", {"reason": "left over from a demo that broke off"})


def _working_friday(cast: _Cast) -> date:
    """The next Friday from whose afternoon the same-day promise reaches into Saturday: both days worked."""
    day = datetime.now(KOLKATA).date()
    for _ in range(60):
        day += timedelta(days=1)
        if day.weekday() == _FRIDAY and not _closed(cast, day) and not _closed(cast, day + timedelta(days=1)):
            return day
    raise StoryFailed("no working Friday with a working Saturday within 60 days: look at the holidays")


def _closed(cast: _Cast, day: date) -> bool:
    found = cast.admin.get("/holidays", first=day.isoformat(), last=day.isoformat())
    return bool(found["items"])


def _mover(cast: _Cast, day: date, say: Say) -> Callable[[str], None]:
    """Moves the house to a time of ``day`` and says so."""

    def move(clock_time: str) -> None:
        moment = datetime.combine(day, time.fromisoformat(clock_time), KOLKATA)
        cast.admin.put("/laptop/clock", {"now": moment.astimezone(UTC).isoformat()})
        say(f"\n[{moment:%a %d %b %Y, %H:%M}]")

    return move


def _outcome(cast: _Cast, handed: Handed, evaluation: dict[str, Any], say: Say) -> dict[str, Any]:
    result = cast.student.get(f"/exams/{handed.exam_id}/result")
    seen_by_parent = cast.parent.get(f"/exams/{handed.exam_id}/result")
    clock = cast.admin.get(f"/sla/clocks/{handed.exam_id}/explain")
    paper = cast.student.get(f"/exams/{handed.exam_id}/paper")
    score = result["score"]
    _explain(clock, say)
    say(f"\n  The student reads {score['total']} of {score['possible']}, page by page; so does the parent.")
    outcome = {
        "exam": handed.code,
        "exam_id": handed.exam_id,
        "paper": {
            "questions": len(handed.marks),
            "marks": sum(handed.marks.values()),
            "unit_marks": handed.unit_marks,
        },
        "paper_sha256": {"before": handed.paper_sha256, "after": canonical_sha256(paper)},
        "pages": len(handed.pages),
        "declared_unanswered": len(UNANSWERED),
        "sla": {
            "budget_minutes": clock["budget_minutes"],
            "paused_minutes": round(clock["paused_minutes"], 1),
            "due_at": clock["due_at"],
            "completed_at": evaluation["completed_at"],
            "met": _moment(evaluation["completed_at"]) <= _moment(clock["due_at"]),
        },
        "score": {name: score[name] for name in ("mcq", "manual", "total", "possible")},
        "parent_sees": seen_by_parent["score"] == score,
    }
    _insist(outcome)
    return outcome


def _explain(clock: dict[str, Any], say: Say) -> None:
    budget, paused = clock["budget_minutes"], clock["paused_minutes"]
    say(f"\n  Why the marks were due at {local(clock['due_at'])}: {budget:.0f} working minutes were owed,")
    say(f"  the clock stood for {paused:.0f} of them, and these stretches were used:")
    for stretch in clock["segments"]:
        say(f"    {local(stretch['start'])} to {local(stretch['end'])}  {stretch['minutes']:.0f} min")


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def canonical_sha256(paper: Any) -> str:
    """Hash the paper as anybody can: canonical JSON, SHA-256."""
    text = json.dumps(paper, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _insist(outcome: dict[str, Any]) -> None:
    broken = [
        name
        for name, holds in {
            "the paper is the one that was frozen": outcome["paper_sha256"]["before"]
            == outcome["paper_sha256"]["after"],
            "the promise was met": outcome["sla"]["met"],
            "the clock stood while the page was missing": outcome["sla"]["paused_minutes"] > 0,
            "the parent sees what the student sees": outcome["parent_sees"],
        }.items()
        if not holds
    ]
    if broken:
        raise StoryFailed("it should hold that " + "; ".join(broken))
