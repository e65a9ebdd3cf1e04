"""What may become a sheet, where it stands, and what is said about it. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from mathvidya.attempts.errors import FileTooLarge, FileTypeRefused, TooManySheets
from mathvidya.attempts.models import AnswerSheetUpload
from mathvidya.platform.errors import Invalid

MOST_PAGES: Final = 60
"""An answer book of 38 questions rarely passes 30 sides; twice that is a mistake or an attack."""

MOST_SLOTS: Final = 4 * MOST_PAGES
"""Every page photographed four times over: what one exam may put into storage, replaced pages included."""

_HEIC: Final = "image/heic"
_JPEG: Final = "image/jpeg"


@dataclass(frozen=True, slots=True)
class FileClaim:
    """What a browser says of a file before it sends it."""

    media_type: str
    size_bytes: int
    sha256: bytes


@dataclass(frozen=True, slots=True)
class FileLimits:
    """What is taken: bytes of a file, and media types."""

    max_bytes: int
    media_types: frozenset[str]


class WarningKind(StrEnum):
    """What can be wrong with a page that opens."""

    BLURRED = "blurred"
    DARK = "dark"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class SheetWarning:
    """Advice while the phone is still in the hand; it refuses nothing. A duplicate names its equal's page."""

    kind: WarningKind
    says: str
    equals_page: int | None = None


def limits_of(max_megabytes: int, media_types: Iterable[str]) -> FileLimits:
    """The limits as configured.

    HEIC is taken wherever JPEG is: it is what the same phone sends when the page is picked from its files,
    and a student cannot be asked to know the difference.
    """
    configured = frozenset(media_types)
    return FileLimits(
        max_bytes=max_megabytes * 1024 * 1024,
        media_types=configured | {_HEIC} if _JPEG in configured else configured,
    )


def check_claim(claim: FileClaim, limits: FileLimits) -> None:
    """Refuse by what is said what would be refused by its bytes. Raises FileTypeRefused, FileTooLarge."""
    check_media_type(claim.media_type, limits, field="media_type")
    if claim.size_bytes > limits.max_bytes:
        raise FileTooLarge(
            f"a file may have {limits.max_bytes} bytes; let the phone send it smaller",
            {"size_bytes": [f"Send at most {limits.max_bytes} bytes."]},
            max_bytes=limits.max_bytes,
        )


def check_media_type(media_type: str, limits: FileLimits, *, field: str = "file") -> None:
    """Raises FileTypeRefused with the types that are taken."""
    if media_type not in limits.media_types:
        accepted = sorted(limits.media_types)
        raise FileTypeRefused(
            f"{media_type} is not taken", {field: [f"Send one of {', '.join(accepted)}."]}, accepted=accepted
        )


def check_questions(numbers: Collection[int], written: Collection[int]) -> None:
    """Only questions that are answered in writing can stand on a sheet. Raises Invalid, naming the others."""
    others = sorted(set(numbers) - set(written))
    if others:
        raise Invalid(
            f"questions {_listed(others)} of this paper are not answered in writing",
            {"question_numbers": [f"Give numbers among {_listed(sorted(written))}."]},
        )


def check_order(wanted: Sequence[UUID], live: Collection[UUID]) -> None:
    """An order names every live sheet exactly once. Raises Invalid, naming what is missing or strange."""
    missing, strange = set(live) - set(wanted), set(wanted) - set(live)
    if missing or strange or len(wanted) != len(live):
        raise Invalid(
            "the order has to name every sheet of this exam exactly once; read the list again",
            {"sheet_ids": ["Name each of the sheets once, and no others."]},
            missing=sorted(map(str, missing)),
            strange=sorted(map(str, strange)),
        )


def check_room(last_page: int) -> None:
    """Raises TooManySheets beyond the last page that an answer book may have."""
    if last_page > MOST_PAGES:
        raise TooManySheets(f"an answer book has at most {MOST_PAGES} pages", max_pages=MOST_PAGES)


def moved_back(pages: Mapping[UUID, int], *, after: int, by: int) -> dict[UUID, int]:
    """The page numbers that change when ``by`` pages are put in behind page ``after``; none is displaced."""
    return {identity: page + by for identity, page in pages.items() if by and page > after}


def warnings_of(sheet: AnswerSheetUpload, live: Iterable[AnswerSheetUpload]) -> tuple[SheetWarning, ...]:
    """What its student should know of a sheet, among the live sheets of the exam."""
    found = []
    if sheet.is_blurred:
        found.append(SheetWarning(WarningKind.BLURRED, "This page looks blurred. Photograph it again."))
    if sheet.is_dark:
        found.append(SheetWarning(WarningKind.DARK, "This page is dark. Photograph it again in more light."))
    found.extend(_duplicate(other) for other in live if _equal(sheet, other))
    return tuple(found)


def _duplicate(other: AnswerSheetUpload) -> SheetWarning:
    says = f"This is the same picture as page {other.page_number}."
    return SheetWarning(WarningKind.DUPLICATE, says, equals_page=other.page_number)


def _equal(one: AnswerSheetUpload, other: AnswerSheetUpload) -> bool:
    """The same picture: by what is shown, or by the page of the same file."""
    if one.id == other.id:
        return False
    same_source = one.sha256 == other.sha256 and one.page_in_file == other.page_in_file
    return same_source or one.view_sha256 == other.view_sha256


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(str(number) for number in numbers)
