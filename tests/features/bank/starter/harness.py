"""Works the starter bank's answers out again and holds its text to them.

A starter question is typed by a person, and a wrong key costs every student who meets it a mark.
So each test module of this folder opens one bank file as a `Chapter`, registers one function per
question that computes the answer afresh with SymPy, and says what it leaves out and why.

What such a function returns depends on the type of its question:

- MCQ: `(answer, (a, b, c, d))`, the computed answer and the four choices in their printed order;
  exactly one choice may equal the answer, and it must be the key's.
- ASSERTION_REASON: `(assertion_holds, reason_holds)`; whether the reason *explains* is a judgement
  that no computation makes, so the keys A and B are told apart by the author alone.
- VSA, SA, LA: `(answer, fragment)` or a list of such pairs; the fragment is the LaTeX of the
  solution that states the answer and must stand there but for white space.
- CASE_STUDY: a dictionary from part label (`"iii-or"` for the OR of part iii) to what a written
  question returns.

Choices and fragments are typed too, once in YAML and once in the test. Where `read` understands
their LaTeX (of a fragment: the value that it ends in), it must equal the value that is claimed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tokenize import TokenError
from typing import Any

import sympy as sp
import yaml
from sympy.parsing import sympy_parser as parser

BANK = Path(__file__).parents[4] / "seeds" / "reference" / "bank"

Question = dict[str, Any]
Check = Callable[[], Any]


def load(path: Path) -> list[Question]:
    """The questions of one bank file, in their order."""
    questions: list[Question] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return questions


class Chapter:
    """The questions of one bank file and the functions that work their answers out again.

    `not_computable` maps the code of a question (or `code/part`) to the reason why no computation
    can check it.
    """

    def __init__(self, file: str, *, not_computable: Mapping[str, str]) -> None:
        self.questions = {question["code"]: question for question in load(BANK / f"{file}.yaml")}
        self.not_computable = not_computable
        self.checks: dict[str, Check] = {}

    @property
    def recomputed(self) -> list[str]:
        """The codes that have a check, for parametrising a test."""
        return sorted(self.checks)

    def recomputes(self, code: str) -> Callable[[Check], Check]:
        """Register the decorated function as the check of this question."""

        def register(check: Check) -> Check:
            assert code not in self.checks, f"{code} is recomputed twice"
            self.checks[code] = check
            return check

        return register

    def verify(self, code: str) -> None:
        """Fail when the question says anything else than its recomputation."""
        question = self.questions[code]
        VERIFIERS.get(question["type"], verify_written)(question, self.checks[code]())
        if question["type"] == "CASE_STUDY":
            self._verify_every_part_is_covered(question)

    def verify_coverage(self) -> None:
        """Fail unless every question is either recomputed or argued, and none is both."""
        argued = {code for code in self.not_computable if "/" not in code}
        assert not argued & set(self.checks), "argued as not computable, yet recomputed"
        assert argued | set(self.checks) == set(self.questions)

    def _verify_every_part_is_covered(self, question: Question) -> None:
        code = question["code"]
        argued = {entry.partition("/")[2] for entry in self.not_computable if f"{code}/" in entry}
        assert argued | set(self.checks[code]()) == {label for label, _ in answerable(question)}


def answerable(question: Question) -> Iterator[tuple[str, Question]]:
    """Each part of a case study, and the OR of a part as `label-or`, with what carries its text."""
    for part in question["parts"]:
        yield part["label"], part
        if "alternative" in part:
            yield f"{part['label']}-or", part["alternative"]


def verify_choice(question: Question, result: tuple[Any, tuple[Any, Any, Any, Any]]) -> None:
    answer, values = result
    labels = [choice["label"] for choice in question["choices"]]
    for choice, value in zip(question["choices"], values, strict=True):
        assert_text_says(choice["text"], value)
    right = [label for label, value in zip(labels, values, strict=True) if same(answer, value)]
    assert right == question["key"], f"{answer} is choice {right}, the key says {question['key']}"


def verify_assertion_reason(question: Question, result: tuple[bool, bool]) -> None:
    assertion, reason = (bool(part) for part in result)
    possible = {(True, True): "AB", (True, False): "C", (False, True): "D"}[assertion, reason]
    assert question["key"][0] in possible, f"the key must be one of {possible}"


def verify_written(question: Question, result: Any) -> None:
    solution = squeezed(question["solution"])
    for answer, fragment in result if isinstance(result, list) else [result]:
        assert squeezed(fragment) in solution, f"the solution does not say {fragment}"
        assert_text_says(last_value(fragment), answer)


def last_value(fragment: str) -> str:
    """What a fragment ends in: after its last `=`, and after prose that a formula follows."""
    tail = fragment.rpartition("=")[2].strip()
    return tail.rstrip("$").rpartition("$")[2] if tail.endswith("$") else tail


def verify_case_study(question: Question, result: Mapping[str, Any]) -> None:
    parts = dict(answerable(question))
    for label, answer in result.items():
        verify_written(parts[label], answer)


VERIFIERS: dict[str, Callable[[Question, Any], None]] = {
    "MCQ": verify_choice,
    "ASSERTION_REASON": verify_assertion_reason,
    "CASE_STUDY": verify_case_study,
}


def assert_text_says(text: str, value: Any) -> None:
    """Fail when the text is LaTeX that can be read and means another value than the claimed one."""
    if isinstance(value, sp.MatrixBase):
        forms = {squeezed(bmatrix(value)), squeezed(ijk(value))}
        assert any(form in squeezed(text) for form in forms), f"{text} is not {value}"
    reading = read(text)
    if comparable(reading, value):
        assert same(reading, value), f"{text} reads as {reading}, but {value} is claimed"


def comparable(reading: Any, value: Any) -> bool:
    if isinstance(reading, tuple) and isinstance(value, tuple):
        return len(reading) == len(value) and all(map(comparable, reading, value))
    return is_expression(reading) and is_expression(value)


def is_expression(value: Any) -> bool:
    return isinstance(value, int | sp.Expr) and not isinstance(value, bool)


def bmatrix(matrix: sp.MatrixBase) -> str:
    """A matrix as the bank writes it, so that a fragment can be made from a computed value."""
    rows = r" \\ ".join(" & ".join(map(sp.latex, row)) for row in matrix.tolist())
    return rf"\begin{{bmatrix}} {rows} \end{{bmatrix}}"


def ijk(vector: sp.MatrixBase) -> str:
    """A vector of three numbers in unit vectors with hats, as in `2i - j + 3k`."""
    symbols = [sp.Symbol(rf"\hat{{{name}}}") for name in "ijk"]
    terms = [sp.latex(number * symbol) for number, symbol in zip(vector, symbols, strict=False)]
    return " + ".join(term for term in terms if term != "0").replace("+ -", "-")


def squeezed(text: str) -> str:
    """The text without white space, which LaTeX reads the same."""
    return "".join(text.split())


def same(left: Any, right: Any) -> bool:
    """Whether two values mean the same: tuples and matrices by entry, expressions by value."""
    if isinstance(left, tuple | list) and isinstance(right, tuple | list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, sp.MatrixBase) and isinstance(right, sp.MatrixBase):
        return left.shape == right.shape and all(map(same, left, right))
    if is_expression(left) and is_expression(right):
        return equal(sp.sympify(left), sp.sympify(right))
    return bool(left == right)


def equal(left: sp.Expr, right: sp.Expr) -> bool:
    """Whether two expressions agree to 20 digits at three points between 0 and 1.

    Sampling instead of `simplify`: it is quick, it never gives up, and the wrong answers that a
    question offers differ by far more than it overlooks.
    """
    if left == right:
        return True
    difference = anonymous(left) - anonymous(right)
    symbols = sorted(difference.free_symbols, key=str)
    return all(
        abs(difference.subs(point).evalf(30, chop=True)) < sp.Float("1e-20")
        for point in sample_points(symbols)
    )


def anonymous(expression: sp.Expr) -> sp.Expr:
    """The expression with symbols known by name alone: `Symbol("x", real=True)` is `x`."""
    names = {symbol: sp.Symbol(symbol.name) for symbol in expression.free_symbols}
    return expression.xreplace(names)


def sample_points(symbols: list[sp.Symbol]) -> list[dict[sp.Symbol, sp.Rational]]:
    return [
        {symbol: sp.Rational(prime, 37 + place) for place, symbol in enumerate(symbols)}
        for prime in (5, 13, 29)
    ]


READABLE = {
    **{name: getattr(sp, name) for name in ("Integer", "Float", "Rational", "Symbol", "Function")},
    **{name: getattr(sp, name) for name in ("Abs", "sqrt", "root", "pi", "exp", "log")},
    **{name: getattr(sp, name) for name in ("sin", "cos", "tan", "cot", "sec", "csc")},
    **{name: getattr(sp, name) for name in ("asin", "acos", "atan")},
    "e": sp.E,
}

TRANSFORMATIONS = (
    *parser.standard_transformations,
    parser.rationalize,
    parser.split_symbols,
    parser.implicit_multiplication,
    parser.implicit_application,
    parser.function_exponentiation,
)

# LaTeX to the words of SymPy's parser, in this order; braces shrink from the inside outwards.
REWRITES = [
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"\\(?:left|right|,|;|displaystyle)(?![a-z])|[{]([,])[}]", ""),
        (r"\\(sin|cos|tan)\^\{-1\}", r" a\1 "),
        (r"\\(sin|cos|tan|log)\s*(\d*[a-z])\s*(?=\\(?:sin|cos|tan|log))", r" \1(\2) * "),
        (r"\\log\\(sin|cos|tan)\s*([a-z])", r" log(\1(\2)) "),
        (r"\\hat\{([ijk])\}", r" \1 "),
        (r"\\(?:times|cdot)(?![a-z])", " * "),
        (r"\\(?:cosec)(?![a-z])", " csc "),
        (r"\\lambda(?![a-z])", " lamda "),
        (r"\\(sin|cos|tan|cot|sec|log|pi|theta|alpha|beta|mu)(?![a-z])", r" \1 "),
        (r"\^\{([^{}]*)\}", r"**(\1)"),
        (r"\^(\w)", r"**\1"),
        (r"\\d?frac(\d)(\d)", r"((\1)/(\2))"),
        (r"\\sqrt(?:\[(\d)\])\{([^{}]*)\}", r" root(\2, \1)"),
        (r"\\sqrt\{([^{}]*)\}", r" sqrt(\1)"),
        (r"\\d?frac\{([^{}]*)\}\{([^{}]*)\}", r"((\1)/(\2))"),
        (r"\|([^|]*)\|", r" Abs(\1) "),
    )
]


def read(text: str) -> Any | None:
    """The value of a short piece of LaTeX, or None where it holds more than plain algebra."""
    rewritten = rewrite(text.replace("$", " ").strip(" .\n"))
    if not rewritten or re.search(r"[^\w\s()+\-*/,.]|[^\W\d_]{2,}", unnamed(rewritten)):
        return None
    try:
        return parser.parse_expr(rewritten, transformations=TRANSFORMATIONS, global_dict=dict(READABLE))
    except (SyntaxError, TokenError, TypeError, ValueError):
        return None


def rewrite(text: str) -> str:
    """Apply the rewrites until nothing changes any more."""
    before = ""
    while before != text:
        before = text
        for pattern, replacement in REWRITES:
            text = pattern.sub(replacement, text)
    return text


def unnamed(text: str) -> str:
    """The text without the names that SymPy's parser will know, so that what is left is prose."""
    return re.sub(r"\b(?:lamda|theta|alpha|beta|mu|" + "|".join(READABLE) + r")\b", " ", text)
