"""Signing in, being sent to one's own page, and what stands on every page."""

import httpx
import pytest
from playwright.sync_api import expect

from mathvidya.local.stack import Stack
from seeds.demo.people import DEMO_PASSWORD
from tests.browser.accessibility import violations
from tests.browser.house import EMAILS, WIDTHS, PageAs, overflow


@pytest.mark.parametrize("who", ["student", "teacher", "parent", "admin"])
def test_everybody_lands_on_the_page_of_their_role_and_stays_signed_in_over_a_reload(
    page_as: PageAs, who: str
) -> None:
    page = page_as(who)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.url.endswith(f"/{who}/")


def test_a_wrong_password_is_refused_in_words_and_keeps_what_was_typed(page_as: PageAs) -> None:
    page = page_as(None)
    page.goto("/")
    page.get_by_label("E-mail").fill(EMAILS["student"])
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("E-mail")).to_have_value(EMAILS["student"])


def test_who_is_not_signed_in_is_sent_to_the_door_and_back_to_where_they_were(page_as: PageAs) -> None:
    page = page_as(None)
    page.goto("/teacher/?from=mail")
    page.wait_for_url("**/?next=*")
    page.get_by_label("E-mail").fill(EMAILS["teacher"])
    page.get_by_label("Password").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/teacher/?from=mail")


def test_another_roles_page_says_so_and_leads_home(page_as: PageAs) -> None:
    page = page_as("student")
    page.goto("/admin/")
    expect(page.get_by_text("This page is for somebody else")).to_be_visible()
    expect(page.get_by_role("link", name="Go to my page")).to_have_attribute("href", "/student/")


def test_no_script_can_read_the_refresh_token_and_signing_out_ends_it(page_as: PageAs) -> None:
    page = page_as("parent")
    cookie = next(kept for kept in page.context.cookies() if kept["name"] == "mathvidya_refresh")
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Strict", "/api/v1/auth")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_label("E-mail").wait_for()
    assert not page.context.cookies()


def test_tabs_that_open_at_once_share_the_session(page_as: PageAs) -> None:
    first = page_as("teacher")
    others = [first.context.new_page() for _ in range(4)]
    for page in others:
        page.goto("/teacher/", wait_until="commit")
    for page in [first, *others]:
        page.reload()
        expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_the_gallery_has_no_axe_violation_in_either_language_and_look(
    page_as: PageAs, axe_source: str
) -> None:
    page = page_as(None)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # a Literal, told by the loop
        for language in ("en", "hi"):
            page.goto("/dev/gallery")
            page.evaluate("(language) => localStorage.setItem('mathvidya-locale', language)", language)
            page.reload()
            page.get_by_role("heading", level=1).wait_for()
            assert violations(page, axe_source) == [], (scheme, language)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", ["/", "/dev/gallery"])
def test_nothing_overflows_on_a_narrow_phone(page_as: PageAs, width: int, path: str) -> None:
    page = page_as(None, viewport={"width": width, "height": 740})
    page.goto(path)
    page.get_by_role("heading", level=1).wait_for()
    assert overflow(page) <= 0


def test_a_session_in_a_cookie_is_given_to_our_own_pages_only(house: Stack) -> None:
    body = {"email": EMAILS["student"], "password": DEMO_PASSWORD, "refresh_token_in": "cookie"}
    with httpx.Client(base_url=f"{house.url}/api/v1/auth") as client:
        forged = client.post("/sign-in", json=body)
        assert (forged.status_code, client.cookies) == (401, httpx.Cookies())
        ours = {"X-Mathvidya-Browser": "1"}
        signed_in = client.post("/sign-in", json=body, headers=ours)
        assert signed_in.json()["refresh_token"] is None
        assert client.post("/refresh", json={}).status_code == 401
        assert (
            client.post(
                "/refresh", json={}, headers=ours | {"Origin": "https://elsewhere.example"}
            ).status_code
            == 401
        )
        assert client.post("/refresh", json={}, headers=ours).status_code == 200
