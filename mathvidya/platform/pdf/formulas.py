r"""From a formula of LaTeX to one of Typst, for the part of LaTeX that questions are written in.

What comes out holds string literals, escaped signs, digits, single letters, and names out of
``symbols``: never a ``#``, through which alone a formula of Typst could do more than be typeset. What is not
known is shown as it was typed.
"""

from collections.abc import Callable, Sequence
from typing import Final

from mathvidya.platform.pdf import symbols
from mathvidya.platform.pdf.quoting import printable, quoted
from mathvidya.platform.pdf.tokens import END, Word, Words

_DEEPEST: Final = 12
"""Deeper nesting than any question has; Typst itself gives up some way below."""

_NOTHING: Final = '""'
_SHOWS_SPACE: Final = ('"', "\\|", "‖")
_BRACKETS: Final = frozenset("⟨⟩⌊⌋⌈⌉")
"""Typst looks for the partner of a bracket that is not escaped."""
_AS_THEY_ARE: Final = {"-": "−", "*": "∗", "'": "′"}


class _TooDeep(Exception):
    """Nested deeper than can be set."""


def formula(latex: str) -> str:
    """The formula in Typst; one that is nested too deep is shown as it was typed."""
    try:
        return _Translation(latex).whole()
    except _TooDeep:
        return quoted(latex)


def joined(atoms: Sequence[str]) -> str:
    """Atoms one after another: apart, but for those beside which Typst would show the space."""
    line = ""
    for atom in atoms:
        apart = bool(line) and not line.endswith(_SHOWS_SPACE) and not atom.startswith(_SHOWS_SPACE)
        line += f" {atom}" if apart else atom
    return line or _NOTHING


