"""The reference data of the system slice as it ships: settings, the national calendar, its holidays."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from mathvidya.settings import ROOT
from workflows.calendar import Weekday

NATIONAL = "national"
"""The calendar by which promises are made unless a plan says otherwise."""

_FOLDER = ROOT / "seeds" / "reference"
_UNITS_IN_PAPERS = "from cbse_papers.json"
_UNITS_OF = {"cbse_units_class_x": "X", "cbse_units_class_xii": "XII"}


@dataclass(frozen=True)
class ReferenceHoliday:
    """One date of the national list."""

    date: date
    name: str
    note: str
    is_estimate: bool


@cache
def default_settings() -> Mapping[str, Any]:
    """Every setting with the value it starts from."""
    content = _read("system_config.json")
    return {
        key: _units_of(_UNITS_OF[key]) if value == _UNITS_IN_PAPERS else value
        for key, value in {**content["entries"], **content["added_by_design"]}.items()
    }


def national_weekly_hours() -> dict[str, list[list[str]]]:
    """The standard week of the reference settings, day by day."""
    settings = default_settings()
    hours, off = settings["sla_working_hours"], settings["sla_weekly_off"]
    names = [day.name.lower() for day in Weekday]
    return {name: [[hours["start"], hours["end"]]] for name in names if name not in off}


def national_timezone() -> str:
    """The zone in which those hours are kept."""
    zone: str = default_settings()["sla_working_hours"]["timezone"]
    return zone


def national_holidays() -> tuple[ReferenceHoliday, ...]:
    """The national list."""
    return tuple(
        ReferenceHoliday(
            date=date.fromisoformat(row["date"]),
            name=row["name"],
            note=row.get("note", ""),
            is_estimate=row.get("is_estimate", False),
        )
        for row in _read("holidays.json")["holidays"]
    )


def _units_of(class_level: str) -> dict[str, int]:
    """Board marks by unit, as the board's papers give them."""
    papers = _read("cbse_papers.json")["papers"]
    paper = next(p for p in papers if p["class"] == class_level and isinstance(p["units"], list))
    return {unit["unit"]: unit["marks"] for unit in paper["units"]}


def _read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((_FOLDER / name).read_text(encoding="utf-8"))
    return content
