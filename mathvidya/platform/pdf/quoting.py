"""Writing any text so that Typst reads it as text."""

import unicodedata

_NEVER = frozenset({"Cc", "Cs", "Cn"})


def printable(text: str) -> str:
    """``text`` without what has no picture: control characters, halves of characters."""
    return "".join(
        " " if character in "\t\n\r" else character
        for character in text
        if character in "\t\n\r" or unicodedata.category(character) not in _NEVER
    )


def quoted(text: str) -> str:
    """A string literal of Typst that stands for ``text``, whatever is in it."""
    return '"' + printable(text).replace("\\", "\\\\").replace('"', '\\"') + '"'