class _Translation:
    """One reading of one formula."""

    def __init__(self, latex: str) -> None:
        self.words = Words(latex)
        self.depth = 0

    def whole(self) -> str:
        atoms: list[str] = []
        while self.words.peek() is not END:
            atoms += self._run(lambda _: False)
            stray = self.words.peek()
            if stray is not END:
                atoms.append(_escaped(self.words.take()))
        return joined(atoms)

    def _run(self, stops: Callable[[Word], bool]) -> list[str]:
        """Atoms up to a closing brace, the end, or where ``stops`` says; that word is left standing."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _TooDeep
        atoms: list[str] = []
        while not _closes(word := self.words.peek()) and not stops(word):
            if self.words.skip("command", "displaystyle"):
                atoms.append(f"display({joined(self._run(stops))})")
            else:
                atoms += self._scripted()
        self.depth -= 1
        return atoms

    def _scripted(self) -> list[str]:
        """One atom with what hangs on it above and below."""
        hangs = _is_script(self.words.peek())
        base = [] if hangs else self._atom(self.words.take())
        above, below = self._scripts()
        if not above and not below:
            return base
        scripts = f",b:{joined(below)}" * bool(below) + f",t:{joined(above)}" * bool(above)
        *before, last = base or [_NOTHING]
        return [*before, f"attach({last}{scripts})"]

    def _scripts(self) -> tuple[list[str], list[str]]:
        above: list[str] = []
        below: list[str] = []
        while True:
            if self.words.skip("sign", "^"):
                above += self._argument()
            elif self.words.skip("sign", "_"):
                below += self._argument()
            elif self.words.skip("sign", "'"):
                above.append("′")
            elif not self.words.skip("command", "limits"):
                return above, below

    def _atom(self, word: Word) -> list[str]:
        match word.kind:
            case "command":
                return self._command(word)
            case "escape":
                return self._escape(word)
            case "number":
                return [word.text]
        if word.text == "{":
            return [self._rest_of_group()]
        return [_escaped(word)]

    def _escape(self, word: Word) -> list[str]:
        space = symbols.SPACES.get(word.text)
        if space is not None:
            return [space]
        if word.text == "|":
            return ["‖"]
        return ["quad"] if word.text == "\\" else [_escaped(word)]

    def _argument(self) -> list[str]:
        """What the next braces hold, or the next word alone."""
        word = self.words.peek()
        if _closes(word):
            return [_NOTHING]
        if word.kind == "number":
            return [self.words.take_digit()]
        return self._atom(self.words.take()) or [_NOTHING]

    def _rest_of_group(self) -> str:
        inner = self._run(lambda _: False)
        self.words.skip("sign", "}")
        only = inner[0] if len(inner) == 1 else ""
        # {,} is how a comma of a number is written: a sign without the space of a list
        return quoted(only[1:]) if only in {"\\,", "\\:", "\\;"} else joined(inner)

    def _command(self, word: Word) -> list[str]:
        name = word.text
        structure = _STRUCTURES.get(name)
        if structure is not None:
            return [structure(self)]
        if name in symbols.SIGNS:
            return [_sign(symbols.SIGNS[name])]
        if name in symbols.SPACES:
            return [symbols.SPACES[name]]
        return self._named(name)

    def _named(self, name: str) -> list[str]:
        if name in symbols.FUNCTIONS:
            return [name]
        if name in symbols.MORE_FUNCTIONS:
            return [f"op({quoted(name)})"]
        if name in symbols.ONE_ARGUMENT:
            return [f"{symbols.ONE_ARGUMENT[name]}({joined(self._argument())})"]
        if name in symbols.FRACTIONS:
            over, under = joined(self._argument()), joined(self._argument())
            return [f"{symbols.FRACTIONS[name]}({over},{under})"]
        if name in symbols.TEXTS:
            return [self._text(symbols.TEXTS[name])]
        return [] if name in symbols.SILENT else [quoted(f"\\{name}")]

    def _text(self, face: str) -> str:
        pieces = self.words.raw_group().split("$")
        atoms = [
            formula(piece) if odd else quoted(_unescaped(piece))
            for piece, odd in zip(pieces, [False, True] * len(pieces), strict=False)
        ]
        return f"{face}({joined(atoms)})" if face else joined(atoms)

    def root(self) -> str:
        """``\\sqrt``, with or without an index."""
        if not self.words.skip("sign", "["):
            return f"sqrt({joined(self._argument())})"
        index = self._run(lambda word: word.text == "]")
        self.words.skip("sign", "]")
        return f"root({joined(index)},{joined(self._argument())})"

    def operator(self) -> str:
        """``\\operatorname``."""
        return f"op({quoted(self.words.raw_group())})"

    def fenced(self) -> str:
        """``\\left … \\right``: signs that grow with what stands between them."""
        opening = self._fence()
        inner = self._run(lambda word: (word.kind, word.text) == ("command", "right"))
        closing = self._fence() if self.words.skip("command", "right") else ""
        return f"lr({joined([part for part in (opening, *inner, closing) if part])})"

    def middle(self) -> str:
        """``\\middle``: shown, though it does not grow."""
        return self._fence() or _NOTHING

    def _fence(self) -> str:
        word = self.words.peek()
        if _closes(word) and word.text != "}":
            return ""
        word = self.words.take()
        if (word.kind, word.text) == ("escape", "|"):
            return "‖"
        if word.kind == "command":
            return _sign(symbols.SIGNS[word.text]) if word.text in symbols.SIGNS else ""
        return "" if word.text == "." else _escaped(word)

    def environment(self) -> str:
        """``\\begin … \\end``: rows of cells."""
        name = self.words.raw_group()
        is_ruled = "|" in self.words.raw_group() if name in {"array", "tabular"} else False
        rows = self._rows()
        if self.words.skip("command", "end"):
            self.words.raw_group()
        if name == "cases":
            return f"casesof({','.join(' & '.join(row) for row in rows)})"
        function = "tabular" if is_ruled else symbols.MATRICES.get(name, "rows")
        width = max(map(len, rows))
        return f"{function}({''.join(','.join(_padded(row, width)) + ';' for row in rows)})"

    def _rows(self) -> list[list[str]]:
        rows: list[list[str]] = [[]]
        while True:
            rows[-1].append(joined(self._run(_ends_cell)))
            if self.words.skip("sign", "&"):
                continue
            if not self.words.skip("escape", "\\"):
                break
            rows.append([])
        return [row for row in rows if row != [_NOTHING]] or [[_NOTHING]]


_STRUCTURES: Final[dict[str, Callable[[_Translation], str]]] = {
    "sqrt": _Translation.root,
    "left": _Translation.fenced,
    "middle": _Translation.middle,
    "begin": _Translation.environment,
    "operatorname": _Translation.operator,
    "operatorname*": _Translation.operator,
}


def _closes(word: Word) -> bool:
    return word is END or (word.kind, word.text) == ("sign", "}")


def _is_script(word: Word) -> bool:
    return word.kind == "sign" and word.text in {"^", "_", "'"}


def _ends_cell(word: Word) -> bool:
    return (word.kind, word.text) in {("sign", "&"), ("escape", "\\"), ("command", "end")}


def _padded(row: list[str], width: int) -> list[str]:
    return row + [_NOTHING] * (width - len(row))


def _escaped(word: Word) -> str:
    return _sign(_AS_THEY_ARE.get(word.text, word.text) if word.kind == "sign" else word.text)


def _sign(character: str) -> str:
    """One character as an atom of a formula."""
    if character.isascii() and character.isalnum():
        return character
    if character in _BRACKETS:
        return f"\\{character}"
    if character in symbols.KNOWN_CHARACTERS or character in _AS_THEY_ARE.values():
        return character
    if character.isascii() and character.isprintable() and character not in " ~":
        return f"\\{character}"
    return quoted(character) if printable(character).strip() else "wordspace"


def _unescaped(text: str) -> str:
    """Prose inside a formula: an escaped sign is the sign."""
    for sign in "%$&#_{}":
        text = text.replace(f"\\{sign}", sign)
    return text.replace("~", "\u00a0")
