"""What the journeys through the bank share: questions by HTTP, and how a page is looked at."""

from typing import Any

from playwright.sync_api import Page

from mathvidya.local.stack import Stack
from seeds.demo.client import Person
from seeds.demo.people import DEMO_PASSWORD
from tests.browser.accessibility import violations
from tests.browser.house import EMAILS, WIDTHS, overflow

DESK = {"width": 1280, "height": 900}

SHORT_ANSWER: dict[str, Any] = {
    "type": "VSA",
    "class_level": "XII",
    "unit": "Calculus",
    "chapter": "Integrals",
    "marks": 2,
    "cognitive_level": "apply",
    "difficulty": "medium",
    "tags": ["by-hand"],
    "text": r"Find $\int 2x \, dx$.",
    "solution": "$x^2 + C$",
    "scheme": {"steps": [{"marks": "2", "text": "Integrates"}], "alternatives": [], "follow_through": None},
}


def at(house: Stack, who: str) -> Person:
    """A demo person at their own device, speaking HTTP."""
    return Person(house.url, EMAILS[who], DEMO_PASSWORD)


def draft_of(house: Stack, who: str, **changes: Any) -> Any:
    """A short answer that a demo person has written."""
    with at(house, who) as author:
        return author.post("/questions", {**SHORT_ANSWER, **changes})


def faults(page: Page, axe_source: str) -> list[str]:
    """What axe finds on the page in both looks, and the widths of phones at which it is too wide."""
    found: list[str] = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two words
        found += [f"{scheme}: {each}" for each in violations(page, axe_source)]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        if overflow(page) > 0:
            found.append(f"{overflow(page)} px too wide at {width}")
    page.set_viewport_size(DESK)  # type: ignore[arg-type]  # a size
    return found
