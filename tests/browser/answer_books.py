"""Exams of the demo student at the point where a browser takes over, and the files of its pages."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

from seeds.demo.book import PAGES, UNANSWERED, answer_book
from seeds.demo.client import Person
from seeds.demo.pages import photographed_pages
from seeds.demo.people import ADMIN, DEMO_PASSWORD, PARENT, STUDENT, STUDENT_X

TEMPLATE = "cbse-xii-board"
MAPPED: Mapping[int, tuple[int, ...]] = {at: tuple(numbers) for at, numbers in enumerate(PAGES, start=1)}
LEFT_OUT = UNANSWERED
_ENDED = {"published", "abandoned", "voided"}
_HAND = 7


@dataclass(frozen=True)
class Sitting:
    """An exam whose pages are still on paper."""

    exam_id: str
    files: list[Path]


@contextmanager
def person(url: str, email: str) -> Iterator[Person]:
    """A demo person at the API."""
    with Person(url, email, DEMO_PASSWORD) as opened:
        yield opened


def sitting(url: str, folder: Path) -> Sitting:
    """The student's exam with its answering over, and its ten photographed pages as files."""
    clear(url)
    with person(url, STUDENT.email) as student:
        exam = student.post("/exams", {"template": TEMPLATE})
        student.post(f"/exams/{exam['id']}/start")
        student.post(f"/exams/{exam['id']}/finish-answering")
        paper = student.get(f"/exams/{exam['id']}/paper")
    return Sitting(exam["id"], _files(paper, folder))


def clear(url: str) -> None:
    """Void what another test has left open: a student has one exam at a time."""
    with person(url, STUDENT.email) as student, person(url, ADMIN.email) as admin:
        for exam in student.get("/exams", limit=100)["items"]:
            if exam["state"] not in _ENDED:
                admin.post(f"/exams/{exam['id']}/void", {"reason": "a test has ended"})


def sheets_of(url: str, exam_id: str) -> list[dict[str, Any]]:
    """What the server has of an exam's pages."""
    with person(url, STUDENT.email) as student:
        items: list[dict[str, Any]] = student.get(f"/exams/{exam_id}/sheets")["items"]
        return items


def card(page: Page, number: int) -> Locator:
    """The card of a page that the server has."""
    return page.locator("[data-page]").nth(number - 1)


def received(page: Page, count: int) -> None:
    """Wait until the server has ``count`` pages, and the screen says so."""
    page.get_by_role("heading", name=f"Pages ({count})").wait_for(timeout=90_000)


def map_page(page: Page, number: int, questions: tuple[int, ...]) -> None:
    """Say which questions are on a page."""
    for question in questions:
        chip = card(page, number).get_by_role("button", name=f"Question {question}", exact=True)
        chip.click()
        card(page, number).locator(f"[aria-pressed=true][aria-label='Question {question}']").wait_for()


def _files(paper: Any, folder: Path) -> list[Path]:
    numbered = [question for section in paper["sections"] for question in section["questions"]]
    units = {question["number"]: question["unit"] for question in numbered}
    marks = {question["number"]: int(question["marks"]) for question in numbered}
    files = []
    for page in photographed_pages(answer_book(units, marks), seed=_HAND):
        file = folder / page.name
        file.write_bytes(page.data)
        files.append(file)
    return files


__all__ = [
    "PARENT",
    "STUDENT",
    "STUDENT_X",
    "Sitting",
    "card",
    "clear",
    "map_page",
    "person",
    "received",
    "sheets_of",
    "sitting",
]
