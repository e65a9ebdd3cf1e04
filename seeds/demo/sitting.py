"""The first half of the story: a student draws, sits, uploads and hands in."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from seeds.demo.book import PAGES, UNANSWERED, answer_book
from seeds.demo.client import Person, StoryFailed, local, sha256_hex
from seeds.demo.pages import DemoPage, photographed_pages

TEMPLATE = "cbse-xii-board"
UNREADABLE_PAGE = 4
_HAND = 7
"""Seed of the handwriting and of the student's guesses."""


@dataclass(frozen=True)
class Handed:
    """The exam as it was handed in, and what the student still has on paper."""

    exam_id: str
    code: str
    paper: Mapping[str, Any]
    paper_sha256: str
    pages: tuple[DemoPage, ...]
    units: Mapping[int, str]
    marks: Mapping[int, int]

    @property
    def unit_marks(self) -> dict[str, int]:
        """The paper's marks by unit."""
        return {
            unit: sum(self.marks[number] for number, of in self.units.items() if of == unit)
            for unit in dict.fromkeys(self.units.values())
        }


def sit(student: Person, *, clock: Callable[[str], None], say: Callable[[str], None]) -> Handed:
    """Draw, answer, upload, declare, hand in."""
    clock("13:00")
    exam = student.post("/exams", {"template": TEMPLATE})
    say(f"  A student draws {TEMPLATE}: exam {exam['code']}, one exam of the quota is reserved.")
    clock("13:15")
    started = student.post(f"/exams/{exam['id']}/start")
    paper = student.get(f"/exams/{exam['id']}/paper")
    say(f"  The exam's time starts; answering ends at {local(started['exam']['answering_ends_at'])}.")
    _answer_on_screen(student, exam["id"], paper, say)
    clock("16:05")
    student.post(f"/exams/{exam['id']}/finish-answering")
    pages = _photograph(paper)
    _upload(student, exam["id"], pages, say)
    for number in UNANSWERED:
        student.put(f"/exams/{exam['id']}/unanswered/{number}", {})
    clock("16:20")
    receipt = student.post(f"/exams/{exam['id']}/hand-in")
    left_out = " and ".join(map(str, UNANSWERED))
    say(f"  Handed in with {len(receipt['pages'])} pages; questions {left_out} are declared left out.")
    questions = dict(_numbered(paper))
    return Handed(
        exam_id=exam["id"],
        code=exam["code"],
        paper=paper,
        paper_sha256=exam["paper_sha256"],
        pages=pages,
        units={number: question["unit"] for number, question in questions.items()},
        marks={number: int(question["marks"]) for number, question in questions.items()},
    )


def send_page_again(student: Person, handed: Handed, say: Callable[[str], None]) -> None:
    """Photograph the page that could not be read once more, and put it in its place."""
    page = photographed_pages(answer_book(handed.units, handed.marks), seed=_HAND)[UNREADABLE_PAGE - 1]
    (request,) = student.get(f"/exams/{handed.exam_id}/page-requests")["items"]
    slot = student.post(f"/exams/{handed.exam_id}/page-requests/{request['id']}/slots", _claim_of(page))
    student.upload(slot, page.data)
    if warnings := _warnings(_confirm(student, handed.exam_id, slot)):
        raise StoryFailed(f"the second photograph of page {UNREADABLE_PAGE} is not good either: {warnings}")
    say(f"  The student photographs page {UNREADABLE_PAGE} again; it is sharp.")


def _answer_on_screen(student: Person, exam_id: str, paper: Any, say: Callable[[str], None]) -> None:
    chance = random.Random(_HAND)
    by_key = [number for number, question in _numbered(paper) if question["choices"]]
    moment = student.get(f"/exams/{exam_id}")["server_now"]
    for sequence, number in enumerate(by_key, start=1):
        student.put(
            f"/exams/{exam_id}/answers/{number}",
            {"choices": [chance.choice("ABCD")], "sequence": sequence, "answered_at": moment},
        )
    say(f"  {len(by_key)} multiple-choice answers, each saved as it is made.")


def _photograph(paper: Any) -> tuple[DemoPage, ...]:
    questions = dict(_numbered(paper))
    units = {number: question["unit"] for number, question in questions.items()}
    marks = {number: int(question["marks"]) for number, question in questions.items()}
    return tuple(photographed_pages(answer_book(units, marks), seed=_HAND, unreadable=UNREADABLE_PAGE))


def _upload(student: Person, exam_id: str, pages: tuple[DemoPage, ...], say: Callable[[str], None]) -> None:
    for number, page in enumerate(pages, start=1):
        warnings = _upload_page(student, exam_id, number, page)
        noted = f"; the house warns: {', '.join(warnings)}" if warnings else ""
        say(f"  Page {number} ({page.mime}, {len(page.data) // 1024} KB) is stored and opened{noted}.")


def _upload_page(student: Person, exam_id: str, number: int, page: DemoPage) -> list[str]:
    slot = student.post(
        f"/exams/{exam_id}/sheets/slots",
        {"page_number": number, **_claim_of(page)},
    )
    student.upload(slot, page.data)
    sheet = _confirm(student, exam_id, slot)
    student.put(
        f"/exams/{exam_id}/sheets/{sheet['id']}/questions", {"question_numbers": list(PAGES[number - 1])}
    )
    return _warnings(sheet)


def _confirm(student: Person, exam_id: str, slot: Any) -> Any:
    (sheet,) = student.post(f"/exams/{exam_id}/sheets/slots/{slot['id']}/confirm")["items"]
    return sheet


def _warnings(sheet: Any) -> list[str]:
    return [warning["kind"] for warning in sheet["warnings"]]


def _claim_of(page: DemoPage) -> dict[str, Any]:
    """What an upload says of its file, to be held to it by the presigned request."""
    return {"media_type": page.mime, "size_bytes": len(page.data), "sha256": sha256_hex(page.data)}


def _numbered(paper: Any) -> list[tuple[int, Any]]:
    return [
        (question["number"], question) for section in paper["sections"] for question in section["questions"]
    ]
