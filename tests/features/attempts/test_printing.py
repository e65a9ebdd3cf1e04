import io
import re
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from mathvidya.attempts.printing import print_paper
from mathvidya.platform.storage.contract import VIEW_MEDIA_TYPE
from mathvidya.platform.storage.local import LocalStorage
from mathvidya.platform.storage.signing import SigningKey
from tests.platform.pdf_pages import pictures_on, texts_of
from workflows.base import JsonObject

FIGURE = "figures/one.webp"


@pytest.fixture
def store(tmp_path: Path) -> LocalStorage:
    store = LocalStorage(tmp_path, url="http://127.0.0.1:1", key=SigningKey("key", "secret"))
    buffer = io.BytesIO()
    Image.new("RGB", (300, 200), (250, 250, 250)).save(buffer, "WEBP")
    store.write(FIGURE, buffer.getvalue(), VIEW_MEDIA_TYPE)
    return store


def question(number: int, kind: str, marks: str, **values: Any) -> JsonObject:
    nothing = {"image": None, "choices": [], "assertion": None, "reason": None, "parts": []}
    text = f"What is $x_{{{number}}}$?"
    return {
        "number": number,
        "type": kind,
        "marks": marks,
        "text": text,
        **nothing,
        "alternative": None,
        **values,
    }


def paper(*questions: JsonObject) -> JsonObject:
    return {
        "title": "A paper",
        "class_level": "X",
        "course_level": "basic",
        "unit": None,
        "minutes": 90,
        "marks": "40",
        "instructions": ["Draw neat figures."],
        "sections": [{"section": "A", "title": "Short answer", "questions": list(questions)}],
    }


def printed(store: LocalStorage, snapshot: JsonObject, *, written_only: bool = False) -> tuple[bytes, str]:
    pdf = print_paper(store, snapshot, written_only=written_only)
    return pdf, re.sub(r"\s+", " ", "\n".join(texts_of(pdf)))


def test_the_head_says_what_the_boards_says(store: LocalStorage) -> None:
    _, text = printed(store, paper(question(1, "SA", "3"), question(2, "SA", "3")))
    for words in ("Code 241", "Class X, Basic", "1 hour 30 minutes", "Maximum marks: 40", "2 × 3 = 6 marks"):
        assert words in text
    assert "(i) Draw neat figures." in text


def test_partners_parts_and_reasons_are_printed(store: LocalStorage) -> None:
    partner = question(1, "SA", "3", text="The other.")
    part = {"label": "ii", "marks": "2", "text": "Find it.", "alternative": {"text": "Or that."}}
    reasoned = question(3, "ASSERTION_REASON", "1", text="", assertion="It is so.", reason="It must.")
    _, text = printed(
        store,
        paper(
            question(1, "SA", "3", alternative=partner),
            question(2, "CASE_STUDY", "4", parts=[part]),
            reasoned,
        ),
    )
    for words in (
        "OR The other.",
        "(ii) Find it.",
        "OR Or that.",
        "Assertion (A): It is so.",
        "Reason (R): It must.",
    ):
        assert words in text.replace(" 2 OR Or", " OR Or")


def test_figures_are_printed_and_a_lost_one_is_named(store: LocalStorage) -> None:
    pdf, text = printed(
        store, paper(question(1, "SA", "3", image=FIGURE), question(2, "SA", "3", image="figures/lost.webp"))
    )
    assert pictures_on(pdf, 0) == 1
    assert text.count("cannot be shown") == 1


def test_a_question_is_not_split_over_pages(store: LocalStorage) -> None:
    tall = "\n\n".join(f"Line {line} of the question." for line in range(25))
    pages = texts_of(
        print_paper(store, paper(*(question(n, "LA", "5", text=tall) for n in (1, 2, 3))), written_only=False)
    )
    assert [page.count("Line 0 of") for page in pages] == [page.count("Line 24 of") for page in pages]
    assert len(pages) > 1


def test_a_paper_of_choices_has_no_written_part(store: LocalStorage) -> None:
    _, text = printed(store, paper(question(1, "MCQ", "1")), written_only=True)
    assert "has no written part" in text
