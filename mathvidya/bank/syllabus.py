"""The board's units and chapters by class: dated facts that are read from a file, not written into rules."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from mathvidya.accounts.models import ClassLevel
from mathvidya.settings import ROOT

_FACTS = ROOT / "seeds" / "reference" / "cbse_papers.json"

Units = Mapping[str, frozenset[str]]
"""Chapters by unit."""


@dataclass(frozen=True, slots=True)
class Syllabus:
    """What may be asked, by class."""

    units: Mapping[ClassLevel, Units]

    def of(self, class_level: ClassLevel) -> Units:
        """The units of a class, each with its chapters."""
        return self.units[class_level]


@cache
def board_syllabus() -> Syllabus:
    """The syllabus of the session in force; both papers of class X share one."""
    facts = json.loads(_FACTS.read_text(encoding="utf-8"))
    return Syllabus(
        {
            ClassLevel(paper["class"]): {each["unit"]: frozenset(each["chapters"]) for each in paper["units"]}
            for paper in facts["papers"]
            if isinstance(paper["units"], list)  # "as class X standard" repeats nothing
        }
    )
