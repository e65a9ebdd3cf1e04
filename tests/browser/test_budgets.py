"""What a page may weigh before it can be used: gzip bytes of what it loads at once, by Vite's manifest."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from mathvidya.browser.serving import BUNDLE

KB = 1000

SCRIPT_BUDGETS = {"student": 90, "parent": 90, "teacher": 170, "admin": 220, "sign-in": 90}
"""Thousand bytes of JavaScript until the first screen of each role."""

FIRST_LOAD_BUDGETS = {"student": 120, "parent": 120, "teacher": 250, "admin": 260, "sign-in": 120}
"""The same with styles and the page itself; fonts come after the first paint."""

SITTING_SCRIPT_BUDGET = 165
"""Everything that the student's exam needs, mathematics included; KaTeX alone is 77. The aim is 150."""


@pytest.fixture(scope="module")
def manifest() -> dict[str, dict[str, object]]:
    """Which file of the sources became which of the bundle, and what each imports."""
    loaded: dict[str, dict[str, object]] = json.loads((BUNDLE / ".vite" / "manifest.json").read_text("utf-8"))
    return loaded


def _closure(manifest: dict[str, dict[str, object]], starts: list[str]) -> Iterator[dict[str, object]]:
    """The chunks that load with ``starts``: themselves and what they import at once."""
    seen: set[str] = set()
    waiting = list(starts)
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        yield manifest[name]
        waiting.extend(manifest[name].get("imports", ()))  # type: ignore[arg-type]  # Vite's format


def _home(manifest: dict[str, dict[str, object]], role: str) -> list[str]:
    """A role's page and its first screen."""
    home = f"src/{role}/home/HomePage.vue" if role != "teacher" else "src/teacher/queue/QueuePage.vue"
    return [f"{role}.html", *([home] if home in manifest else [])]


def _gzip(path: Path) -> int:
    packed = path.with_name(path.name + ".gz")
    return (packed if packed.exists() else path).stat().st_size


def _scripts(manifest: dict[str, dict[str, object]], starts: list[str]) -> int:
    return sum(_gzip(BUNDLE / str(chunk["file"])) for chunk in _closure(manifest, starts))


def _styles(manifest: dict[str, dict[str, object]], starts: list[str]) -> int:
    names = {str(css) for chunk in _closure(manifest, starts) for css in chunk.get("css", ())}  # type: ignore[attr-defined]  # Vite's own format
    return sum(_gzip(BUNDLE / name) for name in names)


@pytest.mark.parametrize("role", SCRIPT_BUDGETS)
def test_the_first_screen_of_each_role_keeps_its_budget_of_script(
    manifest: dict[str, dict[str, object]], role: str
) -> None:
    assert _scripts(manifest, _home(manifest, role)) <= SCRIPT_BUDGETS[role] * KB


@pytest.mark.parametrize("role", FIRST_LOAD_BUDGETS)
def test_the_first_load_of_each_role_keeps_its_budget(
    manifest: dict[str, dict[str, object]], role: str
) -> None:
    starts = _home(manifest, role)
    page = _gzip(BUNDLE / f"{role}.html")
    assert page + _scripts(manifest, starts) + _styles(manifest, starts) <= FIRST_LOAD_BUDGETS[role] * KB


def test_a_sitting_keeps_its_budget_of_script_with_all_its_mathematics(
    manifest: dict[str, dict[str, object]],
) -> None:
    sitting = ["src/student/sitting/SittingPage.vue"]
    assert _scripts(manifest, ["student.html", *sitting, "src/components/katex.ts"]) <= (
        SITTING_SCRIPT_BUDGET * KB
    )


def test_a_student_never_loads_what_only_a_teacher_needs(manifest: dict[str, dict[str, object]]) -> None:
    loaded = {name for name, chunk in manifest.items() if chunk in list(_closure(manifest, ["student.html"]))}
    assert not [name for name in loaded if "/teacher/" in name or "/admin/" in name]
