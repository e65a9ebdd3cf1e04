"""Templates: one that the bank can fill, one that it cannot, and edits that meet."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from mathvidya.local.stack import Stack
from tests.browser.bank import DESK, at, faults
from tests.browser.house import PageAs


def _spec(code: str, **changes: Any) -> dict[str, Any]:
    group = {"type": "VSA", "count": 3, "marks_each": 2, "choices": 0, "patterns": None}
    spec = {
        "code": code,
        "title": "Short answers of the week",
        "exam_type": "section_vsa",
        "class_level": "XII",
        "course_level": None,
        "minutes": 20,
        "instructions": ["Answer all."],
        "sections": [{"section": "A", "groups": [group]}],
        "unit_marks": None,
        "cognitive": None,
        "difficulty": None,
        "unit": None,
    }
    return {"spec": {**spec, **changes}}


def _made(house: Stack, code: str) -> str:
    with at(house, "teacher") as teacher:
        return str(teacher.post("/templates", _spec(code))["id"])


def _describe(page: Page, code: str) -> None:
    page.get_by_label("Title", exact=True).fill("Long answers, far too many")
    page.get_by_label("Code", exact=True).fill(code)
    page.get_by_label("General instructions", exact=True).fill("Answer all.")
    page.get_by_label("Type", exact=True).select_option("LA")


def test_a_template_that_cannot_be_filled_names_what_is_missing(page_as: PageAs) -> None:
    page = page_as("teacher", viewport=DESK)
    page.get_by_role("link", name="Templates", exact=True).click()
    page.get_by_role("link", name="Make a template").click()
    page.get_by_role("heading", name="Make a template").wait_for()
    _describe(page, "browser-too-many")
    page.get_by_label("How many", exact=True).fill("150")
    page.get_by_label("Marks each", exact=True).fill("5")
    expect(page.get_by_text("Questions: 150 · Marks: 750")).to_be_visible()
    page.get_by_role("button", name="Save the template").click()
    page.wait_for_url(re.compile(r"/templates/[0-9a-f-]{36}$"))
    expect(page.get_by_text("No: 1 kind of question is missing")).to_be_visible()
    expect(
        page.get_by_text(re.compile(r"Section A: Long answer of 5 in .*: 150 needed, \d+ in the bank"))
    ).to_be_visible()


def test_figures_that_do_not_agree_are_named_at_their_place(page_as: PageAs) -> None:
    page = page_as("teacher", viewport=DESK)
    page.goto("/teacher/templates/new")
    _describe(page, "browser-wrong-sum")
    page.get_by_label("Marks each", exact=True).fill("5")
    page.get_by_label("Algebra", exact=True).fill("3")
    expect(page.get_by_text("The units carry 3 marks, the questions 5.")).to_be_visible()
    page.get_by_role("button", name="Save the template").click()
    expect(page.get_by_role("alert")).to_contain_text("unit_marks")
    page.get_by_role("button", name="Go to unit_marks").click()
    expect(page.locator("[data-place='unit_marks'] input").first).to_be_focused()


def test_a_stale_template_loses_nothing_and_shows_both(page_as: PageAs, house: Stack) -> None:
    made = _made(house, "browser-stale")
    page = page_as("teacher", viewport=DESK)
    page.goto(f"/teacher/templates/{made}/edit")
    page.get_by_label("Minutes", exact=True).fill("45")
    with at(house, "admin") as admin:
        admin.edit("PUT", f"/templates/{made}", _spec("browser-stale", minutes=30), version=1)
    page.get_by_role("button", name="Save the template").click()
    expect(page.get_by_role("region", name="Minutes")).to_contain_text("30")
    expect(page.locator("input").and_(page.get_by_label("Minutes", exact=True))).to_have_value("45")
    page.get_by_role("button", name="Save mine as version 3").click()
    page.wait_for_url(f"**/templates/{made}")
    expect(page.get_by_text("45 minutes")).to_be_visible()


@pytest.mark.parametrize("path", ["", "/new", "/{id}", "/{id}/edit"])
def test_every_screen_of_templates_is_accessible_and_fits_a_phone(
    page_as: PageAs, house: Stack, axe_source: str, path: str
) -> None:
    made = _made(house, f"browser-look{re.sub('[^a-z]', '', path)}")
    page = page_as("teacher", viewport=DESK)
    page.goto(f"/teacher/templates{path.format(id=made)}", wait_until="networkidle")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert faults(page, axe_source) == []
