from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathvidya.accounts.models import ClassLevel, CourseLevel
from mathvidya.bank.content import Choice, QuestionContent, columns_of, content_of
from mathvidya.bank.models import Question, QuestionType
from mathvidya.bank.rules.content import problems_of
from mathvidya.bank.schemes import Method, Scheme, Step, dump_scheme, read_scheme
from mathvidya.bank.syllabus import board_syllabus
from tests.factories import MARKS_OF, make_content, make_part, make_scheme

T = QuestionType


def problems(content: QuestionContent) -> dict[str, list[str]]:
    return dict(problems_of(content, board_syllabus().of(content.classification.class_level)))


def steps(*marks: str) -> Scheme:
    return Scheme(tuple(Step(Decimal(each), "shows it") for each in marks))


@pytest.mark.parametrize("type_", QuestionType)
def test_a_question_of_each_type_can_stand(type_: QuestionType) -> None:
    assert problems(make_content(type_)) == {}


@pytest.mark.parametrize("type_", QuestionType)
def test_a_row_gives_back_the_content_that_it_was_made_of(type_: QuestionType) -> None:
    content = make_content(type_)
    assert content_of(Question(**columns_of(content))) == content


def choices(*texts: str, labels: str = "ABCDEFGH") -> tuple[Choice, ...]:
    return tuple(Choice(label, text) for label, text in zip(labels, texts, strict=False))


BROKEN: list[tuple[QuestionType, dict[str, Any], str, str]] = [
    (T.SA, {"unit": "Geometry"}, "unit", "no unit of class XII"),
    (T.SA, {"chapter": "Vectors"}, "chapter", "no chapter of Algebra"),
    (T.SA, {"marks": 7, "scheme": make_scheme(7)}, "marks", "1 to 6"),
    (T.SA, {"levels": (CourseLevel.BASIC,)}, "levels", "class XII none"),
    (T.SA, {"tags": ("Not a tag",)}, "tags", "no tag"),
    (T.SA, {"tags": ("same", "same")}, "tags", "twice"),
    (T.SA, {"tags": tuple(f"t{n}" for n in range(13))}, "tags", "at most 12"),
    (T.SA, {"text": " "}, "text", "missing"),
    (T.SA, {"solution": ""}, "solution", "missing"),
    (T.SA, {"scheme": None}, "scheme", "missing"),
    (T.SA, {"correct_choices": ("A",)}, "correct_choices", "no place"),
    (T.SA, {"scheme": steps("1", "1")}, "scheme.steps", "sum to 2"),
    (T.SA, {"scheme": steps("2.75", "0.25")}, "scheme.steps[0].marks", "halves"),
    (T.SA, {"scheme": steps("3", "0")}, "scheme.steps[1].marks", "above 0"),
    (T.SA, {"scheme": steps("4", "-1")}, "scheme.steps[1].marks", "above 0"),
    (T.SA, {"text": "$x"}, "text", "never closed"),
    (T.SA, {"solution": r"$\href{a}{b}$"}, "solution", "not allowed"),
    (T.MCQ, {"choices": choices("1")}, "choices", "at least 2"),
    (T.MCQ, {"choices": choices(*"1234567")}, "choices", "at most 6"),
    (T.MCQ, {"choices": choices("1", "2", labels="BA")}, "choices", "in order"),
    (T.MCQ, {"choices": choices("$1$", " 1 ", "2", "3")}, "choices[1].text", "same as choice A"),
    (T.MCQ, {"choices": choices("1", "", "2", "3")}, "choices[1].text", "empty"),
    (T.MCQ, {"correct_choices": ()}, "correct_choices", "missing"),
    (T.MCQ, {"correct_choices": ("A", "B")}, "correct_choices", "exactly one"),
    (T.MCQ, {"correct_choices": ("E",)}, "correct_choices", "none of the choices"),
    (T.MCQ, {"scheme": make_scheme(1)}, "scheme", "no place"),
    (T.ASSERTION_REASON, {"reason": None}, "reason", "missing"),
    (T.ASSERTION_REASON, {"correct_choices": ("E",)}, "correct_choices", "none of the choices"),
    (T.ASSERTION_REASON, {"text": "Which?"}, "text", "no place"),
    (T.CASE_STUDY, {"parts": ()}, "parts", "missing"),
    (T.CASE_STUDY, {"parts": (make_part("i", 4),)}, "parts", "2 to 5"),
    (T.CASE_STUDY, {"parts": (make_part("i", 1), make_part("ii", 1))}, "parts", "carry 2 marks"),
    (T.CASE_STUDY, {"parts": (make_part("a", 2), make_part("b", 2))}, "parts", "i, ii, iii"),
    (T.CASE_STUDY, {"solution": "So."}, "solution", "no place"),
]


@pytest.mark.parametrize(("type_", "values", "field", "words"), BROKEN)
def test_a_broken_rule_is_named_by_its_field(
    type_: QuestionType, values: dict[str, Any], field: str, words: str
) -> None:
    found = problems(make_content(type_, **values))
    assert any(words in problem for problem in found[field]), found


def test_every_broken_rule_is_named_at_once() -> None:
    content = make_content(T.SA, unit="Geometry", solution="", tags=("?",), scheme=steps("1"))
    assert set(problems(content)) == {"unit", "solution", "tags", "scheme.steps"}


def test_a_part_and_its_alternative_carry_the_same_marks() -> None:
    part = make_part("i", 2)
    alternative = replace(part, alternative=None)
    content = make_content(
        T.CASE_STUDY,
        parts=(replace(part, alternative=replace(alternative, scheme=make_scheme(1))), make_part("ii", 2)),
    )
    assert list(problems(content)) == ["parts[0].alternative.scheme.steps"]


def test_every_method_earns_full_credit() -> None:
    scheme = replace(make_scheme(3), alternatives=(Method("By rows", steps("1", "1").steps),))
    assert list(problems(make_content(T.SA, scheme=scheme))) == ["scheme.alternatives[0].steps"]


def test_an_image_stands_for_the_text() -> None:
    assert problems(make_content(T.SA, text="", image_key="questions/figure.png")) == {}


def test_class_x_names_its_levels() -> None:
    content = make_content(T.SA, class_level=ClassLevel.X, unit="Geometry", chapter="Circles")
    assert list(problems(content)) == ["levels"]


def test_a_case_study_is_known_by_the_marks_of_its_parts() -> None:
    assert make_content(T.CASE_STUDY).pattern == "1+1+2"
    assert make_content(T.SA).pattern == ""


halves = st.integers(1, 12).map(lambda n: Decimal(n) / 2)


@given(st.lists(halves, min_size=1, max_size=8))
def test_steps_stand_exactly_when_they_sum_to_the_marks(marks: list[Decimal]) -> None:
    content = make_content(T.LA, scheme=Scheme(tuple(Step(each, "shows it") for each in marks)))
    assert ("scheme.steps" in problems(content)) == (sum(marks) != MARKS_OF[T.LA])


@given(st.lists(halves, min_size=1), st.text(), st.none() | st.text())
def test_a_scheme_survives_storage(marks: list[Decimal], text: str, follow_through: str | None) -> None:
    own = tuple(Step(each, text) for each in marks)
    scheme = Scheme(own, (Method(text, own),), follow_through)
    assert read_scheme(dump_scheme(scheme)) == scheme
