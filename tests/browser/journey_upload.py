"""Pages on a phone: from ten files to the receipt, through a lost network and a lost tab."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from mathvidya.local.stack import Stack
from tests.browser.accessibility import violations
from tests.browser.answer_books import (
    LEFT_OUT,
    MAPPED,
    Sitting,
    card,
    map_page,
    received,
    sheets_of,
    sitting,
)
from tests.browser.house import WIDTHS, PageAs, overflow

PHONE = {"viewport": {"width": 360, "height": 780}, "has_touch": True, "device_scale_factor": 1}
FILES = "input[type=file][multiple]"


@pytest.fixture
def sat(house: Stack, tmp_path: Path) -> Sitting:
    """The student's exam with its pages still on paper."""
    return sitting(house.url, tmp_path)


@pytest.fixture
def phone(page_as: PageAs, sat: Sitting) -> Page:
    """The student's phone, on the page for uploading."""
    page = page_as("student", **PHONE)
    page.goto(f"/student/exams/{sat.exam_id}/upload")
    page.get_by_role("heading", name="Pages (0)").wait_for()
    return page


def test_ten_pages_are_sent_mapped_and_handed_in_and_the_receipt_names_each(
    phone: Page, sat: Sitting, house: Stack, axe_source: str
) -> None:
    phone.locator(FILES).set_input_files(sat.files)
    received(phone, 10)
    for number, questions in MAPPED.items():
        map_page(phone, number, questions)
    for number in LEFT_OUT:
        phone.get_by_label(f"left out Question {number}").check()
    expect(phone.get_by_text("Nothing is missing.")).to_be_visible()
    _every_width_is_wide_enough(phone)
    assert violations(phone, axe_source) == []

    phone.get_by_role("button", name="Hand in …").click()
    phone.get_by_role("button", name="Hand in now").click()
    phone.get_by_role("heading", name="Receipt").wait_for()
    sheets = sheets_of(house.url, sat.exam_id)
    assert [tuple(sheet["question_numbers"]) for sheet in sheets] == list(MAPPED.values())
    for sheet in sheets:
        expect(phone.get_by_text(sheet["sha256"])).to_be_visible()
    assert violations(phone, axe_source) == []


def test_photographs_arrive_small_and_upright_and_what_the_browser_cannot_open_as_it_is(
    phone: Page, sat: Sitting, house: Stack
) -> None:
    phone.locator(FILES).set_input_files([sat.files[0], sat.files[2], sat.files[9]])
    received(phone, 3)
    sheets = sheets_of(house.url, sat.exam_id)
    assert [sheet["media_type"] for sheet in sheets] == ["image/jpeg", "image/heic", "application/pdf"]
    assert sheets[0]["size_bytes"] < sat.files[0].stat().st_size
    assert max(sheets[0]["width"], sheets[0]["height"]) <= 2200
    assert sheets[0]["height"] > sheets[0]["width"]


def test_a_network_that_breaks_off_in_the_middle_doubles_and_loses_nothing(
    phone: Page, sat: Sitting, house: Stack
) -> None:
    breaks = _LosesAnswers(every=3)
    phone.route("**/sheets/slots**", breaks)
    phone.route("**/storage/**/originals/**", breaks)
    phone.locator(FILES).set_input_files(sat.files[:4])
    received(phone, 1)
    phone.context.set_offline(True)
    expect(phone.get_by_text("still being sent")).to_be_visible()
    expect(phone.get_by_role("button", name="Hand in …")).to_be_disabled()
    phone.context.set_offline(False)
    received(phone, 4)
    assert breaks.lost > 0
    assert len({sheet["sha256"] for sheet in sheets_of(house.url, sat.exam_id)}) == 4
    assert len(sheets_of(house.url, sat.exam_id)) == 4


def test_a_tab_that_ends_while_pages_wait_goes_on_in_the_next(
    phone: Page, sat: Sitting, house: Stack
) -> None:
    context = phone.context
    phone.route("**/sheets/slots", lambda route: route.abort())
    phone.locator(FILES).set_input_files(sat.files[:2])
    expect(phone.get_by_text("It is sent when the network is better.")).to_be_visible()
    phone.close()
    again = context.new_page()
    again.goto(f"/student/exams/{sat.exam_id}/upload")
    received(again, 2)
    assert len(sheets_of(house.url, sat.exam_id)) == 2


def test_a_tab_that_ends_while_the_camera_is_open_comes_back_to_the_page_it_was_for(
    phone: Page, sat: Sitting, house: Stack
) -> None:
    phone.locator(FILES).set_input_files(sat.files[:2])
    received(phone, 2)
    card(phone, 2).get_by_text("Replace or delete").click()
    with phone.expect_file_chooser():
        card(phone, 2).get_by_role("button", name="Photograph it again").click()
    context = phone.context
    phone.close()

    again = context.new_page()
    again.goto("/student/")
    again.wait_for_url(f"**/exams/{sat.exam_id}/upload")
    asked = again.get_by_role("region", name="Your phone closed this page")
    expect(asked.get_by_text("photograph a page again")).to_be_visible()
    before = sheets_of(house.url, sat.exam_id)
    with again.expect_file_chooser() as chooser:
        asked.get_by_role("button", name="Photograph it again").click()
    chooser.value.set_files(sat.files[4])
    expect(asked).to_be_hidden()
    again.get_by_text("the new picture is on its way").wait_for()
    again.get_by_text("the new picture is on its way").wait_for(state="hidden")
    after = sheets_of(house.url, sat.exam_id)
    assert [sheet["page_number"] for sheet in after] == [1, 2]
    assert after[0]["id"] == before[0]["id"]
    assert after[1]["sha256"] != before[1]["sha256"]


def test_pages_are_put_in_order_by_buttons_and_by_dragging_and_one_is_deleted(
    phone: Page, sat: Sitting, house: Stack
) -> None:
    phone.locator(FILES).set_input_files(sat.files[:2])
    received(phone, 2)
    first, second = [sheet["id"] for sheet in sheets_of(house.url, sat.exam_id)]
    phone.get_by_role("button", name="Move page 2 up").click()
    phone.get_by_text("It is page 1 now.").wait_for()
    assert [sheet["id"] for sheet in sheets_of(house.url, sat.exam_id)] == [second, first]

    phone.set_viewport_size({"width": 360, "height": 2_400})
    _drag(phone, card(phone, 1).locator(".grip"), card(phone, 2))
    phone.get_by_text("It is page 2 now.").wait_for()
    assert [sheet["id"] for sheet in sheets_of(house.url, sat.exam_id)] == [first, second]

    card(phone, 1).get_by_text("Replace or delete").click()
    card(phone, 1).get_by_role("button", name="Delete this page").click()
    phone.get_by_role("dialog").get_by_role("button", name="Delete this page").click()
    received(phone, 1)
    assert [sheet["id"] for sheet in sheets_of(house.url, sat.exam_id)] == [second]


class _LosesAnswers:
    """A network that carries every request there, and of every third one no answer back."""

    def __init__(self, *, every: int) -> None:
        self.every, self.seen, self.lost = every, 0, 0

    def __call__(self, route: Route) -> None:
        self.seen += 1
        if self.seen % self.every:
            route.continue_()
            return
        self.lost += 1
        route.fetch()
        route.abort()


def _drag(page: Page, grip: object, onto: object) -> None:
    start, end = grip.bounding_box(), onto.bounding_box()  # type: ignore[attr-defined]
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(end["x"] + 30, end["y"] + 30, steps=5)
    page.mouse.up()


def _every_width_is_wide_enough(page: Page) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 780})
        assert overflow(page) <= 0, f"the page is wider than {width}"
