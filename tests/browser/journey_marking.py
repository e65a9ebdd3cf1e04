"""Marking a script on the screen: by keys alone, by pen, page by page."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from mathvidya.local.stack import Stack
from tests.browser.accessibility import violations
from tests.browser.house import WIDTHS, PageAs, overflow
from tests.browser.scripts import claim, handed_in, on_the_desk, saved

_TABS = 80


@pytest.fixture
def desk(house: Stack, page_as: PageAs) -> Iterator[Page]:
    """A teacher with one script on the desk."""
    with handed_in(house):
        page = page_as("teacher", viewport={"width": 1280, "height": 800})
        claim(page)
        yield page


def test_a_whole_script_is_marked_by_keys_alone(house: Stack, page_as: PageAs) -> None:
    with handed_in(house):
        page = page_as("teacher")
        _tab_to(page, page.get_by_role("button", name="Claim the next script"))
        page.keyboard.press("Enter")
        on_the_desk(page)
        for number in (21, 22, 23, 24, 26):
            expect(page.get_by_role("heading", name=f"Question {number}", exact=True)).to_be_visible()
            _mark_question(page, number)
            page.keyboard.press("Shift+Enter")
        expect(page.get_by_text("Every question has its mark")).to_be_visible()
        _stamp_by_keys(page)
        _tab_to(page, page.get_by_role("button", name="Complete", exact=True))
        page.keyboard.press("Enter")
        _tab_to(page, page.get_by_role("button", name="Complete and publish"))
        page.keyboard.press("Enter")
        page.wait_for_url("**/teacher/")
        expect(page.get_by_text(re.compile(r"1 script done today"))).to_be_visible()


def _mark_question(page: Page, number: int) -> None:
    """Full marks for every step, each typed and confirmed."""
    heading = page.locator("#question-at-hand")
    while heading.text_content() == f"Question {number}":
        step = page.locator("[data-step][aria-current=step]")
        at_hand = step.get_attribute("data-step")
        most = step.locator("button").last.text_content() or ""
        page.keyboard.type(most.replace("½", ".5"))
        page.keyboard.press("Enter")
        expect(page.locator(f"[data-step='{at_hand}'][aria-current=step]")).to_have_count(0)
        if page.locator("[data-step][aria-current=step]").get_attribute("data-step") == at_hand:
            break
    page.keyboard.press("k")


def _stamp_by_keys(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("t")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("c")
    page.keyboard.type("Well reasoned")
    page.keyboard.press("Enter")
    expect(page.get_by_role("img", name=re.compile("Well reasoned"))).to_have_count(1)
    page.keyboard.press("Control+z")
    expect(page.get_by_role("img", name=re.compile("Well reasoned"))).to_have_count(0)
    page.keyboard.press("Control+Shift+Z")
    expect(page.get_by_role("img", name=re.compile("Well reasoned"))).to_have_count(1)
    saved(page)


def _tab_to(page: Page, goal: Locator) -> None:
    """Go where only Tab leads."""
    expect(goal).to_be_enabled()
    for _ in range(_TABS):
        if goal.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("Tab does not lead there")


def test_ink_survives_turning_the_page_and_reloading(desk: Page) -> None:
    desk.keyboard.press("r")
    desk.keyboard.press("p")
    _draw(desk, (0.3, 0.3), (0.6, 0.4))
    ink = desk.locator("[data-mark]")
    expect(ink).to_have_count(1)
    before = desk.locator(".ink").get_attribute("d")
    for _ in range(3):
        desk.keyboard.press("r")
    assert desk.locator(".ink").get_attribute("d") == before
    saved(desk)
    desk.reload()
    on_the_desk(desk)
    expect(desk.locator(".ink")).to_have_attribute("d", before or "")


def _draw(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    box = page.locator(".scroller").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * start[0], box["y"] + box["height"] * start[1])
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * end[0], box["y"] + box["height"] * end[1], steps=12)
    page.mouse.up()


def test_a_double_click_is_one_stamp(desk: Page) -> None:
    desk.get_by_role("button", name=re.compile("^Tick")).click()
    desk.locator(".scroller").dblclick(position={"x": 200, "y": 200})
    expect(desk.locator("[data-mark]")).to_have_count(1)
    expect(desk.get_by_role("img", name="tick, Question 21, Page 1")).to_have_count(1)


def test_the_wheel_over_a_mark_changes_nothing(desk: Page) -> None:
    field = desk.locator("[data-step] input").first
    field.fill("0.5")
    field.press("Enter")
    field.hover()
    desk.mouse.wheel(0, -400)
    expect(field).to_have_value("0.5")
    assert field.get_attribute("inputmode") == "decimal"
    assert field.get_attribute("type") == "text"


def test_zoom_is_of_the_page_and_not_of_the_scheme(desk: Page) -> None:
    panel = desk.locator(".side")
    before = panel.bounding_box()
    desk.keyboard.press("+")
    desk.keyboard.press("+")
    assert panel.bounding_box() == before


def test_keys_can_be_changed_and_turned_off(desk: Page) -> None:
    desk.keyboard.press("?")
    desk.get_by_role("button", name=re.compile(r"^Tick: T")).click()
    desk.keyboard.press("q")
    desk.get_by_role("button", name="Close").last.click()
    desk.keyboard.press("q")
    expect(desk.locator("[data-mark]")).to_have_count(1)
    desk.keyboard.press("?")
    desk.get_by_label("Keys are on").uncheck()
    desk.get_by_role("button", name="Close").last.click()
    desk.keyboard.press("q")
    desk.keyboard.press("2")
    expect(desk.locator("[data-mark]")).to_have_count(1)


def test_what_is_missing_is_listed_and_leads_there(desk: Page) -> None:
    desk.get_by_role("button", name="Complete", exact=True).click()
    dialog = desk.get_by_role("dialog", name="Complete the script")
    expect(dialog.get_by_role("button", name="Complete and publish")).to_be_disabled()
    dialog.get_by_role("button", name=re.compile("Question 24: has no mark")).click()
    expect(desk.locator("#question-at-hand")).to_have_text("Question 24")
    expect(desk.get_by_role("button", name="The answer is also on page 3")).to_be_visible()


def test_marks_of_one_script_do_not_bleed_into_the_next(house: Stack, page_as: PageAs) -> None:
    with handed_in(house, count=2):
        page = page_as("teacher")
        claim(page)
        first = page.url
        page.keyboard.press("t")
        page.keyboard.type("1")
        page.keyboard.press("n")
        page.wait_for_function("first => location.href !== first", arg=first)
        on_the_desk(page)
        expect(page.locator("[data-mark]")).to_have_count(0)
        expect(page.locator("[data-step] input").first).to_have_value("")


def test_two_thousand_marks_on_a_page_can_be_seen_and_added_to(house: Stack, page_as: PageAs) -> None:
    with handed_in(house):
        page = page_as("teacher")
        page.route(
            "**/evaluations/*/script", lambda route: route.fulfill(json=_crowded(route.fetch().json()))
        )
        claim(page)
        expect(page.locator("[data-mark]")).to_have_count(2000)
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("x")
        expect(page.locator("[data-mark]")).to_have_count(2001)
        saved(page)


def _crowded(script: dict[str, object]) -> dict[str, object]:
    sheet = script["sheets"][0]["id"]  # type: ignore[index]  # the API's own shape
    stamp = {
        "sheet_id": sheet,
        "kind": "tick",
        "points": [],
        "text": "",
        "question_number": 21,
        "marks": None,
    }
    places = [(0.02 + 0.96 * (at % 40) / 40, 0.02 + 0.96 * (at // 40) / 50) for at in range(2000)]
    marks = [
        {**stamp, "id": f"00000000-0000-7000-8000-{at:012}", "x": x, "y": y, "revision": 1}
        for at, (x, y) in enumerate(places)
    ]
    return {**script, "annotations": marks}


def test_everybody_can_use_the_queue_and_the_desk(desk: Page, axe_source: str) -> None:
    desk.keyboard.press("t")
    saved(desk)
    assert violations(desk, axe_source) == []
    for width in WIDTHS:
        desk.set_viewport_size({"width": width, "height": 800})
        assert overflow(desk) <= 0
    desk.get_by_role("link", name="Queue").first.click()
    expect(desk.get_by_role("heading", name="On your desk")).to_be_visible()
    assert violations(desk, axe_source) == []
    for width in WIDTHS:
        desk.set_viewport_size({"width": width, "height": 800})
        assert overflow(desk) <= 0
