"""An admin and the clock: holidays, what they move, and the SLA board."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from mathvidya.local.stack import Stack
from seeds.demo.client import KOLKATA, Person
from seeds.demo.marking import once
from seeds.demo.people import SECOND_TEACHER
from tests.browser.house import PageAs
from tests.browser.open_promises import admin_of, promises

_HOLIDAY = "Founders' day"


@pytest.fixture
def admin(house: Stack) -> Iterator[Person]:
    """The admin over HTTP; holidays that a test declared are taken back."""
    with admin_of(house) as person:
        yield person
        for holiday in _declared(person):
            person.edit("DELETE", f"/holidays/{holiday['id']}", None, version=holiday["version"])


def _declared(admin: Person) -> list[dict[str, Any]]:
    found = admin.get("/holidays", limit=100)["items"]
    return [one for one in found if one["name"] == _HOLIDAY]


def _due_day(admin: Person, code: str) -> date:
    rows = admin.get("/sla/board", limit=100)["page"]["items"]
    due = next(row["due_at"] for row in rows if row["exam_code"] == code)
    return datetime.fromisoformat(due).astimezone(KOLKATA).date()


def _open_day(page: Page, day: date) -> None:
    page.goto("/admin/calendar")
    cell = page.locator(f'[data-date="{day}"]')
    page.get_by_role("button", name="Next month").wait_for()
    while not cell.is_visible():
        page.get_by_role("button", name="Next month").click()
    cell.click()


def test_a_holiday_says_how_many_clocks_move_before_it_moves_them(
    house: Stack, admin: Person, page_as: PageAs
) -> None:
    page = page_as("admin")
    with promises(house) as (code,):
        before = _due_day(admin, code)
        _open_day(page, before)
        page.get_by_role("button", name="Declare a holiday").click()
        page.get_by_label("Name").fill(_HOLIDAY)
        expect(page.get_by_text(re.compile(r"1 of \d+ open promises? moves"))).to_be_visible()
        assert _due_day(admin, code) == before
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text(f"{_HOLIDAY} is saved.")).to_be_visible()
        expect(page.locator(f'[data-date="{before}"]')).to_have_accessible_name(re.compile(_HOLIDAY))
        once(lambda: {"state": "moved" if _due_day(admin, code) > before else "waits"}, "moved")


def test_an_estimated_date_counts_once_it_is_confirmed(admin: Person, page_as: PageAs) -> None:
    coming = (datetime.now(UTC) + timedelta(days=3)).astimezone(KOLKATA).date()
    admin.post("/holidays", {"date": str(coming), "name": _HOLIDAY, "is_estimate": True})
    page = page_as("admin")
    page.goto("/admin/calendar")
    page.get_by_role("button", name=f"Confirm the date {_HOLIDAY}").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text(re.compile("open promises"))).to_be_visible()
    dialog.get_by_role("button", name="Confirm the date").click()
    expect(page.get_by_text(f"{_HOLIDAY} is confirmed.")).to_be_visible()
    assert [one["is_estimate"] for one in _declared(admin)] == [False]


def test_the_days_of_a_month_are_reached_by_arrow_keys_over_its_end(page_as: PageAs) -> None:
    page = page_as("admin")
    page.goto("/admin/calendar")
    page.locator('[data-date][tabindex="0"]').focus()
    start = date.fromisoformat(page.evaluate("document.activeElement.dataset.date"))
    for _ in range(6):
        page.keyboard.press("ArrowDown")
    there = page.locator(f'[data-date="{start + timedelta(weeks=6)}"]')
    expect(there).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(there).to_be_focused()


def test_scripts_are_reassigned_from_the_board_together(house: Stack, admin: Person, page_as: PageAs) -> None:
    page = page_as("admin")
    with promises(house, count=2) as codes:
        page.goto("/admin/board")
        for code in codes:
            page.get_by_label(f"Choose {code}").check()
        page.get_by_role("button", name="Reassign (2)").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("To").select_option(label=SECOND_TEACHER.profile.full_name)
        dialog.get_by_role("button", name="Give", exact=True).click()
        expect(page.get_by_text("2 scripts are given.")).to_be_visible()
        for code in codes:
            row = page.get_by_role("row").filter(has_text=code)
            expect(row).to_contain_text(SECOND_TEACHER.profile.full_name)


def test_the_board_explains_why_marks_are_due_when_they_are(house: Stack, page_as: PageAs) -> None:
    page = page_as("admin")
    with promises(house) as (code,):
        page.goto("/admin/board")
        page.get_by_role("link", name=code).click()
        expect(page.get_by_role("heading", name="Why the marks are due then")).to_be_focused()
        table = page.get_by_role("region", name="Working time that the promise uses")
        expect(table.get_by_role("row").last).to_contain_text("1 working day")
