"""The main job on real processes: embedded servers, web, worker and beat, spoken to over HTTP only."""

from decimal import Decimal
from pathlib import Path
from typing import Any

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


def test_a_board_exam_is_drawn_sat_handed_in_marked_and_published(tmp_path: Path) -> None:
    lines: list[str] = []
    with stack(Settings(var=tmp_path, port=0)) as house:
        outcome = tell(house.url, say=lines.append)

    paper, hashes = outcome["paper"], outcome["paper_sha256"]
    assert (paper["questions"], paper["marks"], paper["unit_marks"]) == (38, 80, BOARD_MARKS)
    assert hashes["before"] == hashes["after"]
    assert (outcome["pages"], outcome["declared_unanswered"]) == (10, 2)
    assert any("Page 4" in line and "blurred" in line for line in lines)
    _the_clock_stood_for_the_missing_page_and_the_promise_was_met(outcome["sla"])
    _the_score_is_the_sum_of_its_parts(outcome["score"])
    assert outcome["parent_sees"]


def _the_clock_stood_for_the_missing_page_and_the_promise_was_met(sla: dict[str, Any]) -> None:
    assert sla["budget_minutes"] == 540
    assert 90 <= sla["paused_minutes"] < 92
    assert sla["met"]


def _the_score_is_the_sum_of_its_parts(told: dict[str, str]) -> None:
    score = {name: Decimal(value) for name, value in told.items()}
    assert score["total"] == score["mcq"] + score["manual"]
    assert score["possible"] == 80
