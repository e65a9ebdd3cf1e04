"""Banks and papers in few words, and a checker that knows nothing of how papers are made."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import count, product
from pathlib import Path
from uuid import UUID

from mathvidya.exams.assembly.cells import BankIndex, Cell, Item
from mathvidya.exams.assembly.paper import AssembledPaper
from mathvidya.exams.assembly.parsing import parse_template
from mathvidya.exams.assembly.spec import Band, TemplateSpec

REFERENCE = Path(__file__).parents[3] / "seeds" / "reference"
FACTS = json.loads((REFERENCE / "cbse_papers.json").read_text())
TEMPLATES = {
    each["code"]: parse_template(each)
    for each in json.loads((REFERENCE / "templates.json").read_text())["templates"]
}
MARKS = {"MCQ": 1, "ASSERTION_REASON": 1, "VSA": 2, "SA": 3, "LA": 5, "CASE_STUDY": 4}
PATTERNS = {"CASE_STUDY": ("1+1+2", "2+2")}
COGNITIVE = ("remember_understand", "apply", "analyse_evaluate_create")
UNITS = {
    "X": FACTS["papers"][0]["units"],
    "XII": FACTS["papers"][2]["units"],
}


def template(
    *groups: dict[str, object], units: dict[str, int] | None = None, **rules: object
) -> TemplateSpec:
    """A class XII template with a section for each group."""
    sections = [{"section": chr(ord("A") + place), "groups": [group]} for place, group in enumerate(groups)]
    return parse_template(
        {
            "code": "test",
            "title": "Test",
            "exam_type": "board_exam" if units else "section_sa",
            "class_level": "XII",
            "minutes": 60,
            "instructions": ["Answer all questions."],
            "sections": sections,
            "unit_marks": units,
            **rules,
        }
    )


def group(kind: str, number: int, choices: int = 0, **rules: object) -> dict[str, object]:
    return {
        "type": kind,
        "count": number,
        "marks_each": MARKS[kind],
        "choices": choices,
        **rules,
    }


def cell(unit: str, kind: str, **other: str) -> Cell:
    known = {"chapter": unit, "difficulty": "medium", "cognitive": "apply", "pattern": ""}
    return Cell(unit=unit, type=kind, marks=MARKS[kind], **(known | other))


def stock(*cells: Cell, uses: Iterable[int] | None = None) -> list[Item]:
    """One question for each cell given, numbered from 1."""
    used = iter(uses) if uses is not None else iter(lambda: 0, 1)
    return [Item(UUID(int=number), 1, each, next(used)) for number, each in zip(count(1), cells)]


def plentiful(class_level: str, copies: int = 4) -> list[Item]:
    """Some questions of every kind in every chapter of a class."""
    chapters = [(unit["unit"], name) for unit in UNITS[class_level] for name in unit["chapters"]]
    return stock(
        *(
            cell(unit, kind, chapter=chapter, cognitive=level, pattern=pattern)
            for (unit, chapter), kind, level, _ in product(chapters, MARKS, COGNITIVE, range(copies))
            for pattern in PATTERNS.get(kind, ("",))
        )
    )


def index(items: Iterable[Item]) -> BankIndex:
    return BankIndex.build(items)


def ids(paper: AssembledPaper) -> frozenset[UUID]:
    return frozenset(item.question_id for item in paper.items())


def violations(paper: AssembledPaper) -> list[str]:
    """Everything in which a paper departs from its template, in words."""
    return [*_layout(paper), *_choices(paper), *_units(paper), *_levels(paper)]


def _layout(paper: AssembledPaper) -> Iterator[str]:
    wanted = [
        (section, each.type, each.marks_each)
        for section, each in paper.spec.groups()
        for _ in range(each.count)
    ]
    if [(q.section, q.type, q.marks) for q in paper.questions] != wanted:
        yield "the questions do not follow the groups"
    if [q.number for q in paper.questions] != list(range(1, len(wanted) + 1)):
        yield "the numbers do not run from 1"
    if any((q.item.cell.type, q.item.cell.marks) != (q.type, q.marks) for q in paper.questions):
        yield "a question is not what its number says"
    drawn = [item.question_id for item in paper.items()]
    if len(set(drawn)) != len(drawn):
        yield "a question is there twice"


def _choices(paper: AssembledPaper) -> Iterator[str]:
    questions = iter(paper.questions)
    for section, each in paper.spec.groups():
        mine = [next(questions) for _ in range(each.count)]
        if sum(q.alternative is not None for q in mine) != each.choices:
            yield f"section {section} has not {each.choices} choices"
        drawn = Counter(q.item.cell.pattern for q in mine)
        if each.patterns and drawn != {p.pattern: p.count for p in each.patterns}:
            yield f"section {section} has patterns {drawn}"
    for q in paper.questions:
        if q.alternative and _kind(q.alternative) != _kind(q.item):
            yield f"the alternative of {q.number} is of another kind"


def _kind(item: Item) -> tuple[str, int, str, str]:
    return item.cell.type, item.cell.marks, item.cell.unit, item.cell.pattern


def _units(paper: AssembledPaper) -> Iterator[str]:
    carried: Counter[str] = Counter()
    for q in paper.questions:
        carried[q.item.cell.unit] += q.marks
    if paper.spec.unit_marks and carried != {u.unit: u.marks for u in paper.spec.unit_marks}:
        yield f"units carry {carried}"
    if paper.spec.unit and set(carried) != {paper.spec.unit}:
        yield f"units {set(carried)} instead of {paper.spec.unit}"


def _levels(paper: AssembledPaper) -> Iterator[str]:
    yield from _outside(paper, paper.spec.cognitive, [q.item.cell.cognitive for q in paper.questions])
    yield from _outside(paper, paper.spec.difficulty, [q.item.cell.difficulty for q in paper.questions])


def _outside(paper: AssembledPaper, bands: Iterable[Band], levels: list[str]) -> Iterator[str]:
    carried: Counter[str] = Counter()
    for q, level in zip(paper.questions, levels, strict=True):
        carried[level] += q.marks
    for band in bands:
        if not band.minimum <= carried[band.level] <= band.maximum:
            yield f"{band.level} carries {carried[band.level]}"
