from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathvidya.evaluation.errors import MarkAboveMaximum, MarkNotInHalves, UnknownStep
from mathvidya.evaluation.rules.completeness import Marked, Stamp, disagree, unfinished
from mathvidya.evaluation.rules.marks import (
    Alternative,
    QuestionScheme,
    StepKey,
    check_steps,
    scheme_of,
    score,
    whole_answer,
)
from mathvidya.exams.papers import questions_of
from tests.scripts import case_study_entry, key_document, key_entry, key_of, scheme_document
from workflows.base import JsonObject

SCHEMES = {q.number: scheme_of(q) for q in questions_of(key_document()) if q.is_written}
PLAIN, CHOICE, CASE_STUDY = SCHEMES[2], SCHEMES[3], SCHEMES[4]


def only(entry: JsonObject, alternative: JsonObject | None = None) -> QuestionScheme:
    document = {"questions": [{"number": 7, **entry, "alternative": alternative}]}
    return scheme_of(questions_of(document)[0])


TWO_CASE_STUDIES = only(case_study_entry(), case_study_entry())
WITHOUT_SCHEME = only(key_entry("VSA", "2"))
ALL = [*SCHEMES.values(), TWO_CASE_STUDIES, WITHOUT_SCHEME]


def marks(text: dict[str, str]) -> dict[StepKey, Decimal]:
    return {key_of(place): Decimal(awarded) for place, awarded in text.items()}


@st.composite
def marked_questions(draw: st.DrawFn) -> tuple[QuestionScheme, dict[StepKey, Decimal]]:
    scheme = draw(st.sampled_from(ALL))
    given = {
        key: draw(st.integers(0, int(possible / scheme.grain))) * scheme.grain
        for key, possible in scheme.steps().items()
        if draw(st.booleans())
    }
    return scheme, given


@given(marked_questions())
def test_a_mark_is_never_below_nothing_or_above_what_is_possible(
    question: tuple[QuestionScheme, dict[StepKey, Decimal]],
) -> None:
    scheme, given = question
    check_steps(scheme, given)
    assert 0 <= score(scheme, given).awarded <= scheme.possible


@given(marked_questions())
def test_a_mark_goes_in_halves_and_is_at_most_what_was_given(
    question: tuple[QuestionScheme, dict[StepKey, Decimal]],
) -> None:
    result = score(*question)
    assert result.awarded % Decimal("0.5") == 0
    assert result.awarded <= result.given


@given(marked_questions(), st.data())
def test_more_on_any_step_never_lowers_the_mark(
    question: tuple[QuestionScheme, dict[StepKey, Decimal]], data: st.DataObject
) -> None:
    scheme, given = question
    key = data.draw(st.sampled_from(sorted(scheme.steps())))
    raised = {**given, key: scheme.steps()[key]}
    assert score(scheme, raised).awarded >= score(scheme, given).awarded


@given(marked_questions())
def test_the_order_in_which_steps_are_marked_costs_nothing(
    question: tuple[QuestionScheme, dict[StepKey, Decimal]],
) -> None:
    scheme, given = question
    assert score(scheme, dict(reversed(given.items()))) == score(scheme, given)


def test_steps_add_up() -> None:
    assert score(PLAIN, marks({"1": "1", "2": "0.5"})).awarded == Decimal("1.5")


def test_of_two_methods_the_better_counts() -> None:
    result = score(PLAIN, marks({"1": "1", "/first/1/1": "0.5", "/first/1/2": "1"}))
    assert result.awarded == Decimal("1.5")


def test_of_two_alternatives_the_better_counts_and_is_named() -> None:
    result = score(CHOICE, marks({"1": "1", "2": "0", "/second/0/1": "1.5"}))
    assert (result.awarded, result.given) == (Decimal("1.5"), Decimal("2.5"))
    assert result.counted == {"": Alternative.SECOND}


def test_at_equal_marks_the_first_alternative_counts() -> None:
    result = score(CHOICE, marks({"1": "1", "/second/0/1": "1"}))
    assert result.counted == {"": Alternative.FIRST}


def test_an_alternative_that_was_not_attempted_never_counts() -> None:
    result = score(CHOICE, marks({"/second/0/1": "0"}))
    assert (result.awarded, result.counted) == (0, {"": Alternative.SECOND})


def test_a_part_chooses_its_alternative_for_itself() -> None:
    given = {"i/first/0/1": "1", "iii/first/0/1": "0.5", "iii/second/0/2": "1.5"}
    result = score(CASE_STUDY, marks(given))
    assert result.awarded == Decimal("2.5")
    assert result.counted == {"iii": Alternative.SECOND}
    assert result.unmarked_parts == ("ii",)


