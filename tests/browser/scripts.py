"""Handed-in scripts for the marking screen: three photographed pages, five answers, the rest left out."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache

from playwright.sync_api import Page, expect

from mathvidya.local.stack import Stack
from seeds.demo.book import answer_book
from seeds.demo.client import Person, sha256_hex
from seeds.demo.marking import once
from seeds.demo.pages import DemoPage, photographed_pages
from seeds.demo.people import ADMIN, DEMO_PASSWORD, STUDENT
from seeds.demo.sitting import TEMPLATE

ANSWERS = ((21, 22), (23, 24), (26, 24))
"""Which questions stand on which page; 24 runs over two."""

_IS_SHOWN = """() => {
    const page = document.querySelector(".page > img");
    return page?.complete && page.naturalWidth > 0;
}"""


@dataclass(frozen=True)
class HandedIn:
    """A script that waits for its teacher."""

    exam_id: str


@contextmanager
def handed_in(house: Stack, count: int = 1) -> Iterator[list[HandedIn]]:
    """Scripts in the queue; at the end they are voided, so that the next test finds its own first."""
    with ExitStack() as exits:
        student = exits.enter_context(Person(house.url, STUDENT.email, DEMO_PASSWORD))
        admin = exits.enter_context(Person(house.url, ADMIN.email, DEMO_PASSWORD))
        scripts = [_hand_in(student) for _ in range(count)]
        for script in scripts:
            exits.callback(_clear, admin, script)
        yield scripts


def _clear(admin: Person, script: HandedIn) -> None:
    if admin.get(f"/exams/{script.exam_id}")["exam"]["state"] != "published":
        admin.post(f"/exams/{script.exam_id}/void", {"reason": "the test is over"})


def _hand_in(student: Person) -> HandedIn:
    exam = student.post("/exams", {"template": TEMPLATE})
    path = f"/exams/{exam['id']}"
    student.post(f"{path}/start")
    paper = student.get(f"{path}/paper")
    written = {
        question["number"]: question["unit"]
        for section in paper["sections"]
        for question in section["questions"]
        if not question["choices"]
    }
    student.post(f"{path}/finish-answering")
    for number, (page, answers) in enumerate(zip(_pages(), ANSWERS, strict=True), start=1):
        _upload(student, path, number, page, answers)
    for number in set(written) - {number for answers in ANSWERS for number in answers}:
        student.put(f"{path}/unanswered/{number}", {})
    student.post(f"{path}/hand-in")
    once(lambda: student.get(path)["exam"], "under_evaluation")
    return HandedIn(exam["id"])


@cache
def _pages() -> tuple[DemoPage, ...]:
    units = dict.fromkeys(range(1, 39), "Algebra")
    marks = dict.fromkeys(range(1, 39), 2)
    return tuple(photographed_pages(answer_book(units, marks)[: len(ANSWERS)], seed=7))


def _upload(student: Person, path: str, number: int, page: DemoPage, answers: tuple[int, ...]) -> None:
    claim = {"media_type": page.mime, "size_bytes": len(page.data), "sha256": sha256_hex(page.data)}
    slot = student.post(f"{path}/sheets/slots", {"page_number": number, **claim})
    student.upload(slot, page.data)
    (sheet,) = student.post(f"{path}/sheets/slots/{slot['id']}/confirm")["items"]
    student.put(f"{path}/sheets/{sheet['id']}/questions", {"question_numbers": list(answers)})


def claim(page: Page) -> None:
    """Take the next script from the queue; ends on the marking screen, with the first page shown."""
    page.get_by_role("button", name="Claim the next script").click()
    on_the_desk(page)


def on_the_desk(page: Page) -> None:
    """The marking screen with its first page to be seen."""
    page.wait_for_url("**/scripts/*")
    shown = page.get_by_role("img", name="Photograph of page")
    expect(shown).to_be_visible()
    page.wait_for_function(_IS_SHOWN)


def saved(page: Page) -> None:
    """Everything has been acknowledged by the house, as the chip says."""
    expect(page.locator(".chip[role=status]", has_text="Saved")).to_be_visible()
