"""Cutting a formula of LaTeX into its words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_WORDS: Final = re.compile(
    r"\\(?P<command>[A-Za-z]+\*?)|\\(?P<escape>.)|(?P<number>[0-9]+(?:\.[0-9]+)?)|(?P<space>\s+)|(?P<sign>.)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word; ``kind`` is command, escape, number, space or sign, ``at`` where it begins."""

    kind: str
    text: str
    at: int
    end: int


END: Final = Word("end", "", -1, -1)


class Words:
    """The words of a formula, read one by one."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._words = list(_cut(source))
        self._next = 0

    def peek(self) -> Word:
        """The next word that is no space, without taking it."""
        while self._next < len(self._words) and self._words[self._next].kind == "space":
            self._next += 1
        return self._words[self._next] if self._next < len(self._words) else END

    def take(self) -> Word:
        """The next word that is no space."""
        word = self.peek()
        self._next += 1
        return word

    def take_digit(self) -> str:
        """The first digit of the next number: as an argument without braces a digit stands alone."""
        word = self.take()
        if len(word.text) > 1:
            self._next -= 1
            self._words[self._next] = Word("number", word.text[1:].lstrip("."), word.at + 1, word.end)
        return word.text[0]

    def skip(self, kind: str, text: str) -> bool:
        """Take the next word if it is this one."""
        word = self.peek()
        if (word.kind, word.text) != (kind, text):
            return False
        self._next += 1
        return True

    def raw_group(self) -> str:
        """What stands between the next braces, as it was typed; or the next word."""
        first = self.take()
        if (first.kind, first.text) != ("sign", "{"):
            return first.text
        depth, start = 1, first.end
        while self._next < len(self._words):
            word = self._words[self._next]
            self._next += 1
            if word.kind == "sign":
                depth += {"{": 1, "}": -1}.get(word.text, 0)
            if depth == 0:
                return self.source[start : word.at]
        return self.source[start:]


def _cut(source: str) -> Iterator[Word]:
    for found in _WORDS.finditer(source):
        kind = found.lastgroup or "sign"
        yield Word(kind, found[kind], found.start(), found.end())
