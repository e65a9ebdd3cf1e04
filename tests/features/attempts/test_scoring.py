from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathvidya.attempts.rules.answering import Outstanding, choice_labels, outstanding
from mathvidya.attempts.rules.scoring import percentage, score_choices
from mathvidya.bank.models import QuestionType
from mathvidya.exams.papers import Answerable, KeyQuestion


def question(
    number: int, *right: str, marks: str = "1", kind: QuestionType = QuestionType.MCQ
) -> KeyQuestion:
    answerable = Answerable(
        type=kind,
        marks=Decimal(marks),
        question_id=UUID(int=number),
        version=1,
        choices=frozenset(right),
        solution="",
        scheme=None,
        parts=(),
    )
    return KeyQuestion(number, answerable, None)


PAPER = (
    question(1, "B"),
    question(2, "A", "C", marks="2"),
    question(3, "D", kind=QuestionType.ASSERTION_REASON),
    question(4, kind=QuestionType.VSA, marks="2"),
)


@pytest.mark.parametrize(
    ("chosen", "marks"),
    [
        ({}, (0, 0, 0)),
        ({1: {"B"}}, (1, 0, 0)),
        ({1: {"A"}, 3: {"D"}}, (0, 0, 1)),
        ({2: {"A", "C"}}, (0, 2, 0)),
        ({2: {"A"}}, (0, 0, 0)),
        ({2: {"A", "B", "C"}}, (0, 0, 0)),
        ({1: set()}, (0, 0, 0)),
        ({1: {"B", "C"}, 2: {"C", "A"}, 3: {"D"}}, (0, 2, 1)),
    ],
)
def test_exactly_the_right_choices_earn_all_marks_and_others_none(
    chosen: dict[int, set[str]], marks: tuple[int, int, int]
) -> None:
    scored = score_choices(PAPER, {number: frozenset(labels) for number, labels in chosen.items()})
    assert scored == dict(zip((1, 2, 3), map(Decimal, marks), strict=True))


def test_a_written_question_is_never_scored_by_choices() -> None:
    assert 4 not in score_choices(PAPER, {4: frozenset()})


@pytest.mark.parametrize(
    ("total", "possible", "expected"),
    [
        ("0", "80", "0.00"),
        ("80", "80", "100.00"),
        ("61.5", "80", "76.88"),
        ("1", "3", "33.33"),
        ("2", "3", "66.67"),
    ],
)
def test_a_percentage_has_two_places_and_rounds_halves_up(total: str, possible: str, expected: str) -> None:
    assert percentage(Decimal(total), Decimal(possible)) == Decimal(expected)


halves = st.integers(0, 160).map(lambda n: Decimal(n) / 2)


@given(total=halves, possible=st.integers(1, 80))
def test_a_percentage_is_within_half_a_hundredth_of_the_truth(total: Decimal, possible: int) -> None:
    assert abs(percentage(total, Decimal(possible)) * possible - total * 100) <= Decimal("0.005") * possible


numbers = st.frozensets(st.integers(1, 40))


@given(written=numbers, on_sheets=numbers, declared=numbers)
def test_a_written_question_is_missing_contradictory_or_settled(
    written: frozenset[int], on_sheets: frozenset[int], declared: frozenset[int]
) -> None:
    left = outstanding(written, on_sheets=on_sheets, declared=declared)
    assert set(left.missing) == written - on_sheets - declared
    assert set(left.contradictory) == written & on_sheets & declared
    assert bool(left) == any((number in on_sheets) == (number in declared) for number in written)


def test_nothing_outstanding_is_false() -> None:
    assert not Outstanding((), ())


def test_what_can_be_chosen_is_read_off_the_paper_by_number() -> None:
    shown = {"number": 3, "choices": [{"label": "A", "text": "$1$"}, {"label": "B", "text": "$2$"}]}
    written = {"number": 4, "choices": []}
    assert choice_labels({"sections": [{"questions": [shown]}, {"questions": [written]}]}) == {
        "3": ["A", "B"]
    }
