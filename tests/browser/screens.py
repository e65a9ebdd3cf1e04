"""Photographs every screen into docs/screens, from a house in which the demo story has been told."""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from mathvidya.local.stack import stack
from mathvidya.settings import ROOT, Settings
from seeds.demo.story import tell
from tests.browser.house import CHROMIUM, Complaints, launch, sign_in, visitor

FOLDER = ROOT / "docs" / "screens"
PHONE, DESK = (360, 740), (1280, 800)


@dataclass(frozen=True)
class Screen:
    """A screen: its file's name, who looks, where, on what. ``{exam}`` is the exam of the story."""

    name: str
    who: str | None
    path: str
    size: tuple[int, int]
    scheme: str = "light"


SCREENS = (
    Screen("sign-in", None, "/", PHONE),
    Screen("student-home", "student", "/student/", PHONE),
    Screen("student-choose", "student", "/student/choose", PHONE),
    Screen("student-progress", "student", "/student/progress", PHONE),
    Screen("student-result", "student", "/student/exams/{exam}/result", PHONE),
    Screen("account", "student", "/student/account", PHONE, "dark"),
    Screen("parent-home", "parent", "/parent/", PHONE),
    Screen("teacher-queue", "teacher", "/teacher/", DESK),
    Screen("teacher-questions", "teacher", "/teacher/questions", DESK),
    Screen("teacher-templates", "teacher", "/teacher/templates", DESK),
    Screen("admin-home", "admin", "/admin/", DESK),
    Screen("admin-people", "admin", "/admin/people", DESK),
    Screen("admin-holidays", "admin", "/admin/holidays", DESK),
    Screen("admin-board", "admin", "/admin/board", DESK),
    Screen("admin-configuration", "admin", "/admin/configuration", DESK, "dark"),
    Screen("admin-audit", "admin", "/admin/audit", DESK),
)


def main() -> None:
    """Tell the story, then look at everything."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as var, stack(Settings(var=Path(var), port=0)) as house:
        outcome = tell(house.url, say=lambda _line: None)
        with sync_playwright() as playwright:
            browser = launch(playwright, shutil.which(CHROMIUM) or CHROMIUM)
            for screen in SCREENS:
                _photograph(browser, house.url, screen, outcome["exam_id"])
            browser.close()
    print(f"{len(SCREENS)} screens are in docs/screens")  # noqa: T201 - a command speaks by printing


def _photograph(browser: Browser, url: str, screen: Screen, exam: str) -> None:
    complaints = Complaints()
    width, height = screen.size
    options = {"viewport": {"width": width, "height": height}, "color_scheme": screen.scheme}
    with visitor(browser, url, complaints, **options) as context:
        page = context.new_page()
        if screen.who is not None:
            sign_in(page, screen.who)
        page.goto(screen.path.format(exam=exam), wait_until="networkidle")
        page.screenshot(path=FOLDER / f"{screen.name}.png", full_page=True, animations="disabled")
    if complaints.found:
        raise SystemExit(f"{screen.name}: the browser complains: {complaints.found}")


if __name__ == "__main__":
    main()
