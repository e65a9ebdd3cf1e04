"""A parent: linked by the code that the child reads out, with consent, and only to that child."""

from collections.abc import Iterator
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import Page, expect

from mathvidya.local.stack import Stack
from seeds.demo.client import Person
from seeds.demo.people import DEMO_PASSWORD
from tests.browser.accessibility import violations
from tests.browser.answer_books import STUDENT, STUDENT_X, person
from tests.browser.house import WIDTHS, PageAs, overflow


@pytest.fixture
def newcomer(house: Stack, page_as: PageAs) -> Page:
    """A parent who has just registered, at their own page."""
    email = f"parent-{uuid4().hex[:8]}@mathvidya.example"
    body = {"role": "parent", "email": email, "full_name": "A parent", "password": DEMO_PASSWORD}
    answer = httpx.post(f"{house.url}/api/v1/auth/register", json=body)
    assert answer.status_code < 300, answer.text
    page = page_as(None)
    page.goto("/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Your children").wait_for()
    return page


@pytest.fixture
def child(house: Stack) -> Iterator[Person]:
    """The student of class X."""
    with person(house.url, STUDENT_X.email) as student:
        yield student


def test_a_parent_links_by_code_with_consent_and_sees_only_that_child(
    newcomer: Page, child: Person, house: Stack, axe_source: str
) -> None:
    expect(newcomer.get_by_text("No child is linked yet")).to_be_visible()
    newcomer.get_by_role("navigation").get_by_role("link", name="Link a child").click()
    expect(newcomer.get_by_text("Teachers who mark see the pages but no names.")).to_be_visible()
    newcomer.get_by_role("button", name="Agree and link").click()
    expect(newcomer.get_by_text("Type the code")).to_be_visible()
    expect(newcomer.get_by_text("Tick this to go on")).to_be_visible()
    assert violations(newcomer, axe_source) == []

    newcomer.get_by_label("Code").fill(child.post("/parent-links/codes")["code"])
    newcomer.get_by_label("I am this child's parent").check()
    _agree_beside_the_parent_who_is_told(newcomer)
    newcomer.get_by_role("heading", name=STUDENT_X.profile.full_name, level=1).wait_for()
    newcomer.get_by_role("link", name="All children").click()
    expect(newcomer.get_by_role("listitem").get_by_role("heading")).to_have_text(
        [STUDENT_X.profile.full_name]
    )

    with person(house.url, STUDENT.email) as other:
        stranger = other.get("/users/me")["id"]
    newcomer.goto(f"/parent/children/{stranger}")
    expect(newcomer.get_by_text("Nothing is here")).to_be_visible()


def test_a_code_that_is_wrong_is_refused_in_words(newcomer: Page) -> None:
    newcomer.goto("/parent/link")
    newcomer.get_by_label("Code").fill("AAAA-AAAA")
    newcomer.get_by_label("I am this child's parent").check()
    newcomer.get_by_role("button", name="Agree and link").click()
    expect(newcomer.get_by_role("alert")).to_be_visible()
    expect(newcomer.get_by_label("Code")).to_have_value("AAAA-AAAA")


def test_consent_is_withdrawn_and_given_again(newcomer: Page, child: Person) -> None:
    newcomer.goto("/parent/link")
    newcomer.get_by_label("Code").fill(child.post("/parent-links/codes")["code"])
    newcomer.get_by_label("I am this child's parent").check()
    _agree_beside_the_parent_who_is_told(newcomer)
    newcomer.get_by_role("tab", name="Consent").click()
    newcomer.get_by_role("button", name="Withdraw consent").click()
    newcomer.get_by_role("dialog").get_by_role("button", name="Withdraw consent").click()
    expect(newcomer.get_by_text("There is no consent.")).to_be_visible()
    newcomer.get_by_role("button", name="I agree").click()
    expect(newcomer.get_by_text("Your consent is recorded, to the notice")).to_be_visible()
    newcomer.get_by_role("button", name="End this link").click()
    newcomer.get_by_role("dialog").get_by_role("button", name="End this link").click()
    expect(newcomer.get_by_text("No child is linked yet")).to_be_visible()


def test_a_parent_reads_exams_progress_and_plan_of_a_child(page_as: PageAs, axe_source: str) -> None:
    page = page_as("parent")
    page.get_by_role("link", name=STUDENT.profile.full_name, exact=True).click()
    page.get_by_role("heading", level=1, name=STUDENT.profile.full_name).wait_for()
    assert violations(page, axe_source) == []
    page.get_by_role("tab", name="Plan").click()
    expect(page.get_by_text("exams used").first).to_be_visible()
    assert violations(page, axe_source) == []
    page.get_by_role("tab", name="Consent").click()
    expect(page.get_by_text("Your consent is recorded")).to_be_visible()
    assert violations(page, axe_source) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_parents_pages_fit_a_narrow_screen(page_as: PageAs, width: int) -> None:
    page = page_as("parent", viewport={"width": width, "height": 780})
    assert overflow(page) <= 0
    page.goto("/parent/link")
    page.get_by_label("Code").wait_for()
    assert overflow(page) <= 0
    page.goto("/parent/")
    page.get_by_role("link", name=STUDENT.profile.full_name, exact=True).click()
    for tab in ("Exams", "Progress", "Plan", "Consent"):
        page.get_by_role("tab", name=tab).click()
        page.get_by_role("tabpanel", name=tab).wait_for()
        assert overflow(page) <= 0, f"{tab} is wider than {width}"


def _agree_beside_the_parent_who_is_told(page: Page) -> None:
    """The demo parent is told and billed already: the form says so and is ready to be sent without it."""
    page.get_by_role("button", name="Agree and link").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("I am the one who is told and billed")).not_to_be_checked()
    page.get_by_role("button", name="Agree and link").click()
