"""An admin and the people of the house: inviting, locking, ending sessions."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from mathvidya.local.stack import Stack
from seeds.demo.people import SECOND_TEACHER
from tests.browser.house import PageAs
from tests.browser.open_promises import admin_of

_SECOND_TEACHER = SECOND_TEACHER.profile.full_name


@pytest.fixture
def admin(page_as: PageAs) -> Page:
    """The admin's browser."""
    return page_as("admin")


@pytest.fixture
def unlocked(house: Stack) -> Iterator[None]:
    """Whatever a test does, the second teacher can sign in afterwards."""
    yield
    with admin_of(house) as admin:
        (found,) = admin.get("/users", search=SECOND_TEACHER.email)["items"]
        if found["locked_until"]:
            admin.post(f"/users/{found['id']}/unlock")


def _open(admin: Page, name: str) -> None:
    admin.goto("/admin/people")
    admin.get_by_label("Search").fill(name)
    admin.get_by_role("link", name=name, exact=True).click()
    expect(admin.get_by_role("heading", level=1)).to_have_text(name)


def _try_to_sign_in(page: Page, email: str, password: str) -> None:
    page.goto("/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def test_an_invited_teacher_chooses_a_password_and_signs_in_with_it(admin: Page, page_as: PageAs) -> None:
    admin.goto("/admin/people/new")
    admin.get_by_label("Name", exact=True).fill("A new teacher")
    admin.get_by_label("E-mail").fill("new-teacher@mathvidya.example")
    admin.get_by_label("Class XII").check()
    admin.get_by_role("button", name="Invite", exact=True).click()
    invited = admin.get_by_role("status").filter(has_text="A new teacher is invited")
    theirs = page_as(None)
    theirs.goto(invited.locator("code").inner_text())
    theirs.get_by_label("New password").fill("a long board of chalk")
    theirs.get_by_role("button", name="Choose this password").click()
    expect(theirs.get_by_label("E-mail")).to_have_value("new-teacher@mathvidya.example")
    theirs.get_by_label("Password").fill("a long board of chalk")
    theirs.get_by_role("button", name="Sign in").click()
    theirs.wait_for_url("**/teacher/")


def test_a_person_with_a_taken_address_is_refused_and_nothing_typed_is_lost(admin: Page) -> None:
    admin.goto("/admin/people/new")
    admin.get_by_label("Name", exact=True).fill("Another teacher")
    admin.get_by_label("E-mail").fill(SECOND_TEACHER.email)
    admin.get_by_role("button", name="Invite", exact=True).click()
    expect(admin.get_by_role("alert")).to_be_visible()
    expect(admin.get_by_label("Name", exact=True)).to_have_value("Another teacher")


@pytest.mark.usefixtures("unlocked")
def test_a_locked_person_is_kept_out_until_unlocked(admin: Page, page_as: PageAs) -> None:
    _open(admin, _SECOND_TEACHER)
    admin.get_by_role("button", name="Lock", exact=True).click()
    admin.get_by_role("dialog").get_by_role("button", name="Lock", exact=True).click()
    expect(admin.get_by_text(re.compile(r"^Locked, until"))).to_be_visible()
    theirs = page_as(None)
    _try_to_sign_in(theirs, SECOND_TEACHER.email, "open-the-answer-book")
    expect(theirs.get_by_role("alert")).to_be_visible()
    admin.get_by_role("button", name="Unlock").click()
    expect(admin.get_by_text("Can sign in")).to_be_visible()
    _try_to_sign_in(theirs, SECOND_TEACHER.email, "open-the-answer-book")
    theirs.wait_for_url("**/teacher/")


def test_an_admin_signs_a_person_out_everywhere(admin: Page, page_as: PageAs) -> None:
    theirs = page_as("teacher-2")
    _open(admin, _SECOND_TEACHER)
    admin.get_by_role("button", name="End all sessions").click()
    admin.get_by_role("dialog").get_by_role("button", name="End all sessions").click()
    expect(admin.get_by_text("Signed out everywhere.")).to_be_visible()
    theirs.reload()
    theirs.wait_for_url("**/?next=*")


def test_one_ends_an_own_session_on_another_device(page_as: PageAs) -> None:
    elsewhere, here = page_as("admin"), page_as("admin")
    here.goto("/admin/account")
    ends = here.get_by_role("button", name=re.compile("^End "))
    expect(ends.first).to_be_visible()
    before = ends.count()
    ends.nth(1).click()
    expect(ends).to_have_count(before - 1)
    elsewhere.reload()
    elsewhere.wait_for_url("**/?next=*")


def test_a_stale_edit_of_a_person_shows_both_and_loses_neither(page_as: PageAs) -> None:
    first = page_as("admin")
    _open(first, _SECOND_TEACHER)
    second = first.context.new_page()
    second.goto(first.url)
    second.get_by_label("Phone").fill("+91 98765 43210")
    second.get_by_role("button", name="Save").click()
    expect(second.get_by_text("Saved.")).to_be_visible()
    first.get_by_label("Scripts a day at most").fill("7")
    first.get_by_role("button", name="Save").click()
    expect(first.get_by_role("heading", name="Somebody saved a newer version")).to_be_visible()
    expect(first.get_by_label("Scripts a day at most")).to_have_value("7")
    expect(first.get_by_role("region", name="Both versions")).to_contain_text("+91 98765 43210")
    first.get_by_role("button", name="Take what is saved").click()
    expect(first.get_by_label("Phone")).to_have_value("+91 98765 43210")
