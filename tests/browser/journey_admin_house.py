"""An admin and the house: settings, audit trail, health; and what each admin page owes to everybody."""

import pytest
from playwright.sync_api import Page, expect

from mathvidya.local.stack import Stack
from tests.browser.accessibility import violations
from tests.browser.house import WIDTHS, PageAs, overflow
from tests.browser.open_promises import admin_of

PAGES = (
    "",
    "board",
    "people",
    "people/new",
    "parent-links",
    "plans",
    "plans/centum",
    "subscriptions",
    "calendar",
    "calendar/hours",
    "calendar/proposals",
    "settings",
    "audit",
    "health",
    "account",
)


def _settled(page: Page, path: str) -> None:
    page.goto(f"/admin/{path}")
    page.get_by_role("heading", level=1).wait_for()
    expect(page.get_by_text("Loading …")).to_have_count(0)


def test_a_stale_second_tab_loses_neither_its_own_change_nor_the_other(house: Stack, page_as: PageAs) -> None:
    first = page_as("admin")
    _settled(first, "settings")
    second = first.context.new_page()
    _settled(second, "settings")
    for page, value in ((first, "12"), (second, "15")):
        form = page.get_by_role("form", name="Places on a leaderboard")
        form.get_by_label("Places on a leaderboard", exact=True).fill(value)
        form.get_by_role("button", name="Save").click()
    form = second.get_by_role("form", name="Places on a leaderboard")
    expect(form.get_by_role("region", name="Both versions")).to_contain_text("12 places")
    expect(form.get_by_label("Places on a leaderboard", exact=True)).to_have_value("15")
    form.get_by_role("button", name="Save mine").click()
    expect(second.get_by_text("Places on a leaderboard: saved.")).to_be_visible()
    with admin_of(house) as admin:
        setting = admin.get("/config/leaderboard_top_n")
        assert setting["value"] == 15
        admin.put("/config/leaderboard_top_n", {"value": 10}, version=setting["version"])


def test_a_setting_out_of_range_is_refused_before_it_is_sent(page_as: PageAs) -> None:
    page = page_as("admin")
    _settled(page, "settings")
    form = page.get_by_role("form", name="Places on a leaderboard")
    form.get_by_label("Places on a leaderboard", exact=True).fill("1000")
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_text("Write a whole number from 1 to 100.")).to_be_visible()


def test_the_terms_of_a_plan_are_edited_by_version(house: Stack, page_as: PageAs) -> None:
    page = page_as("admin")
    _settled(page, "plans/basic")
    with admin_of(house) as admin:
        before = admin.get("/plans/basic")
        page.get_by_label("Exams a month").fill(str(before["exams_per_month"] + 1))
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("Saved.")).to_be_visible()
        after = admin.get("/plans/basic")
        assert (after["exams_per_month"], after["version"]) == (
            before["exams_per_month"] + 1,
            before["version"] + 1,
        )
        terms = {name: before[name] for name in before if name not in {"name", "version"}}
        admin.put("/plans/basic", terms, version=after["version"])


def test_the_audit_trail_is_read_by_act_and_shows_what_changed(house: Stack, page_as: PageAs) -> None:
    with admin_of(house) as admin:
        setting = admin.get("/config/leaderboard_top_n")
        changed = admin.put("/config/leaderboard_top_n", {"value": 11}, version=setting["version"])
        admin.put("/config/leaderboard_top_n", {"value": setting["value"]}, version=changed["version"])
    page = page_as("admin")
    _settled(page, "audit")
    page.get_by_label("Act, such as holiday.added").fill("config.updated")
    page.get_by_role("button", name="Find").click()
    page.wait_for_url("**/audit?action=config.updated")
    newest = page.get_by_role("listitem").filter(has_text="config.updated").first
    newest.get_by_text("What changed").click()
    expect(newest).to_contain_text("11")


def test_the_chain_of_the_audit_trail_is_checked(page_as: PageAs) -> None:
    page = page_as("admin")
    _settled(page, "audit")
    page.get_by_role("button", name="Check every seal").click()
    expect(page.get_by_text("Every seal holds.")).to_be_visible()


def test_health_names_every_part_and_when_timers_were_looked_at(page_as: PageAs) -> None:
    page = page_as("admin")
    _settled(page, "health")
    expect(page.get_by_text("Timers last looked at")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_admin_page_has_an_axe_violation_in_either_language(
    page_as: PageAs, axe_source: str, scheme: str
) -> None:
    page = page_as("admin", color_scheme=scheme)
    for language in ("en", "hi"):
        page.evaluate("(language) => localStorage.setItem('mathvidya-locale', language)", language)
        for path in PAGES:
            page.goto(f"/admin/{path}")
            page.get_by_role("heading", level=1).wait_for()
            expect(page.locator(".loading")).to_have_count(0)
            assert violations(page, axe_source) == [], (path, scheme, language)


@pytest.mark.parametrize("width", WIDTHS)
def test_no_admin_page_overflows_on_a_narrow_phone(page_as: PageAs, width: int) -> None:
    page = page_as("admin", viewport={"width": width, "height": 740})
    for path in PAGES:
        page.goto(f"/admin/{path}")
        page.get_by_role("heading", level=1).wait_for()
        expect(page.locator(".loading")).to_have_count(0)
        assert overflow(page) <= 0, path
