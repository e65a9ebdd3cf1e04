from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathvidya.attempts.errors import FileRefused, FileTooLarge, FileTypeRefused, TooManySheets
from mathvidya.attempts.models import AnswerSheetUpload
from mathvidya.attempts.rules.sheets import (
    MOST_PAGES,
    FileClaim,
    WarningKind,
    check_claim,
    check_order,
    check_questions,
    check_room,
    limits_of,
    moved_back,
    warnings_of,
)
from mathvidya.attempts.service.sheets.opening import _MEDIA_TYPES, _REFUSALS
from mathvidya.platform.errors import Invalid
from mathvidya.platform.imaging.errors import UnreadableFile
from mathvidya.platform.imaging.sniff import OPENABLE
from workflows.base import new_id

CONFIGURED = limits_of(5, ["image/jpeg", "image/png", "application/pdf"])


def sheet(page: int = 1, **values: Any) -> AnswerSheetUpload:
    return AnswerSheetUpload(
        **{
            "id": new_id(),
            "page_number": page,
            "page_in_file": 1,
            "sha256": new_id().bytes,
            "view_sha256": new_id().bytes,
            "is_blurred": False,
            "is_dark": False,
            **values,
        }
    )


def test_heic_is_taken_wherever_jpeg_is() -> None:
    assert "image/heic" in CONFIGURED.media_types
    assert "image/heic" not in limits_of(5, ["image/png", "application/pdf"]).media_types


def test_the_limit_of_size_is_the_last_byte_that_is_taken() -> None:
    check_claim(FileClaim("image/png", 5 * 1024 * 1024, b""), CONFIGURED)
    with pytest.raises(FileTooLarge) as refused:
        check_claim(FileClaim("image/png", 5 * 1024 * 1024 + 1, b""), CONFIGURED)
    assert refused.value.extra["max_bytes"] == 5 * 1024 * 1024


def test_a_type_that_is_not_taken_is_refused_with_those_that_are() -> None:
    with pytest.raises(FileTypeRefused) as refused:
        check_claim(FileClaim("image/svg+xml", 1, b""), CONFIGURED)
    assert refused.value.extra["accepted"] == ["application/pdf", "image/heic", "image/jpeg", "image/png"]


def test_every_refusal_of_the_page_reader_has_a_problem_of_its_own() -> None:
    assert set(_REFUSALS) == set(UnreadableFile.__subclasses__())
    assert len(set(_REFUSALS.values())) == len(_REFUSALS)
    assert all(issubclass(problem, FileRefused) for problem in _REFUSALS.values())


def test_every_type_that_opens_has_a_media_type() -> None:
    assert set(_MEDIA_TYPES) == OPENABLE


def test_only_written_questions_stand_on_a_sheet() -> None:
    check_questions([], [21, 22])
    check_questions([22, 21, 22], [21, 22])
    with pytest.raises(Invalid, match="questions 3, 40"):
        check_questions([40, 21, 3], [21, 22])


def test_the_last_page_is_the_sixtieth() -> None:
    check_room(MOST_PAGES)
    with pytest.raises(TooManySheets):
        check_room(MOST_PAGES + 1)


identities = st.lists(st.uuids(), unique=True, max_size=8)


@given(identities.flatmap(lambda ids: st.tuples(st.just(ids), st.permutations(ids))))
def test_every_order_of_all_the_sheets_is_an_order(case: tuple[list[UUID], list[UUID]]) -> None:
    live, wanted = case
    check_order(wanted, live)


@given(identities.filter(bool), st.uuids(), st.data())
def test_an_order_that_leaves_out_adds_or_repeats_is_refused(
    live: list[UUID], stranger: UUID, data: st.DataObject
) -> None:
    one = data.draw(st.sampled_from(live))
    without = [each for each in live if each != one]
    for wanted in (without, [*live, one], [*without, stranger]):
        if set(wanted) != set(live) or len(wanted) != len(live):
            with pytest.raises(Invalid):
                check_order(wanted, live)


pages = st.dictionaries(st.uuids(), st.integers(1, 60), max_size=10)


@given(pages, st.integers(1, 60), st.integers(0, 19))
def test_what_is_put_in_finds_its_places_free_and_keeps_the_order(
    before: dict[UUID, int], after: int, by: int
) -> None:
    now = before | moved_back(before, after=after, by=by)
    assert not {page for page in now.values() if after < page <= after + by}
    assert sorted(before, key=lambda each: before[each]) == sorted(now, key=lambda each: now[each])


def test_blurred_and_dark_pages_are_named() -> None:
    found = warnings_of(sheet(is_blurred=True, is_dark=True), [])
    assert [each.kind for each in found] == [WarningKind.BLURRED, WarningKind.DARK]


def test_a_page_that_equals_another_names_it_whatever_file_it_came_in() -> None:
    one = sheet(1, view_sha256=b"v")
    other = sheet(7, view_sha256=b"v")
    (found,) = warnings_of(one, [one, other, sheet(3)])
    assert (found.kind, found.equals_page) == (WarningKind.DUPLICATE, 7)


def test_the_pages_of_one_pdf_are_not_each_others_duplicates() -> None:
    pdf = [sheet(page, sha256=b"s", page_in_file=page) for page in (1, 2, 3)]
    assert warnings_of(pdf[0], pdf) == ()


def test_the_same_page_of_the_same_file_is_a_duplicate_even_when_views_are_made_anew() -> None:
    one, other = sheet(1, sha256=b"s"), sheet(2, sha256=b"s")
    assert [each.equals_page for each in warnings_of(one, [one, other])] == [2]
