r"""Sanity of LaTeX between dollar signs: what would not typeset, and what must never reach a browser.

Not a parser of LaTeX: it finds the slips of a typing person (an open $ or brace) and refuses the commands
that define macros, read files or carry links and markup, which have no place in a question. The browser's
typesetter is told to trust nothing; this is the first of two doors.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FORBIDDEN = re.compile(
    r"""\\(?:
    href|url|includegraphics|html\w+|style|class|cssId|require|unicode|bbox
    |input|include|openin|openout|read|write|immediate|special|catcode|csname|endcsname
    |[gex]?def|let|futurelet|global|long|(?:re)?newcommand|providecommand|(?:re)?newenvironment
    |DeclareMathOperator|loop|repeat|expandafter|usepackage|documentclass
    )""",
    re.VERBOSE,
)

_TOKENS = re.compile(
    r"(?P<command>\\[A-Za-z]+)|(?P<escaped>\\.)|(?P<display>\$\$)|(?P<inline>\$)|(?P<open>\{)|(?P<close>\})"
    r"|(?P<control>[\x00-\x08\x0b-\x1f\x7f])",
    re.DOTALL,
)

_PAIRS = {"\\left": "\\right", "\\begin": "\\end"}


@dataclass(frozen=True, slots=True)
class LatexProblem:
    """Something that is wrong at a place of a text; lines and columns count from 1."""

    line: int
    column: int
    problem: str

    def __str__(self) -> str:
        return f"line {self.line}, column {self.column}: {self.problem}"


def problems_in(text: str) -> list[LatexProblem]:
    """Everything that is wrong with the LaTeX of ``text``, in reading order."""
    return [_place(text, at, problem) for at, problem in sorted(_Reading(text).problems())]


def _place(text: str, at: int, problem: str) -> LatexProblem:
    return LatexProblem(text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at), problem)


class _Reading:
    """One pass over a text, knowing whether it stands in a formula and what is open there."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.formula: tuple[int, str] | None = None
        self.open: list[tuple[int, str]] = []

    def problems(self) -> Iterator[tuple[int, str]]:
        """Each problem with the position at which it is."""
        for token in _TOKENS.finditer(self.text):
            yield from self._of(token.lastgroup or "", token[0], token.start())
        if self.formula is not None:
            at, mark = self.formula
            yield at, f"the formula that this {mark} opens is never closed"
            yield from self._left_open()

    def _of(self, kind: str, word: str, at: int) -> Iterator[tuple[int, str]]:
        if kind == "control":
            yield at, "a control character; was a backslash swallowed?"
        elif kind == "command":
            yield from self._command(word, at)
        elif kind in {"display", "inline"}:
            yield from self._dollar(word, at)
        elif kind in {"open", "close"}:
            yield from self._brace(kind, at)

    def _command(self, word: str, at: int) -> Iterator[tuple[int, str]]:
        if _FORBIDDEN.fullmatch(word):
            yield at, f"{word} is not allowed in a question"
        elif self.formula is None:
            yield at, f"{word} stands outside a formula; put it between $ signs"
        elif word in _PAIRS:
            self.open.append((at, word))
        elif word in _PAIRS.values():
            yield from self._close(word, at)

    def _dollar(self, mark: str, at: int) -> Iterator[tuple[int, str]]:
        if self.formula is None:
            self.formula = (at, mark)
            return
        opened_at, opener = self.formula
        if mark != opener:
            yield at, f"{mark} closes the formula that {opener} opened at character {opened_at + 1}"
        yield from self._left_open()
        self.formula = None

    def _brace(self, kind: str, at: int) -> Iterator[tuple[int, str]]:
        if self.formula is None:
            return  # in prose a brace is a brace
        if kind == "open":
            self.open.append((at, "{"))
        else:
            yield from self._close("}", at)

    def _close(self, word: str, at: int) -> Iterator[tuple[int, str]]:
        wanted = _closer(self.open[-1][1]) if self.open else None
        if word == wanted:
            self.open.pop()
        elif wanted is None:
            yield at, f"{word} closes nothing"
        else:
            yield at, f"{word} stands where {wanted} is due"

    def _left_open(self) -> Iterator[tuple[int, str]]:
        for at, word in self.open:
            yield at, f"{word} is never closed by {_closer(word)}"
        self.open.clear()


def _closer(word: str) -> str:
    return _PAIRS.get(word, "}")
