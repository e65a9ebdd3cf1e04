"""Nothing that a teacher does is lost: offline, after a reload, from two windows, with the lease gone."""

import re

from playwright.sync_api import Page, expect

from mathvidya.local.stack import Stack
from tests.browser.house import Complaints, PageAs
from tests.browser.scripts import claim, handed_in, on_the_desk, saved


def _give(page: Page, mark: str) -> None:
    page.keyboard.type(mark)
    page.keyboard.press("Enter")


def _first_step(page: Page) -> str:
    return page.locator("[data-step] input").first.input_value()


def test_what_is_done_without_a_network_is_kept_told_and_sent_when_it_is_back(
    house: Stack, page_as: PageAs
) -> None:
    with handed_in(house):
        page = page_as("teacher")
        claim(page)
        page.keyboard.press("t")
        saved(page)
        page.context.set_offline(True)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("x")
        _give(page, "0")
        expect(page.get_by_text(re.compile("Offline · 2 waiting"))).to_be_visible()
        page.context.set_offline(False)
        saved(page)
        page.reload()
        on_the_desk(page)
        expect(page.locator("[data-mark]")).to_have_count(2)
        assert _first_step(page) == "0"


def test_what_waits_survives_a_reload_before_it_could_be_sent(house: Stack, page_as: PageAs) -> None:
    with handed_in(house):
        page = page_as("teacher")
        claim(page)
        page.keyboard.press("t")
        saved(page)
        page.route("**/annotations", lambda route: route.abort())
        page.keyboard.press("ArrowDown")
        page.keyboard.press("s")
        expect(page.get_by_text("Offline · 1 waiting")).to_be_visible()
        page.reload()
        on_the_desk(page)
        expect(page.get_by_role("img", name=re.compile("^star"))).to_have_count(1)
        expect(page.get_by_text("Offline · 1 waiting")).to_be_visible()
        page.unroute("**/annotations")
        page.evaluate("dispatchEvent(new Event('online'))")
        saved(page)


def test_two_windows_on_one_script_end_in_a_choice_and_not_in_a_loss(house: Stack, page_as: PageAs) -> None:
    with handed_in(house):
        first = page_as("teacher")
        claim(first)
        saved_by_key(first)
        second = first.context.new_page()
        second.goto(first.url)
        on_the_desk(second)
        _give(second, "0")
        saved(second)
        _give(first, "0.5")
        first.get_by_role("button", name="Take it up again").click()
        dialog = first.get_by_role("dialog", name="Question 21 was saved twice")
        expect(dialog.get_by_role("cell", name="½").first).to_be_visible()
        expect(dialog.get_by_role("cell", name="0", exact=True).first).to_be_visible()
        dialog.get_by_role("button", name="Keep mine").click()
        saved(first)
        first.reload()
        on_the_desk(first)
        assert _first_step(first) == "0.5"


def saved_by_key(page: Page) -> None:
    """The script is in hand: something has been saved."""
    page.keyboard.press("o")
    saved(page)


def test_a_lost_lease_keeps_what_was_done_and_says_so(
    house: Stack, page_as: PageAs, complaints: Complaints
) -> None:
    with handed_in(house):
        page = page_as("teacher")
        claim(page)
        saved_by_key(page)
        other = page.context.new_page()
        other.goto(page.url)
        on_the_desk(other)
        saved_by_key(other)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("t")
        expect(page.get_by_text("The script is not in your hands.")).to_be_visible()
        expect(page.get_by_text("Not being saved · 1 waiting")).to_be_visible()
        page.get_by_role("button", name="Take it up again").click()
        saved(page)


def test_a_flagged_page_stops_the_marking_until_it_comes(house: Stack, page_as: PageAs) -> None:
    with handed_in(house):
        page = page_as("teacher")
        claim(page)
        saved_by_key(page)
        page.get_by_role("button", name="Flag the page").click()
        page.get_by_role("button", name="Ask for the page").click()
        page.wait_for_url("**/teacher/")
        expect(page.get_by_text("waiting for a page")).to_be_visible()
        expect(page.get_by_text("Paused")).to_be_visible()
