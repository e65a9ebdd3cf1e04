"""A running house and people at their own browsers: what every browser test stands on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from seeds.demo.people import ADMIN, DEMO_PASSWORD, PARENT, SECOND_TEACHER, STUDENT, STUDENT_X, TEACHER

CHROMIUM = "chromium"
FLAGS = (
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
WIDTHS = (320, 360, 412)

EMAILS = {
    "student": STUDENT.email,
    "student-x": STUDENT_X.email,
    "parent": PARENT.email,
    "teacher": TEACHER.email,
    "teacher-2": SECOND_TEACHER.email,
    "admin": ADMIN.email,
}


@dataclass
class Complaints:
    """What a browser found wrong while a test ran."""

    found: list[str] = field(default_factory=list)
    expected: tuple[str, ...] = ()
    """Parts of messages that a test brings about on purpose, such as a refusal's status."""

    def watch(self, page: Page) -> None:
        """Hear what ``page`` says: errors of scripts, violations of the content security policy."""
        page.on("pageerror", lambda error: self.found.append(f"error: {error}"))
        page.on("console", lambda message: self._hear(message.type, message.text))

    def _hear(self, kind: str, text: str) -> None:
        is_status = text.startswith("Failed to load resource")
        if kind == "error" and not is_status and not any(part in text for part in self.expected):
            self.found.append(text)


def launch(playwright: Playwright, executable: str) -> Browser:
    """Debian's Chromium, headless."""
    return playwright.chromium.launch(executable_path=executable, args=list(FLAGS))


@contextmanager
def visitor(browser: Browser, url: str, complaints: Complaints, **options: Any) -> Iterator[BrowserContext]:
    """A browser profile of one person, watched."""
    context = browser.new_context(base_url=url, locale="en-IN", timezone_id="Asia/Kolkata", **options)
    context.set_default_timeout(15_000)
    context.on("page", complaints.watch)
    try:
        yield context
    finally:
        context.close()


def sign_in(page: Page, who: str) -> Page:
    """Sign in through the page that everybody sees; ends on the role's home."""
    page.goto("/")
    page.get_by_label("E-mail").fill(EMAILS[who])
    page.get_by_label("Password").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"**/{who.partition('-')[0]}/")
    page.get_by_role("heading", level=1).wait_for()
    return page


PageAs = Callable[..., Page]


def overflow(page: Page) -> int:
    """By how many CSS pixels the page is wider than its window."""
    width: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width
