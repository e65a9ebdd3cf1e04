"""How the marking screen feels on a slow machine: the next script after N, pen and zoom on a full page."""

import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from playwright.sync_api import Page, Route, sync_playwright

from benchmarks.figure import Figure
from mathvidya.local.stack import Stack, stack
from mathvidya.settings import Settings
from tests.browser.house import CHROMIUM, Complaints, launch, sign_in, visitor
from tests.browser.scripts import claim, handed_in, on_the_desk, saved

_MARKS = 500
_THROTTLE = 4
_ROUNDS = 20
_NEXT_MS, _PEN_MS, _ZOOM_MS = 300.0, 50.0, 100.0

_PROBE = """() => {
    window.painted = [];
    addEventListener("pointermove", (event) => requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => window.painted.push(performance.now() - event.timeStamp);
        channel.port2.postMessage(null);
    }), {capture: true});
}"""

_ZOOM = """(key) => new Promise((done) => {
    const begun = performance.now();
    dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
    requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => done(performance.now() - begun);
        channel.port2.postMessage(null);
    });
})"""


def run() -> Sequence[Figure]:
    """Every claim, beside the same on an empty page or by a plain load, in one run."""
    executable = shutil.which(CHROMIUM)
    if executable is None:
        raise SystemExit("chromium is missing: `make test` installs it")
    with (
        tempfile.TemporaryDirectory(dir=Settings().var.parent, prefix=".bench-") as folder,
        stack(Settings(var=Path(folder), port=0)) as house,
        sync_playwright() as playwright,
    ):
        browser = launch(playwright, executable)
        with visitor(browser, house.url, Complaints(), viewport={"width": 1280, "height": 800}) as context:
            page = sign_in(context.new_page(), "teacher")
            figures = (_next_script(house, page), *_crowded_page(house, page))
        browser.close()
    return figures


def _next_script(house: Stack, page: Page) -> Figure:
    with handed_in(house, count=2):
        claim(page)
        page.goto("/teacher/")
        claim(page)
        page.wait_for_load_state("networkidle")
        page.evaluate(
            "() => (window.before = document.querySelector('[data-evaluation]').dataset.evaluation)"
        )
        begun = perf_counter()
        page.keyboard.press("n")
        _another_script(page)
        after_key = (perf_counter() - begun) * 1000
        begun = perf_counter()
        page.reload()
        on_the_desk(page)
        plain = (perf_counter() - begun) * 1000
    page.goto("/teacher/")
    return _figure(
        "next script after N", after_key, plain, _NEXT_MS, "on screen within 300 ms (baseline: a load)"
    )


def _another_script(page: Page) -> None:
    page.evaluate(
        """async () => {
            const desk = () => document.querySelector("[data-evaluation]")?.dataset.evaluation;
            const shown = () => document.querySelector(".page > img");
            const address = () => location.pathname.split("/").pop();
            while (desk() !== address() || !shown()?.complete || window.before === desk())
                await new Promise(requestAnimationFrame);
        }"""
    )


def _crowded_page(house: Stack, page: Page) -> tuple[Figure, Figure]:
    with handed_in(house):
        claim(page)
        address = page.url
        empty_pen, empty_zoom = _measured(page)
        page.route("**/evaluations/*/script", lambda route: _crowd(route, _MARKS))
        page.goto(address)
        on_the_desk(page)
        pen, zoom = _measured(page)
    words = f"p95 at {_MARKS} marks, CPU slowed {_THROTTLE} times (baseline: an empty page)"
    return (
        _figure("pen to paint", pen, empty_pen, _PEN_MS, f"within {_PEN_MS:.0f} ms {words}"),
        _figure("zoom to paint", zoom, empty_zoom, _ZOOM_MS, f"within {_ZOOM_MS:.0f} ms {words}"),
    )


def _measured(page: Page) -> tuple[float, float]:
    """Pen and zoom, p95 in milliseconds."""
    page.keyboard.press("o")
    saved(page)
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": _THROTTLE})
    zoom = _p95([page.evaluate(_ZOOM, "+-"[at % 2]) for at in range(_ROUNDS)])
    pen = _pen(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    return pen, zoom


def _pen(page: Page) -> float:
    page.keyboard.press("p")
    page.evaluate(_PROBE)
    box = page.locator(".scroller").bounding_box() or {"x": 0, "y": 0, "width": 0, "height": 0}
    page.mouse.move(box["x"] + 100, box["y"] + 150)
    page.mouse.down()
    for at in range(_ROUNDS * 4):
        page.mouse.move(box["x"] + 100 + 4 * at, box["y"] + 150 + 30 * (at % 3))
    page.mouse.up()
    return _p95(page.evaluate("window.painted"))


def _crowd(route: Route, count: int) -> None:
    script = route.fetch().json()
    route.fulfill(json={**script, "annotations": list(map(_stamp(script["sheets"][0]["id"]), range(count)))})


def _stamp(sheet: str) -> Callable[[int], dict[str, Any]]:
    def at(number: int) -> dict[str, Any]:
        place = {"x": 0.02 + (number % 25) / 26, "y": 0.02 + (number // 25) / 21}
        rest = {
            "sheet_id": sheet,
            "kind": "tick",
            "points": [],
            "text": "",
            "question_number": 21,
            "marks": None,
        }
        return {"id": f"00000000-0000-7000-8000-{number:012}", **place, **rest, "revision": 1}

    return at


def _p95(values: Sequence[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


def _figure(name: str, value: float, baseline: float, goal: float, claim_words: str) -> Figure:
    return Figure(
        name=name,
        value=value,
        unit="ms",
        baseline=baseline,
        ratio=baseline / value,
        goal=goal,
        met=value <= goal,
        claim=claim_words,
    )
