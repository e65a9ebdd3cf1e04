import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from mathvidya.platform.pdf import press, prose, symbols
from mathvidya.platform.pdf.formulas import formula
from mathvidya.platform.pdf.quoting import quoted
from tests.platform.pdf_pages import texts_of

BANK = Path(__file__).parents[2] / "seeds" / "reference" / "bank"
ANY = Path(__file__).with_name("any.typ")
"""Sets whatever texts it is handed."""

NAMES = symbols.OF_TYPST | symbols.OF_THE_TEMPLATE | {"b", "t"}
SAFE = re.compile(
    r"""(?P<string>"(?:[^"\\]|\\["\\])*")
    |(?P<escape>\\[!-/:-@\[-`{-~⟨⟩⌊⌋⌈⌉])
    |(?P<name>[A-Za-z]{2,}(?:\.double)?)
    |(?P<letter>[A-Za-z])
    |(?P<number>[0-9]+(?:\.[0-9]+)?)
    |(?P<structure>[ (),;:&])
    |(?P<sign>[^\x00-\x7f])""",
    re.VERBOSE | re.DOTALL,
)


def unsafe_in(source: str) -> str:
    """What is left of a formula of Typst when everything harmless is taken out."""
    return SAFE.sub(lambda found: found["name"] or "" if found["name"] not in NAMES else "", source)


def texts(entry: Any) -> Iterator[str]:
    match entry:
        case str():
            yield entry
        case dict():
            for each in entry.values():
                yield from texts(each)
        case list():
            for each in entry:
                yield from texts(each)


@cache
def bank() -> list[str]:
    found = (yaml.load(path.read_text(), yaml.CSafeLoader) for path in sorted(BANK.rglob("*.yaml")))
    return list(dict.fromkeys(texts(list(found))))


def test_every_text_of_the_starter_bank_is_set() -> None:
    pieces = [prose(text) for text in bank()]
    assert len(pieces) > 1500
    assert press(ANY, pieces, {}).startswith(b"%PDF")


def test_nothing_in_the_starter_bank_is_unknown() -> None:
    formulas = [piece["body"] for text in bank() for piece in prose(text) if piece["kind"] != "words"]
    assert [each for each in formulas if '"\\\\' in each] == []


@pytest.mark.parametrize(
    ("latex", "typst"),
    [
        (r"\frac{1}{2}", "frac(1,2)"),
        (r"\frac12", "frac(1,2)"),
        (r"x^2_1", "attach(x,b:1,t:2)"),
        (r"f'(x)", r"attach(f,t:′) \( x \)"),
        (r"60^\circ", "attach(60,t:∘)"),
        (r"\sqrt[3]{x}", "root(3,x)"),
        (r"5\text{ cm}", '5" cm"'),
        (r"\cosec\theta", 'op("cosec") θ'),
        (r"10{,}000", '10","000'),
        (r"\left[\frac{a}{b}\right]", r"lr(\[ frac(a,b) \])"),
        (r"\begin{bmatrix}1 & a, b\\0\end{bmatrix}", r'bmatrix(1,a \, b;0,"";)'),
        (r"\begin{cases}1, & x > 0\\k\end{cases}", r"casesof(1 \, & x \> 0,k)"),
        (r"\nonsense{x}", '"\\\\nonsense"x'),
        (r"\^a\_b", r"\^ a \_ b"),
        (r"\langle x", r"\⟨ x"),
        ("", '""'),
    ],
)
def test_what_latex_becomes(latex: str, typst: str) -> None:
    assert formula(latex) == typst


def test_an_unknown_command_is_shown() -> None:
    pdf = press(ANY, [prose(r"Take $\nonsense{x}$ and a $ sign.")], {})
    assert r"\nonsense" in texts_of(pdf)[0]


def test_what_is_nested_too_deep_is_shown_as_it_was_typed() -> None:
    deep = r"\sqrt{" * 400 + "x" + "}" * 400
    assert formula(deep) == quoted(deep)
    assert press(ANY, [prose(f"${deep}$")], {}).startswith(b"%PDF")


def test_words_are_data() -> None:
    words = '#read("/data.json") ] ) " \\u{41} $x #panic() @ref <label> */ // = heading'
    shown = texts_of(press(ANY, [prose(words)], {}))[0]
    assert '#read("/data.json") ] ) "' in shown
    assert "#panic() @ref <label> */ // = heading" in shown


_FRAGMENTS = st.sampled_from(
    [
        *(f"\\{name}" for name in (*symbols.SIGNS, *symbols.ONE_ARGUMENT, *symbols.FRACTIONS)),
        *(r"\left", r"\right", r"\begin{cases}", r"\end{cases}", r"\begin{array}{|c|}", r"\begin{bmatrix}"),
        *(
            r"\end{bmatrix}",
            r"\\",
            "&",
            "{",
            "}",
            "^",
            "_",
            "'",
            "#",
            '"',
            "$",
            "\\",
            "[",
            "]",
            "(",
            ")",
            ",",
        ),
        *(";", ":", "..", "#panic()", "//", "/*", "*/", "x", "17", " ", r"\sqrt", r"\text{", r"\middle", "|"),
        *(r"\displaystyle", r"\limits", r"\operatorname{", r"\u{41}", "é", "\N{DEVANAGARI LETTER KA}", "\0"),
    ]
)
ANYTHING = st.one_of(st.text(), st.lists(_FRAGMENTS, max_size=30).map("".join))


@given(ANYTHING)
def test_no_formula_can_do_more_than_be_typeset(latex: str) -> None:
    assert unsafe_in(formula(latex)) == ""


@settings(max_examples=15, phases=[Phase.explicit, Phase.generate])  # each is forty documents in one
@given(st.lists(st.one_of(ANYTHING, ANYTHING.map(lambda text: f"${text}$")), min_size=40, max_size=40))
def test_whatever_is_written_is_set(written: list[str]) -> None:
    assert press(ANY, [prose(text) for text in written], {}).startswith(b"%PDF")


@given(st.text())
def test_a_string_ends_where_it_should(text: str) -> None:
    assert re.fullmatch(r'"(?:[^"\\]|\\["\\])*"', quoted(text))
