"""The main job on real processes: embedded servers, web, worker and beat, spoken to over HTTP only."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from mathvidya.local.stack import stack
from mathvidya.settings import Settings
from seeds.demo.story import tell

BOARD_MARKS = {
    "Relations and Functions": 8,
    "Algebra": 10,
    "Calculus": 35,
    "Vectors and Three-dimensional Geometry": 14,
    "Linear Programming": 5,
    "Probability": 8,
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], list[str]]:
    lines: list[str] = []
    var: Path = tmp_path_factory.mktemp("house")
    with stack(Settings(var=var)) as house:
        outcome = tell(house.url, say=lines.append)
    return outcome, lines


@pytest.mark.xdist_group("house")
class TestTheMainStory:
    def test_the_paper_is_the_boards(self, told: tuple[dict[str, Any], list[str]]) -> None:
        paper = told[0]["paper"]
        assert (paper["questions"], paper["marks"]) == (38, 80)
        assert paper["unit_marks"] == BOARD_MARKS

    def test_the_paper_stays_as_it_was_drawn(self, told: tuple[dict[str, Any], list[str]]) -> None:
        hashes = told[0]["paper_sha256"]
        assert hashes["before"] == hashes["after"]

    def test_the_promise_is_met_and_the_clock_stood_for_the_missing_page(
        self, told: tuple[dict[str, Any], list[str]]
    ) -> None:
        sla = told[0]["sla"]
        assert sla["budget_minutes"] == 540
        assert 90 <= sla["paused_minutes"] < 92
        assert sla["met"]

    def test_the_score_is_the_sum_of_its_parts(self, told: tuple[dict[str, Any], list[str]]) -> None:
        score = {name: Decimal(value) for name, value in told[0]["score"].items()}
        assert score["total"] == score["mcq"] + score["manual"]
        assert score["possible"] == 80

    def test_the_parent_sees_it_too(self, told: tuple[dict[str, Any], list[str]]) -> None:
        assert told[0]["parent_sees"]

    def test_the_page_out_of_focus_is_named_at_once(self, told: tuple[dict[str, Any], list[str]]) -> None:
        assert any("Page 4" in line and "blurred" in line for line in told[1])
