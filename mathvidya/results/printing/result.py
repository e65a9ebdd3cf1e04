"""From a published result to what its template sets, and to the PDF."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from mathvidya.evaluation.queries.sheets import AnnotationView, SheetView
from mathvidya.platform.pdf import Picture, picture_of, press
from mathvidya.platform.storage import ObjectMissing, ObjectTooLarge, Storage
from mathvidya.results.printing.overlay import drawing, with_half, words
from mathvidya.results.queries.result import QuestionResult, ResultView
from workflows.base import JsonObject

TEMPLATE: Final = Path(__file__).with_name("result.typ")

_LARGEST_VIEW: Final = 10 * 1024 * 1024
_PEOPLE_READ: Final = ZoneInfo("Asia/Kolkata")


def print_result(store: Storage, result: ResultView) -> bytes:
    """The result as a PDF. Reads every page from storage and takes seconds: hold no transaction."""
    files: dict[str, bytes] = {}
    pages = [_page(store, sheet, result.annotations, files) for sheet in result.sheets]
    return press(TEMPLATE, {**laid_out(result), "pages": pages}, files)


def laid_out(result: ResultView) -> JsonObject:
    """Marks and remarks as the template sets them. Pure."""
    score = result.score
    return {
        "title": result.title,
        "heading": ", ".join(word for word in (f"Class {result.class_level}", result.unit) if word),
        "handed_in": _moment(result.handed_in_at),
        "published": _moment(result.published_at),
        "total": with_half(score.total),
        "possible": with_half(score.possible),
        "percentage": f"{score.percentage:.2f}",
        "sections": list(_sections(result)),
        "remarks": [
            {"number": each.number, "remark": each.remark} for each in result.questions if each.remark.strip()
        ],
    }


def _sections(result: ResultView) -> Iterator[JsonObject]:
    for section in result.sections:
        yield {
            "section": section.section,
            "title": section.title,
            "awarded": with_half(section.awarded),
            "possible": with_half(section.possible),
            "questions": [_row(each) for each in result.questions if each.section == section.section],
        }


def _row(question: QuestionResult) -> JsonObject:
    return {
        "number": question.number,
        "awarded": with_half(question.awarded),
        "possible": with_half(question.possible),
        "note": _note(question),
    }


def _note(question: QuestionResult) -> str:
    """What a row says beside its marks: what was chosen and what was right, or that nothing was there."""
    if question.not_attempted:
        return "not attempted"
    if question.chosen is None:
        return "OR counted" if "second" in question.counted.values() else ""
    right = ", ".join(question.solution["choices"])
    chosen = ", ".join(question.chosen)
    return chosen if chosen == right else f"{chosen}, right: {right}"


def _moment(moment: datetime) -> str:
    local = moment.astimezone(_PEOPLE_READ)
    return f"{local.day} {local:%B %Y, %H:%M}"


def _page(
    store: Storage, sheet: SheetView, annotations: Sequence[AnnotationView], files: dict[str, bytes]
) -> dict[str, Any]:
    """One page; its picture and its ink are put among ``files``."""
    on_it = [each for each in annotations if each.sheet_id == sheet.id]
    picture = _picture(store, sheet)
    ink = f"ink-{sheet.page_number}.svg"
    files[ink] = drawing(on_it, width=sheet.width, height=sheet.height)
    if picture is not None:
        files[picture.name] = picture.data
    return {
        "number": sheet.page_number,
        "questions": list(sheet.question_numbers),
        "picture": picture and picture.name,
        "ratio": sheet.height / sheet.width,
        "ink": ink,
        "words": words(on_it),
    }


def _picture(store: Storage, sheet: SheetView) -> Picture | None:
    try:
        return picture_of(store.read(sheet.half_key, _LARGEST_VIEW), f"page-{sheet.page_number}")
    except (ObjectMissing, ObjectTooLarge):
        return None
