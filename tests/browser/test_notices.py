"""What the house tells people, inside the product."""

from playwright.sync_api import expect

from tests.browser.accessibility import violations
from tests.browser.house import PageAs, overflow


def test_who_has_been_told_nothing_reads_what_will_stand_there(page_as: PageAs, axe_source: str) -> None:
    page = page_as("teacher-2", viewport={"width": 320, "height": 700})
    page.get_by_role("link", name="Notices").click()
    expect(page.get_by_role("heading", name="Notices", level=1)).to_be_focused()
    expect(page.get_by_text("No notices yet")).to_be_visible()
    assert overflow(page) <= 0
    assert violations(page, axe_source) == []
