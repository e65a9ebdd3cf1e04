import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathvidya.bank.rules.latex import problems_in

SOUND = [
    "",
    "Plain words, ₹20 and a {brace} in prose.",
    r"It costs \$5.",
    r"If $x^{2} = 4$ then $x = \pm 2$.",
    r"$$\int_{0}^{1} x \, dx$$",
    r"$\left( \frac{1}{2} \right)$ and $\left\{ x : x > 0 \right\}$",
    r"$A = \begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}$",
    r"$f: \mathbb{R} \rightarrow \mathbb{R}$ and $\leftarrow$",
]

BROKEN = {
    "$x": "line 1, column 1: the formula that this $ opens is never closed",
    "a\nb $x^{2$": "line 2, column 6: { is never closed by }",
    "$x}$": "line 1, column 3: } closes nothing",
    "$$x$": "line 1, column 4: $ closes the formula that $$ opened at character 1",
    r"$\left( x$": r"line 1, column 2: \left is never closed by \right",
    r"$\begin{bmatrix} 1$": r"line 1, column 2: \begin is never closed by \end",
    r"$\left\{ x } \right\}$": r"line 1, column 12: } stands where \right is due",
    r"\frac{1}{2}": r"line 1, column 1: \frac stands outside a formula; put it between $ signs",
    "a \x0crac": "line 1, column 3: a control character; was a backslash swallowed?",
}

FORBIDDEN = [
    "href",
    "url",
    "input",
    "include",
    "write",
    "def",
    "newcommand",
    "htmlClass",
    "csname",
    "openout",
]


@pytest.mark.parametrize("text", SOUND)
def test_sound_latex_passes(text: str) -> None:
    assert problems_in(text) == []


@pytest.mark.parametrize(("text", "problem"), BROKEN.items())
def test_a_slip_is_named_with_its_place(text: str, problem: str) -> None:
    assert problem in [str(each) for each in problems_in(text)]


@pytest.mark.parametrize("name", FORBIDDEN)
@pytest.mark.parametrize("text", [r"$\{}{{x}}$", r"\{}{{x}}"])
def test_commands_that_reach_out_are_refused_in_a_formula_and_outside(name: str, text: str) -> None:
    problems = [each.problem for each in problems_in(text.replace("{}", name, 1))]
    assert any("is not allowed" in problem for problem in problems)


def test_commands_that_begin_like_a_forbidden_one_pass() -> None:
    assert problems_in(r"$\infty \inf \definecolor$") == []


@given(st.text(st.sampled_from("ab $\\{}\n")))
def test_any_text_gets_an_answer_with_places_inside_it(text: str) -> None:
    lines = text.split("\n")
    for problem in problems_in(text):
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1


@given(st.lists(st.sampled_from(["word ", "$x$", "$$y$$", "$\\frac{1}{2}$", "\n"])))
def test_whatever_is_joined_from_sound_pieces_is_sound(pieces: list[str]) -> None:
    assert problems_in(" ".join(pieces)) == []
