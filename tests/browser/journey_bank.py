"""The bank: written, seen, submitted, approved; edits that meet; files that are wrong; by keyboard."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from mathvidya.local.stack import Stack
from tests.browser.bank import DESK, SHORT_ANSWER, at, draft_of, faults
from tests.browser.house import PageAs, sign_in

SENTENCE = r"Evaluate $\int_0^1 3x^2 \, dx$."


def _classify(page: Page) -> None:
    page.get_by_label("Type", exact=True).select_option("VSA")
    page.get_by_label("Unit", exact=True).select_option("Calculus")
    page.get_by_label("Chapter", exact=True).select_option("Integrals")


def _word(page: Page, sentence: str) -> None:
    page.get_by_role("textbox", name="Question", exact=True).fill(sentence)
    page.get_by_label("Model solution", exact=True).fill("$[x^3]_0^1 = 1$")
    page.get_by_label("Marks of step 1").fill("1½")
    page.get_by_label("Step 1: what earns them", exact=True).fill("Integrates")


def test_a_teacher_writes_sees_the_mathematics_and_submits_and_another_approves(
    page_as: PageAs, house: Stack
) -> None:
    author = page_as("teacher", viewport=DESK)
    author.get_by_role("link", name="Questions", exact=True).click()
    author.get_by_role("link", name="Write a question").click()
    author.get_by_role("heading", name="Write a question").wait_for()
    _classify(author)
    _word(author, SENTENCE)
    expect(author.get_by_role("group", name="Question, as it will look").locator(".katex")).to_be_visible()
    expect(author.get_by_text("The steps come to 1½ of 2: ½ missing.")).to_be_visible()
    author.get_by_role("button", name="Add a step").click()
    author.get_by_label("Marks of step 2").fill("0.5")
    author.get_by_label("Step 2: what earns them", exact=True).fill("Result")
    expect(author.get_by_text("The steps come to 2, as they must.")).to_be_visible()
    author.get_by_role("button", name="Save as a draft").click()
    author.wait_for_url(re.compile(r"/questions/[0-9a-f-]{36}$"))
    author.get_by_role("button", name="Submit for review").click()
    expect(author.get_by_text("nobody approves what they wrote")).to_be_visible()
    expect(author.get_by_role("button", name="Approve")).to_have_count(0)

    reviewer = page_as("teacher-2", viewport=DESK)
    reviewer.goto(author.url)
    expect(reviewer.locator(".katex").first).to_be_visible()
    reviewer.get_by_role("button", name="Approve").click()
    expect(reviewer.locator("h1 + .row .chip")).to_have_text("In use")
    with at(house, "teacher") as again:
        assert again.get(f"/questions/{author.url.rsplit('/', 1)[1]}")["status"] == "active"


def test_a_reviewer_sends_back_with_words_and_an_admin_has_the_same_screens(
    page_as: PageAs, house: Stack
) -> None:
    question = draft_of(house, "teacher")
    with at(house, "teacher") as author:
        author.edit("POST", f"/questions/{question['question_id']}/submit", {}, version=1)
    reviewer = page_as("teacher-2", viewport=DESK)
    reviewer.goto(f"/teacher/questions/{question['question_id']}")
    reviewer.get_by_role("button", name="Send back").click()
    dialog = reviewer.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Send back")).to_be_disabled()
    dialog.get_by_label("What has to change").fill("The constant is missing.")
    dialog.get_by_role("button", name="Send back").click()
    expect(reviewer.locator("h1 + .row .chip")).to_have_text("Draft")


def test_a_stale_edit_loses_nothing_and_shows_both(page_as: PageAs, house: Stack) -> None:
    question = draft_of(house, "teacher", text="The first wording.")
    where = f"/questions/{question['question_id']}"
    page = page_as("teacher", viewport=DESK)
    page.goto(f"/teacher{where}/edit")
    page.get_by_role("textbox", name="Question", exact=True).fill("The wording that I typed.")
    with at(house, "admin") as admin:
        theirs = {**SHORT_ANSWER, "text": "The wording of the admin."}
        admin.edit("PUT", where, theirs, version=1)
    page.get_by_role("button", name="Save as a draft").click()
    both = page.get_by_role("alert").filter(has_text="Somebody saved a newer version")
    expect(both).to_contain_text("The wording of the admin.")
    expect(both).to_contain_text("The wording that I typed.")
    page.reload()
    expect(page.get_by_role("textbox", name="Question", exact=True)).to_have_value(
        "The wording that I typed."
    )
    expect(page.get_by_role("alert")).to_contain_text("The wording of the admin.")
    page.get_by_role("button", name="Save mine as version 3").click()
    page.wait_for_url(f"**{where}")
    page.get_by_role("link", name="Compare versions").click()
    expect(page.locator("del")).to_have_text(["of", "the", "admin"])
    expect(page.locator("ins")).to_have_text(["that", "I", "typed"])


def test_what_the_house_refuses_stands_at_its_field_and_the_summary_leads_there(page_as: PageAs) -> None:
    page = page_as("teacher", viewport=DESK)
    page.goto("/teacher/questions/new")
    _classify(page)
    _word(page, r"An open $\frac{1}{2$ formula")
    expect(page.get_by_text("This mathematics cannot be read")).to_be_visible()
    page.get_by_role("button", name="Save as a draft").click()
    summary = page.get_by_role("alert").filter(has_text="Nothing was saved")
    expect(summary).to_be_focused()
    summary.get_by_role("button", name="Go to scheme.steps").click()
    expect(page.get_by_label("Marks of step 1")).to_be_focused()
    expect(page.get_by_role("textbox", name="Question", exact=True)).to_have_attribute("aria-invalid", "true")


def test_an_import_with_three_errors_shows_each_and_imports_nothing(page_as: PageAs, house: Stack) -> None:
    good = {**SHORT_ANSWER, "class": "XII", "cognitive": "apply", "code": "browser-import-1"}
    good = {name: value for name, value in good.items() if name not in {"class_level", "cognitive_level"}}
    rows = [good, {**good, "code": "browser-import-2", "unit": "Alchemy"}]
    rows += [{**good, "code": "browser-import-3", "marks": 3}, {**good, "code": "browser-import-1"}]
    page = page_as("teacher", viewport=DESK)
    page.goto("/teacher/questions/import")
    _choose(page, rows)
    expect(page.get_by_role("alert")).to_contain_text("3 things are wrong; nothing was imported")
    report = page.get_by_role("region", name="What is wrong, row by row")
    for field in ("unit", "scheme.steps", "code"):
        expect(report.get_by_role("cell", name=field, exact=True)).to_be_visible()
    with at(house, "teacher") as teacher:
        assert not [
            q for q in teacher.get("/questions", limit=100)["items"] if "browser" in (q["code"] or "")
        ]
    _choose(page, rows[:1])
    page.get_by_role("button", name="Import 1 question as a draft").click()
    expect(page.get_by_role("heading", name="1 question was imported")).to_be_visible()


def _choose(page: Page, rows: list[dict[str, object]]) -> None:
    content = "[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]"
    file = {"name": "questions.json", "mimeType": "application/json", "buffer": content.encode()}
    page.get_by_label("File of questions").set_input_files(file)  # type: ignore[arg-type]  # a file's three facts


def test_the_list_keeps_its_filters_in_its_address(page_as: PageAs) -> None:
    page = page_as("teacher", viewport=DESK)
    page.goto("/teacher/questions")
    page.get_by_label("Class", exact=True).select_option("XII")
    page.get_by_label("Type", exact=True).select_option("LA")
    page.wait_for_url("**class=XII&type=LA")
    expect(page.locator("main li h2").first).to_contain_text("Long answer")
    page.reload()
    expect(page.get_by_label("Type", exact=True)).to_have_value("LA")
    page.get_by_label("Type", exact=True).select_option("")
    cards = page.locator("main ul.stack-tight > li")
    expect(cards).to_have_count(30)
    page.get_by_role("button", name="Show more").click()
    expect(cards.nth(30)).to_be_visible()


def test_a_case_study_with_an_or_and_a_figure_is_written_by_keyboard_alone(
    page_as: PageAs, house: Stack
) -> None:
    question = draft_of(house, "teacher")
    page = page_as("teacher", viewport=DESK)
    page.goto(f"/teacher/questions/{question['question_id']}/edit")
    page.get_by_label("Type", exact=True).focus()
    page.keyboard.type("Case")
    page.get_by_role("button", name="Add an OR to part (iii)").focus()
    page.keyboard.press("Enter")
    for field in page.locator("[data-place^='parts'] textarea").all():
        field.focus()
        page.keyboard.type("Some words")
    page.get_by_label("Marks of step 1").last.fill("2")
    page.get_by_role("button", name="Save as a draft").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/questions/[0-9a-f-]{36}$"))
    expect(page.get_by_text("1+1+2")).to_be_visible()


@pytest.mark.parametrize("path", ["", "/new", "/import", "/{id}", "/{id}/edit", "/{id}/versions"])
def test_every_screen_of_the_bank_is_accessible_and_fits_a_phone(
    page_as: PageAs, house: Stack, axe_source: str, path: str
) -> None:
    question = draft_of(house, "admin")
    where = f"/questions/{question['question_id']}"
    with at(house, "admin") as admin:
        admin.edit("PUT", where, {**SHORT_ANSWER, "text": "Another $x^2$ wording."}, version=1)
    page = sign_in(page_as(None, viewport=DESK), "teacher")
    page.goto(f"/teacher/questions{path.format(id=question['question_id'])}", wait_until="networkidle")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert faults(page, axe_source) == []
