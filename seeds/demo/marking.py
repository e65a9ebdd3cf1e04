"""The second half of the story: a teacher claims, flags a page, marks and completes."""

import random
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import uuid4

from seeds.demo.client import Person, StoryFailed, local
from seeds.demo.sitting import UNREADABLE_PAGE, Handed, send_page_again

_JUDGEMENT = 11
"""Seed of which steps earn what."""

_PATIENCE, _GLANCE_SECONDS = 100, 0.2
"""How often, and how long between, the story looks for what a tick does a moment later."""


@dataclass(frozen=True)
class _Step:
    part: str
    number: int
    possible: Decimal


def mark_script(
    teacher: Person,
    student: Person,
    handed: Handed,
    *,
    clock: Callable[[str], None],
    say: Callable[[str], None],
) -> Any:
    """Claim the script, have the page sent again, mark every question, complete. The completed evaluation."""
    clock("09:30")
    claimed = _claim(teacher, student, handed, say)
    path, lease = f"/evaluations/{claimed['evaluation']['id']}", {"lease_token": claimed["lease_token"]}
    teacher.post(f"{path}/begin", lease)
    _flag_unreadable(teacher, path, lease, say)
    clock("11:00")
    send_page_again(student, handed, say)
    due_at = _resumed(teacher, path)["due_at"]
    say(f"  The clock runs again; the marks are now owed at {local(due_at)}.")
    clock("11:30")
    script = teacher.get(f"{path}/script")
    _mark_all(teacher, path, lease, script)
    say("  Every question is marked step by step, with stamps on the page.")
    version = teacher.get(f"{path}/script")["version"]
    completed = teacher.edit("POST", f"{path}/complete", lease, version=version)
    say(f"  Completed and published at {local(completed['completed_at'])}.")
    return completed


def _claim(teacher: Person, student: Person, handed: Handed, say: Callable[[str], None]) -> Any:
    once(lambda: student.get(f"/exams/{handed.exam_id}")["exam"], "under_evaluation")
    claimed = teacher.post("/evaluations/claim")
    evaluation = claimed["evaluation"]
    script = teacher.get(f"/evaluations/{evaluation['id']}/script")
    if script["exam_id"] != handed.exam_id:
        raise StoryFailed(
            "another script was due first: this house has open scripts of its own; mark them first"
        )
    say(f"  A teacher claims the script that is due first: {local(evaluation['due_at'])}.")
    return claimed


def _flag_unreadable(
    teacher: Person, path: str, lease: Mapping[str, int], say: Callable[[str], None]
) -> None:
    sheets = teacher.get(f"{path}/script")["sheets"]
    sheet = next(sheet for sheet in sheets if sheet["page_number"] == UNREADABLE_PAGE)
    teacher.post(f"{path}/flags", {**lease, "sheet_id": sheet["id"], "reason": "unreadable"})
    say(f"  Page {UNREADABLE_PAGE} cannot be read: the student is asked for it, and the clock stands.")


def _resumed(teacher: Person, path: str) -> Any:
    """The evaluation once the page has arrived."""
    return once(lambda: teacher.get(path)["evaluation"], "in_progress")


def once(look: Callable[[], Any], state: str) -> Any:
    """What ``look`` finds once it is in ``state``: events are told within a tick or two."""
    for _ in range(_PATIENCE):
        found = look()
        if found["state"] == state:
            return found
        time.sleep(_GLANCE_SECONDS)
    raise StoryFailed(f"waited for the state {state!r} in vain; it is {found['state']!r}")


def _mark_all(teacher: Person, path: str, lease: Mapping[str, int], script: Any) -> None:
    chance = random.Random(_JUDGEMENT)
    for question in script["key"]["questions"]:
        number = question["number"]
        if number not in script["written_numbers"] or number in script["unanswered"]:
            continue
        steps = [_judged(step, chance) for step in _steps(question)]
        mark = teacher.put(f"{path}/marks/{number}", {**lease, "steps": steps, "revision": 0})
        stamp = _stamp(mark, script["sheets"], chance)
        teacher.put(f"{path}/annotations", {**lease, "operations": [stamp]})


def _stamp(mark: Any, sheets: Any, chance: random.Random) -> dict[str, Any]:
    number = mark["question_number"]
    return {
        "op": "add",
        "id": str(uuid4()),
        "sheet_id": next(sheet["id"] for sheet in sheets if number in sheet["question_numbers"]),
        "kind": "cross" if Decimal(mark["awarded"]) == 0 else "tick",
        "marks": mark["awarded"],
        "x": 0.9,
        "y": round(chance.uniform(0.15, 0.85), 4),
        "question_number": number,
    }


def _steps(question: Any) -> Iterator[_Step]:
    """Every step of the first alternative, by the scheme's own method."""
    for part in question["parts"] or [{**question, "label": ""}]:
        for number, step in enumerate(part["scheme"]["steps"], start=1):
            yield _Step(part["label"], number, Decimal(step["marks"]))


def _judged(step: _Step, chance: random.Random) -> dict[str, Any]:
    share = chance.choices((Decimal(1), Decimal("0.5"), Decimal(0)), weights=(7, 2, 1))[0]
    awarded = (step.possible * share * 2).to_integral_value() / 2
    return {"part": step.part, "step": step.number, "awarded": str(awarded)}
