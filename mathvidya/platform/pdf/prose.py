"""Text of a question as pieces that a template sets: words, formulas, ends of paragraphs."""

import re
from collections.abc import Iterator
from typing import Final, Literal, TypedDict

from mathvidya.platform.pdf.formulas import formula
from mathvidya.platform.pdf.quoting import printable

_FORMULA: Final = re.compile(
    r"(?<!\\)\$\$(?P<display>(?:\\.|[^\\$])+)\$\$|(?<!\\)\$(?P<inline>(?:\\.|[^\\$])+)\$", re.DOTALL
)
_PARAGRAPH: Final = re.compile(r"[ \t\r]*\n[ \t\r]*\n\s*")
_APOSTROPHE: Final = re.compile(r"(?<=\w)'")
_ESCAPED: Final = re.compile(r"\\([$%&#_{}\\])")


class Piece(TypedDict):
    """A piece of prose. Only a formula is ever read as Typst; words are data."""

    kind: Literal["words", "inline", "display", "paragraph"]
    body: str


def prose(text: str) -> list[Piece]:
    """The pieces of a text in reading order. A dollar sign that nothing closes is a dollar sign."""
    return list(_pieces(text.strip()))


def _pieces(text: str) -> Iterator[Piece]:
    at = 0
    for found in _FORMULA.finditer(text):
        kind: Literal["display", "inline"] = "display" if found["display"] is not None else "inline"
        before = text[at : found.start()]
        yield from _words(before.rstrip() if kind == "display" else before)
        yield {"kind": kind, "body": formula(found[kind])}
        at = found.end()
        if kind == "display":  # stands on lines of its own: spaces beside it would indent what follows
            at += len(text[at:]) - len(text[at:].lstrip())
    yield from _words(text[at:])


def _words(text: str) -> Iterator[Piece]:
    for place, paragraph in enumerate(_PARAGRAPH.split(text)):
        if place:
            yield {"kind": "paragraph", "body": ""}
        if paragraph:
            words = _APOSTROPHE.sub("’", _ESCAPED.sub(r"\1", paragraph))
            yield {"kind": "words", "body": printable(words)}
