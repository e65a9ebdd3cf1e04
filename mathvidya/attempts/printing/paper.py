"""From a frozen paper to what its template sets, and to the PDF."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from mathvidya.attempts.printing.figures import Figure, figures_of
from mathvidya.bank.models import MARKED_BY_KEY
from mathvidya.platform.pdf import press, prose
from mathvidya.platform.storage import Storage
from workflows.base import JsonObject

TEMPLATE: Final = Path(__file__).with_name("paper.typ")

SUBJECT_CODES: Final = {("X", "standard"): "041", ("X", "basic"): "241", ("XII", None): "041"}
"""The board's code of the subject, by class and level."""

_LEVELS: Final = {"standard": "Standard", "basic": "Basic"}
_LONGEST_WHOLE: Final = 6000
"""Characters of a question above which it may go over to the next page: it could be longer than one."""


def print_paper(store: Storage, snapshot: JsonObject, *, written_only: bool) -> bytes:
    """The paper as a PDF. Reads figures and takes up to a second: hold no transaction."""
    figures = figures_of(store, list(_shown(snapshot, written_only=written_only)))
    pictures = {each.picture.name: each.picture.data for each in figures.values() if each.picture}
    return press(TEMPLATE, laid_out(snapshot, figures, written_only=written_only), pictures)


def laid_out(snapshot: JsonObject, figures: Mapping[str, Figure], *, written_only: bool) -> JsonObject:
    """What the template sets; ``figures`` by their keys. Pure."""
    sections = list(_sections(snapshot, figures, written_only=written_only))
    numbers = [question["number"] for section in sections for question in section["questions"]]
    return {
        "title": snapshot["title"],
        "code": SUBJECT_CODES.get((snapshot["class_level"], snapshot["course_level"])),
        "heading": _heading(snapshot),
        "time": _time(snapshot["minutes"]),
        "marks": snapshot["marks"],
        "note": _note(numbers) if written_only else None,
        "instructions": [prose(each) for each in snapshot["instructions"]],
        "sections": sections,
    }


def _heading(snapshot: JsonObject) -> str:
    level = _LEVELS.get(snapshot["course_level"] or "")
    words = [f"Class {snapshot['class_level']}", level, snapshot["unit"]]
    return ", ".join(word for word in words if word)


def _time(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    words = [f"{hours} hour{'s' * (hours != 1)}"] * bool(hours) + [f"{rest} minutes"] * bool(rest)
    return " ".join(words)


def _note(numbers: Sequence[int]) -> str:
    if not numbers:
        return "This paper has no written part."
    return f"Written part: questions {numbers[0]} to {numbers[-1]}. The others are answered on screen."


def _is_shown(question: JsonObject, *, written_only: bool) -> bool:
    return not written_only or question["type"] not in MARKED_BY_KEY


def _shown(snapshot: JsonObject, *, written_only: bool) -> Iterator[JsonObject]:
    """The questions that are printed, each OR partner after its own."""
    for section in snapshot["sections"]:
        for question in section["questions"]:
            if _is_shown(question, written_only=written_only):
                yield question
                if question["alternative"]:
                    yield question["alternative"]


def _sections(
    snapshot: JsonObject, figures: Mapping[str, Figure], *, written_only: bool
) -> Iterator[JsonObject]:
    for section in snapshot["sections"]:
        shown = [each for each in section["questions"] if _is_shown(each, written_only=written_only)]
        if shown:
            yield {
                "section": section["section"],
                "title": section["title"],
                "sum": _sum([float(each["marks"]) for each in shown]),
                "questions": [_numbered(each, figures) for each in shown],
            }


def _sum(marks: Sequence[float]) -> str:
    """How a section is counted, as the board writes it: 5 × 2 = 10 marks."""
    total = f"{sum(marks):g} marks"
    return f"{len(marks)} × {marks[0]:g} = {total}" if len(set(marks)) == 1 else total


def _numbered(question: JsonObject, figures: Mapping[str, Figure]) -> JsonObject:
    alternative = question["alternative"]
    return {
        **_question(question, figures),
        "number": question["number"],
        "is_long": len(str(question)) > _LONGEST_WHOLE,
        "alternative": alternative and _question(alternative, figures),
    }


def _question(question: JsonObject, figures: Mapping[str, Figure]) -> JsonObject:
    figure = figures.get(question["image"] or "")
    return {
        "marks": question["marks"],
        "text": prose(question["text"] or ""),
        "assertion": question["assertion"] and prose(question["assertion"]),
        "reason": question["assertion"] and prose(question["reason"] or ""),
        "choices": [{"label": each["label"], "text": prose(each["text"])} for each in question["choices"]],
        "parts": [_part(each) for each in question["parts"]],
        "figure": figure and _figure(figure),
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {"name": figure.picture and figure.picture.name, "width": figure.millimetres}


def _part(part: JsonObject) -> JsonObject:
    alternative = part["alternative"]
    return {
        "label": part["label"],
        "marks": part["marks"],
        "text": prose(part["text"]),
        "alternative": alternative and prose(alternative["text"]),
    }
