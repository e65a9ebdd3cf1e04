"""A published result as its student reads it: scores, ink on the pages, solutions, progress."""

import re

import pytest
from playwright.sync_api import expect

from mathvidya.local.stack import Stack
from seeds.demo.story import tell
from tests.browser.accessibility import violations
from tests.browser.answer_books import STUDENT, clear, person
from tests.browser.house import WIDTHS, PageAs, overflow


@pytest.fixture(scope="module")
def published(house: Stack) -> str:
    """An exam that was sat, marked with stamps and published."""
    clear(house.url)
    outcome = tell(house.url, say=lambda _line: None)
    with person(house.url, STUDENT.email) as student:
        exams = student.get("/exams", limit=100)["items"]
    return str(next(exam["id"] for exam in exams if exam["code"] == outcome["exam"]))


def test_the_result_shows_scores_the_pages_with_their_ink_and_the_solutions_beside(
    page_as: PageAs, published: str, house: Stack, axe_source: str
) -> None:
    with person(house.url, STUDENT.email) as student:
        result = student.get(f"/exams/{published}/result")
    page = page_as("student")
    page.goto(f"/student/exams/{published}/result")
    expect(page.get_by_role("heading", name=result["title"])).to_be_visible()
    expect(page.locator(".score")).to_contain_text("of 80")

    sheets = page.locator("#page-1, #page-2, #page-4")
    expect(sheets).to_have_count(3)
    stamps = page.locator("figure svg g.mark")
    expect(stamps).to_have_count(len(result["annotations"]))
    page.locator("#page-1").scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelector('#page-1 img').naturalWidth > 0")

    question = page.locator("#question-21")
    question.locator("summary").click()
    expect(question.get_by_text("Model solution", exact=False).first).to_be_visible()
    expect(question.get_by_text("Marks by step")).to_be_visible()
    assert violations(page, axe_source) == []


def test_a_marked_page_opens_larger_with_the_same_ink(page_as: PageAs, published: str) -> None:
    page = page_as("student")
    page.goto(f"/student/exams/{published}/result")
    page.get_by_role("button", name="Show page 1 larger").click()
    dialog = page.get_by_role("dialog", name="Page 1")
    expect(dialog.locator("g.mark").first).to_be_attached()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


@pytest.mark.parametrize("width", WIDTHS)
def test_result_and_progress_fit_a_narrow_screen(page_as: PageAs, published: str, width: int) -> None:
    page = page_as("student", viewport={"width": width, "height": 780})
    for path in (f"exams/{published}/result", "progress"):
        page.goto(f"/student/{path}")
        page.get_by_role("table").first.wait_for()
        assert overflow(page) <= 0, f"{path} is wider than {width}"


def test_progress_is_by_unit_with_the_marks_that_it_rests_on(
    page_as: PageAs, published: str, axe_source: str
) -> None:
    page = page_as("student")
    page.get_by_role("link", name="Progress").click()
    expect(page.get_by_role("heading", name="Progress by unit")).to_be_focused()
    expect(page.get_by_role("row", name=re.compile("Calculus.*35 on the board's paper"))).to_be_visible()
    expect(page.get_by_text(re.compile(r"Readiness for the board's paper: \d+ %"))).to_be_visible()
    assert violations(page, axe_source) == []


def test_the_result_of_another_student_is_not_there(page_as: PageAs, published: str) -> None:
    page = page_as("student-x")
    page.goto(f"/student/exams/{published}/result")
    expect(page.get_by_text("Nothing is here")).to_be_visible()
