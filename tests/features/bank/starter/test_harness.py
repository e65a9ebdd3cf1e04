"""The harness itself: it must notice every way in which a question can be wrong."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

from tests.features.bank.starter import harness
from tests.features.bank.starter.harness import Chapter, Question, equal, read, same

x, C = sp.symbols("x C")
half = sp.Rational(1, 2)

MCQ: Question = {
    "choices": [
        {"label": label, "text": text}
        for label, text in zip("ABCD", ["$1$", "$2$", r"$\frac{5}{2}$", "$4$"], strict=True)
    ],
    "key": ["B"],
}
WRITTEN: Question = {"solution": "So the area is\n$3 \\times 4 = 12$ square units.\n"}
VALUES = (1, 2, 5 * half, 4)


def test_right_key_is_accepted() -> None:
    harness.verify_choice(MCQ, (2, VALUES))


def test_wrong_key_is_refused() -> None:
    with pytest.raises(AssertionError, match="the key says"):
        harness.verify_choice(MCQ, (4, VALUES))


def test_answer_that_no_choice_holds_is_refused() -> None:
    with pytest.raises(AssertionError, match="the key says"):
        harness.verify_choice(MCQ, (7, VALUES))


def test_two_choices_of_equal_value_are_refused() -> None:
    twice = {**MCQ, "choices": [*MCQ["choices"][:3], {"label": "D", "text": r"$\sqrt{4}$"}]}
    with pytest.raises(AssertionError, match="the key says"):
        harness.verify_choice(twice, (2, (1, 2, 5 * half, 2)))


def test_choice_whose_text_says_something_else_is_refused() -> None:
    with pytest.raises(AssertionError, match="is claimed"):
        harness.verify_choice(MCQ, (2, (1, 2, half, 4)))


@pytest.mark.parametrize(
    ("truths", "keys"),
    [
        ((True, True), "AB"),
        ((True, False), "C"),
        ((False, True), "D"),
    ],
)
def test_assertion_and_reason_allow_only_fitting_keys(truths: tuple[bool, bool], keys: str) -> None:
    for key in keys:
        harness.verify_assertion_reason({"key": [key]}, truths)
    for key in set("ABCD") - set(keys):
        with pytest.raises(AssertionError, match="the key must be one of"):
            harness.verify_assertion_reason({"key": [key]}, truths)


def test_fragment_of_the_solution_is_accepted_across_lines() -> None:
    harness.verify_written(WRITTEN, (12, r"area is $3 \times 4 = 12$"))


def test_fragment_that_the_solution_lacks_is_refused() -> None:
    with pytest.raises(AssertionError, match="does not say"):
        harness.verify_written(WRITTEN, (12, "$12$ metres"))


def test_fragment_with_another_value_than_computed_is_refused() -> None:
    with pytest.raises(AssertionError, match="is claimed"):
        harness.verify_written(WRITTEN, (13, r"$3 \times 4 = 12$"))


def test_matrix_with_one_other_entry_is_refused() -> None:
    text = r"$\begin{bmatrix} 1 & 2 \\ 0 & 1 \end{bmatrix}$"
    harness.assert_text_says(text, sp.Matrix([[1, 2], [0, 1]]))
    with pytest.raises(AssertionError):
        harness.assert_text_says(text, sp.Matrix([[1, 2], [0, 2]]))


def test_vector_with_another_sign_is_refused() -> None:
    text = r"$2\hat{i} - \hat{j} + 3\hat{k}$"
    harness.assert_text_says(text, sp.Matrix([2, -1, 3]))
    with pytest.raises(AssertionError):
        harness.assert_text_says(text, sp.Matrix([2, 1, 3]))


def case_file(monkeypatch: pytest.MonkeyPatch, argued: dict[str, str]) -> Chapter:
    part = {"label": "i", "solution": "$k = 1$"}
    other = {"label": "ii", "solution": "$k = 2$", "alternative": {"solution": "$k = 3$"}}
    case = {"code": "case", "type": "CASE_STUDY", "parts": [part, other]}
    monkeypatch.setattr(harness, "load", lambda _: [case])
    return Chapter("any", not_computable=argued)


def test_case_study_needs_every_part_and_alternative(monkeypatch: pytest.MonkeyPatch) -> None:
    chapter = case_file(monkeypatch, {})
    answers: dict[str, Any] = {"i": (1, "$k = 1$"), "ii": (2, "$k = 2$")}
    chapter.recomputes("case")(lambda: answers)
    with pytest.raises(AssertionError):
        chapter.verify("case")
    answers["ii-or"] = (3, "$k = 3$")
    chapter.verify("case")


def test_part_may_be_argued_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    chapter = case_file(monkeypatch, {"case/ii-or": "a proof"})
    chapter.recomputes("case")(lambda: {"i": (1, "$k = 1$"), "ii": (2, "$k = 2$")})
    chapter.verify("case")
    chapter.verify_coverage()


def test_question_without_check_or_argument_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(AssertionError):
        case_file(monkeypatch, {}).verify_coverage()


def test_question_with_both_check_and_argument_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    chapter = case_file(monkeypatch, {"case": "a proof"})
    chapter.recomputes("case")(dict)
    with pytest.raises(AssertionError, match="yet recomputed"):
        chapter.verify_coverage()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r"$-\frac{3}{2}$", -3 * half),
        (r"$4\sqrt{3}$", 4 * sp.sqrt(3)),
        (r"$\sqrt[3]{2}$", sp.cbrt(2)),
        (r"$1{,}200$", 1200),
        (r"$0.45$", sp.Rational(9, 20)),
        (r"$\frac{5\pi}{6}$", 5 * sp.pi / 6),
        (r"$\frac{1}{3}\tan^{-1}\frac{x + 2}{3} + C$", sp.atan((x + 2) / 3) / 3 + C),
        (r"$\frac{1}{2}\log\left|x - 1\right|$", sp.log(sp.Abs(x - 1)) / 2),
        (r"$\sin^2 2x$", sp.sin(2 * x) ** 2),
        (r"$\cos x \log x$", sp.cos(x) * sp.log(x)),
        (r"$\log\cos x - x\tan x$", sp.log(sp.cos(x)) - x * sp.tan(x)),
        (r"$xe^{2x}$", None),
        (r"$x e^{2x}$", x * sp.exp(2 * x)),
        (r"$(2, -1)$", (2, -1)),
        ("none of these", None),
        (r"$60^\circ$", None),
        (r"$\pm 6$", None),
    ],
)
def test_latex_is_read_or_left_alone(text: str, value: Any) -> None:
    reading = read(text)
    assert (reading is None) == (value is None)
    assert same(reading, value)


def test_equality_knows_identities_and_tells_near_values_apart() -> None:
    assert equal(sp.sin(2 * x), 2 * sp.sin(x) * sp.cos(x))
    assert equal(sp.Symbol("x", real=True), x)
    assert not equal(sp.pi, sp.Rational(355, 113))
    assert not same(True, 1 + half)
