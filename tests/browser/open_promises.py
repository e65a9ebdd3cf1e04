"""Handed-in exams whose marks are owed: what the SLA board and a change of the calendar are about."""

import io
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache

from PIL import Image, ImageDraw

from mathvidya.local.stack import Stack
from seeds.demo.client import Person, sha256_hex
from seeds.demo.marking import once
from seeds.demo.people import ADMIN, DEMO_PASSWORD, STUDENT

_TEMPLATE = "cbse-xii-section-sa"


@contextmanager
def admin_of(house: Stack) -> Iterator[Person]:
    """The admin over HTTP, to look at what the browser did and to leave the house as it was."""
    with Person(house.url, ADMIN.email, DEMO_PASSWORD) as admin:
        yield admin


@contextmanager
def promises(house: Stack, count: int = 1) -> Iterator[list[str]]:
    """Codes of exams that wait for a teacher; they are voided at the end."""
    with ExitStack() as exits:
        student = exits.enter_context(Person(house.url, STUDENT.email, DEMO_PASSWORD))
        admin = exits.enter_context(admin_of(house))
        exams = [_hand_in(student) for _ in range(count)]
        for exam_id, _code in exams:
            exits.callback(admin.post, f"/exams/{exam_id}/void", {"reason": "the test is over"})
        yield [code for _exam_id, code in exams]


def _hand_in(student: Person) -> tuple[str, str]:
    exam = student.post("/exams", {"template": _TEMPLATE})
    path = f"/exams/{exam['id']}"
    student.post(f"{path}/start")
    sections = student.get(f"{path}/paper")["sections"]
    numbers = [question["number"] for section in sections for question in section["questions"]]
    student.post(f"{path}/finish-answering")
    _upload(student, path, numbers[0])
    for number in numbers[1:]:
        student.put(f"{path}/unanswered/{number}", {})
    student.post(f"{path}/hand-in")
    once(lambda: student.get(path)["exam"], "under_evaluation")
    return exam["id"], exam["code"]


def _upload(student: Person, path: str, number: int) -> None:
    page = _page()
    claim = {"media_type": "image/jpeg", "size_bytes": len(page), "sha256": sha256_hex(page)}
    slot = student.post(f"{path}/sheets/slots", {"page_number": 1, **claim})
    student.upload(slot, page)
    (sheet,) = student.post(f"{path}/sheets/slots/{slot['id']}/confirm")["items"]
    student.put(f"{path}/sheets/{sheet['id']}/questions", {"question_numbers": [number]})


@cache
def _page() -> bytes:
    image = Image.new("L", (900, 1200), 245)
    pen = ImageDraw.Draw(image)
    for line in range(100, 1100, 60):
        pen.text((80, line), "x² + 5x + 6 = (x + 2)(x + 3)", fill=20)
    stored = io.BytesIO()
    image.save(stored, "JPEG", quality=85)
    return stored.getvalue()
