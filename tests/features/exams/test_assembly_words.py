from enum import StrEnum

import pytest

from mathvidya.accounts import models as accounts
from mathvidya.bank import models as bank
from mathvidya.exams.assembly import words
from mathvidya.plans import models as plans


@pytest.mark.parametrize(
    ("word", "stored"),
    [
        (words.ExamType, plans.ExamType),
        (words.ClassLevel, accounts.ClassLevel),
        (words.CourseLevel, accounts.CourseLevel),
        (words.QuestionType, bank.QuestionType),
        (words.CognitiveLevel, bank.CognitiveLevel),
        (words.Difficulty, bank.Difficulty),
    ],
)
def test_a_template_is_written_in_the_words_of_the_tables(word: type[StrEnum], stored: type[StrEnum]) -> None:
    assert list(word) == list(stored)
