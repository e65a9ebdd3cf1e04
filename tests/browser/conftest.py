"""One running house per test worker, and browser pages that fail the test when the browser complains."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from mathvidya.local.stack import Stack, stack
from mathvidya.settings import Settings
from tests.browser.house import CHROMIUM, Complaints, PageAs, launch, sign_in, visitor


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Real processes with the demo people: embedded servers, web, worker and beat."""
    with stack(Settings(var=tmp_path_factory.mktemp("house"), port=0)) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; `make test` installs it."""
    executable = shutil.which(CHROMIUM)
    assert executable, "chromium is missing: run the tests by `make test`, which installs it"
    with sync_playwright() as playwright:
        opened = launch(playwright, executable)
        yield opened
        opened.close()


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    """Errors of scripts and violations of the content security policy: a test ends without any."""
    heard = Complaints()
    yield heard
    assert heard.found == []


@pytest.fixture
def page_as(browser: Browser, house: Stack, complaints: Complaints) -> Iterator[PageAs]:
    """Opens a page of a demo person, each in a browser profile of their own; options go to the profile."""
    with ExitStack() as open_profiles:

        def open_page(who: str | None, **options: Any) -> Page:
            context = open_profiles.enter_context(visitor(browser, house.url, complaints, **options))
            page = context.new_page()
            return page if who is None else sign_in(page, who)

        yield open_page


@pytest.fixture(scope="session")
def axe_source() -> str:
    """axe-core, as it is installed for the browser application."""
    file = Path(__file__).parents[2] / "evaluation_ui" / "node_modules" / "axe-core" / "axe.min.js"
    return file.read_text(encoding="utf-8")