def test_of_two_whole_case_studies_the_better_counts() -> None:
    given = {"i/first/0/1": "1", "or-i/first/0/1": "1", "or-ii/first/0/1": "1"}
    assert score(TWO_CASE_STUDIES, marks(given)).awarded == 2


def test_a_case_study_that_was_left_alone_leaves_no_part_unmarked() -> None:
    given = {f"or-{part}/first/0/1": "1" for part in ("i", "ii", "iii")}
    assert score(TWO_CASE_STUDIES, marks(given)).unmarked_parts == ()


def test_without_a_scheme_the_whole_answer_is_one_step() -> None:
    assert score(WITHOUT_SCHEME, {whole_answer(WITHOUT_SCHEME): Decimal("1.5")}).awarded == Decimal("1.5")


def test_a_question_with_steps_is_marked_by_steps() -> None:
    with pytest.raises(UnknownStep, match="step by step"):
        whole_answer(PLAIN)


@pytest.mark.parametrize("awarded", ["1.5", "1.01", "1e999999", "-0.5", "-1e99"])
def test_a_mark_outside_its_step_is_refused_and_named(awarded: str) -> None:
    with pytest.raises(MarkAboveMaximum) as refused:
        check_steps(PLAIN, marks({"2": awarded}))
    assert list(refused.value.extra["errors"]) == ["step 2"]


@pytest.mark.parametrize("awarded", ["0.25", "0.125", "0.333", "1e-999999"])
def test_a_mark_finer_than_a_half_is_refused(awarded: str) -> None:
    with pytest.raises(MarkNotInHalves):
        check_steps(PLAIN, marks({"2": awarded}))


def test_a_one_mark_question_is_right_or_wrong() -> None:
    scheme = only(key_entry("VSA", "1", scheme=scheme_document("1")))
    with pytest.raises(MarkNotInHalves):
        check_steps(scheme, marks({"1": "0.5"}))


def test_a_one_mark_question_whose_scheme_has_halves_is_marked_in_halves() -> None:
    scheme = only(key_entry("VSA", "1", scheme=scheme_document("0.5", "0.5")))
    check_steps(scheme, marks({"1": "0.5"}))


@pytest.mark.parametrize("place", ["3", "0", "/second/0/1", "/first/2/1", "i/first/0/1"])
def test_a_step_that_the_scheme_does_not_have_is_refused(place: str) -> None:
    with pytest.raises(UnknownStep):
        check_steps(PLAIN, marks({place: "0"}))


def stamps(*worths: str | None) -> list[Stamp]:
    return [Stamp(2, None if worth is None else Decimal(worth)) for worth in worths]


@pytest.mark.parametrize(
    ("stamped", "agrees"),
    [
        ([], True),
        (["1", "0.5"], True),
        (["1"], False),
        (["1", "1"], False),
        (["0"], False),
        ([None], True),
        ([None, "0"], True),
        ([None, "1.5"], True),
        ([None, "2"], False),
        (["1", "0.5", "0"], True),
    ],
)
def test_stamps_that_carry_marks_agree_with_a_mark_of_one_and_a_half(
    stamped: list[str | None], agrees: bool
) -> None:
    result = score(PLAIN, marks({"1": "1", "2": "0.5"}))
    assert (disagree(result, stamps(*stamped)) is None) is agrees


def test_stamps_may_stand_on_the_struck_alternative_too() -> None:
    result = score(CHOICE, marks({"1": "1", "/second/0/1": "1.5"}))
    assert disagree(result, stamps("1", "1.5")) is None
    assert disagree(result, stamps("1.5")) is None
    assert disagree(result, stamps("1")) == "stamps come to 1, the mark is 1.5"


def test_everything_that_stands_against_completion_is_named_at_once() -> None:
    marked = {
        2: Marked(False, marks({"1": "1"})),
        3: Marked(False, {}),
        4: Marked(False, marks({"i/first/0/1": "1"})),
    }
    assert unfinished(SCHEMES.values(), marked, stamps("2")) == {
        2: ["stamps come to 2, the mark is 1"],
        3: ["has no mark on any step"],
        4: ["part ii has no mark", "part iii has no mark"],
        5: ["has no mark; mark it, or say that it was not attempted"],
    }


def test_not_attempted_is_a_mark_and_not_a_zero() -> None:
    left_out = {number: Marked(True, {}) for number in SCHEMES}
    assert unfinished(SCHEMES.values(), left_out, []) == {}


def test_a_stamp_on_a_question_that_was_not_attempted_is_a_disagreement() -> None:
    left_out = {number: Marked(True, {}) for number in SCHEMES}
    assert unfinished(SCHEMES.values(), left_out, stamps("1")) == {2: ["stamps come to 1, the mark is 0"]}
