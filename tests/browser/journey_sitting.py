"""A student at the phone: choosing, sitting, losing the network, a second tab, and the paper in print."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from mathvidya.local.stack import Stack
from seeds.demo.client import Person
from seeds.demo.people import DEMO_PASSWORD
from tests.browser.accessibility import violations
from tests.browser.answer_books import clear
from tests.browser.house import EMAILS, WIDTHS, PageAs, overflow

PHONE = {"viewport": {"width": 360, "height": 740}}
BOARD, MCQ = "cbse-xii-board", "cbse-xii-section-mcq"
expect.set_options(timeout=15_000)  # a paper is drawn within that on a busy machine too
_ACTIVE = {"created", "in_progress", "uploading"}


@pytest.fixture
def student(house: Stack) -> Iterator[Person]:
    """The demo student over HTTP, with no exam under way before and after."""
    clear(house.url)
    with Person(house.url, EMAILS["student"], DEMO_PASSWORD) as person:
        yield person
    clear(house.url)


@pytest.fixture
def exam(student: Person) -> Any:
    """A board paper whose time runs."""
    drawn = student.post("/exams", {"template": BOARD})
    return student.post(f"/exams/{drawn['id']}/start")["exam"]


def _enter(page: Page, exam: Any) -> Page:
    page.goto(f"/student/exams/{exam['id']}")
    _stands_at(page, 1)
    return page


def _stands_at(page: Page, number: int) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Question {number} of 38")


def _choose(page: Page, label: str) -> None:
    page.locator(f"input[type=radio][value={label}]").check()


def _saved(page: Page) -> None:
    expect(page.get_by_test_id("saved")).to_contain_text("Saved")


def _worker_is_ready(page: Page) -> None:
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def _on_server(student: Person, exam: Any) -> dict[int, list[str]]:
    answers = student.get(f"/exams/{exam['id']}/answers")["answers"]
    assert len({answer["number"] for answer in answers}) == len(answers)
    return {answer["number"]: answer["choices"] for answer in answers}


def test_a_paper_is_drawn_then_started_and_an_answer_is_there_after_a_reload(
    page_as: PageAs, student: Person
) -> None:
    page = page_as("student", **PHONE)
    page.get_by_role("link", name="Choose an exam").click()
    page.get_by_role("button", name="board paper").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your paper is drawn")
    (drawn,) = [exam for exam in student.get("/exams")["items"] if exam["state"] in _ACTIVE]
    assert drawn["started_at"] is None
    page.get_by_role("button", name="Start the time").click()
    _stands_at(page, 1)
    _choose(page, "B")
    page.get_by_role("button", name="Look at it again").click()
    _saved(page)
    page.reload()
    expect(page.locator("input[value=B]")).to_be_checked()
    expect(page.get_by_role("button", name="Look at it again")).to_have_attribute("aria-pressed", "true")
    assert _on_server(student, drawn) == {1: ["B"]}


def test_five_answers_made_offline_survive_a_reload_and_arrive_once(
    page_as: PageAs, student: Person, exam: Any
) -> None:
    page = _enter(page_as("student", **PHONE), exam)
    _choose(page, "A")
    _saved(page)
    _worker_is_ready(page)
    page.context.set_offline(True)
    chosen = {2: "A", 3: "B", 4: "C", 5: "D", 6: "A"}
    for number, label in chosen.items():
        page.get_by_role("button", name="Next").click()
        _stands_at(page, number)
        _choose(page, label)
    expect(page.get_by_test_id("saved")).to_have_text("Offline, 5 waiting")
    page.reload()
    _stands_at(page, 6)
    expect(page.locator("input[value=A]")).to_be_checked()
    expect(page.get_by_test_id("saved")).to_have_text("Offline, 5 waiting")
    _choose(page, "D")
    page.context.set_offline(False)
    _saved(page)
    assert _on_server(student, exam) == {1: ["A"], 2: ["A"], 3: ["B"], 4: ["C"], 5: ["D"], 6: ["D"]}


def test_answers_of_a_page_that_was_closed_offline_are_sent_by_the_next(
    page_as: PageAs, student: Person, exam: Any
) -> None:
    page = _enter(page_as("student", **PHONE), exam)
    page.context.set_offline(True)
    _choose(page, "C")
    expect(page.get_by_test_id("saved")).to_have_text("Offline, 1 waiting")
    page.close()
    context = page.context
    context.set_offline(False)
    assert _on_server(student, exam) == {}
    again = _enter(context.new_page(), exam)
    _saved(again)
    assert _on_server(student, exam) == {1: ["C"]}


def test_a_second_tab_warns_takes_over_and_stops_the_first(
    page_as: PageAs, student: Person, exam: Any
) -> None:
    first = _enter(page_as("student"), exam)
    _choose(first, "A")
    _saved(first)
    second = first.context.new_page()
    second.goto(f"/student/exams/{exam['id']}")
    expect(second.get_by_role("heading", level=1)).to_have_text("This exam is open in another tab")
    second.get_by_role("button", name="Go on here").click()
    _stands_at(second, 1)
    expect(second.locator("input[value=A]")).to_be_checked()
    expect(first.get_by_role("heading", level=1)).to_have_text("This exam is open in another tab")
    _choose(second, "D")
    _saved(second)
    assert _on_server(student, exam) == {1: ["D"]}


def test_a_newer_answer_from_another_device_counts_and_is_told(
    page_as: PageAs, student: Person, exam: Any
) -> None:
    page = _enter(page_as("student", **PHONE), exam)
    now = student.get(f"/exams/{exam['id']}")["server_now"]
    later = {"choices": ["C"], "sequence": 2**45, "answered_at": now}
    student.put(f"/exams/{exam['id']}/answers/1", later)
    _choose(page, "A")
    expect(page.get_by_text("answered later on another device")).to_be_visible()
    expect(page.locator("input[value=C]")).to_be_checked()


def test_an_exam_is_sat_and_finished_by_keyboard_alone(page_as: PageAs, student: Person, exam: Any) -> None:
    page = _enter(page_as("student"), exam)
    keys = page.keyboard
    page.locator("input[type=radio]").first.focus()
    keys.press("Space")
    keys.press("ArrowDown")
    expect(page.locator("input[value=B]")).to_be_checked()
    _tab_to(page, "Next")
    keys.press("Enter")
    _stands_at(page, 2)
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    _tab_to(page, "Finish answering")
    keys.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("1 question is answered here.")
    _tab_to(page, "Finish answering")
    keys.press("Enter")
    page.wait_for_url(f"**/student/exams/{exam['id']}/upload")
    assert student.get(f"/exams/{exam['id']}")["exam"]["state"] == "uploading"
    assert _on_server(student, exam) == {1: ["B"]}


def _tab_to(page: Page, name: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement?.textContent?.trim()") == name:
            return
    raise AssertionError(f"Tab never comes to {name}")


def test_a_paper_by_choice_alone_is_handed_in_from_where_it_was_sat(page_as: PageAs, student: Person) -> None:
    drawn = student.post("/exams", {"template": MCQ})
    exam = student.post(f"/exams/{drawn['id']}/start")["exam"]
    page = page_as("student", **PHONE)
    page.goto(f"/student/exams/{exam['id']}")
    _choose(page, "A")
    page.get_by_role("button", name="All questions").click()
    page.get_by_role("button", name="Question 2, not answered", exact=True).click()
    _choose(page, "C")
    _saved(page)
    page.get_by_role("button", name="Hand in").click()
    page.get_by_role("dialog").get_by_role("button", name="Hand in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The marks of this exam are here")
    assert student.get(f"/exams/{exam['id']}")["exam"]["handed_in_by"] == "student"


def test_a_paper_that_was_not_seen_can_be_given_back(page_as: PageAs, student: Person) -> None:
    before = student.get("/quota")["left"]
    student.post("/exams", {"template": BOARD})
    page = page_as("student", **PHONE)
    page.get_by_role("link", name="Open it").click()
    page.get_by_role("button", name="Give the paper back").click()
    page.get_by_role("dialog").get_by_role("button", name="Give the paper back").click()
    expect(page.get_by_role("link", name="Choose an exam")).to_be_visible()
    assert student.get("/quota")["left"] == before


def test_what_the_plan_does_not_have_says_which_plans_do(page_as: PageAs) -> None:
    page = page_as("student-x", **PHONE)
    page.goto("/student/choose")
    unit = page.get_by_role("listitem").filter(has_text="Not in your plan").first
    expect(unit).to_contain_text("Premium, Plan Centum")


def test_the_paper_prints_as_a_board_paper(page_as: PageAs, exam: Any) -> None:
    page = page_as("student")
    page.goto(f"/student/exams/{exam['id']}/paper")
    expect(page.get_by_role("heading", name="Section A")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    assert page.locator(".questions > li").count() == 38
    assert page.evaluate(_MAY_SPLIT) == 0
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    page.emulate_media(media="screen")
    page.get_by_label("Only what is answered on paper").check()
    expect(page.get_by_role("heading", name="Section A")).to_be_hidden()
    expect(page.get_by_role("heading", name="Section B")).to_be_visible()


_MAY_SPLIT = """[...document.querySelectorAll('.questions > li')]
    .filter((question) => getComputedStyle(question).breakInside !== 'avoid').length"""

PLACES = (
    "",
    "choose",
    "exams/{id}",
    "exams/{id}?q=all",
    "exams/{id}?q=21",
    "exams/{id}?q=36",
    "exams/{id}/paper",
)


def test_every_screen_fits_a_narrow_phone_and_has_no_axe_violation(
    page_as: PageAs, axe_source: str, exam: Any
) -> None:
    page = page_as("student")
    for place in PLACES:
        page.goto(f"/student/{place.format(id=exam['id'])}", wait_until="networkidle")
        page.get_by_role("heading", level=1).wait_for()
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 740})
            assert overflow(page) <= 0, (place, width)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # a Literal, told by the loop
            assert violations(page, axe_source) == [], (place, scheme)
