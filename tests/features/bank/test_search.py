from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from mathvidya.accounts.models import ClassLevel, CourseLevel
from mathvidya.bank.models import Difficulty, Question, QuestionStatus, QuestionType
from mathvidya.bank.queries import QuestionFilter, list_questions
from mathvidya.platform.actors import Actor
from mathvidya.platform.errors import NotFound
from tests.factories import actor_of, make_content, make_parent, make_question, make_student, make_teacher


@pytest.fixture
def teacher(session: Session) -> Actor:
    return actor_of(make_teacher(session))


def pages(session: Session, actor: Actor, wanted: QuestionFilter, limit: int = 100) -> list[Question]:
    found: list[Question] = []
    after: UUID | None = None
    while True:
        page = list_questions(session, actor, wanted, limit=limit, after=after)
        found += page.items
        if page.next_after is None:
            return found
        assert page.next_after != after, "a page must move on"
        after = page.next_after


FILTERS = [
    QuestionFilter(type=QuestionType.MCQ),
    QuestionFilter(class_level=ClassLevel.X),
    QuestionFilter(level=CourseLevel.BASIC),
    QuestionFilter(unit="Geometry"),
    QuestionFilter(chapter="Circles"),
    QuestionFilter(marks=1),
    QuestionFilter(difficulty=Difficulty.HARD),
    QuestionFilter(tag="tangent"),
    QuestionFilter(words="tangent -chord"),
]


@pytest.mark.parametrize("wanted", FILTERS)
def test_each_filter_leaves_what_it_names(session: Session, teacher: Actor, wanted: QuestionFilter) -> None:
    make_question(session, make_content(QuestionType.SA, text="A chord and a tangent."))
    right = make_question(
        session,
        make_content(
            QuestionType.MCQ,
            class_level=ClassLevel.X,
            levels=(CourseLevel.STANDARD, CourseLevel.BASIC),
            unit="Geometry",
            chapter="Circles",
            difficulty=Difficulty.HARD,
            tags=("tangent",),
            text="How many tangents?",
        ),
    )
    assert [row.id for row in pages(session, teacher, wanted)] == [right.id]


def test_a_list_shows_the_current_version_and_review_what_waits(session: Session, teacher: Actor) -> None:
    used = make_question(session)
    waiting = make_question(
        session, question_id=used.question_id, version=2, is_current=False, status=QuestionStatus.IN_REVIEW
    )
    assert pages(session, teacher, QuestionFilter()) == [used]
    assert pages(session, teacher, QuestionFilter(status=QuestionStatus.IN_REVIEW)) == [waiting]


def test_pages_follow_each_other_newest_first_without_gap_or_repeat(session: Session, teacher: Actor) -> None:
    made = [make_question(session).id for _ in range(7)]
    assert [row.id for row in pages(session, teacher, QuestionFilter(), limit=3)] == made[::-1]


def test_pages_of_a_search_follow_each_other_best_first(session: Session, teacher: Actor) -> None:
    wordings = ["circle", "circle circle circle", "square", "circle", "circle circle"]
    made = [make_question(session, make_content(text=wording)).id for wording in wordings]
    found = pages(session, teacher, QuestionFilter(words="circle"), limit=1)
    assert [row.id for row in found] == [made[1], made[4], made[3], made[0]]


@pytest.mark.parametrize("words", ["'", "((", "a & | !", '"open', "-", "$\\frac{1}{2}$", "or or"])
def test_any_words_can_be_searched_for(session: Session, teacher: Actor, words: str) -> None:
    assert pages(session, teacher, QuestionFilter(words=words)) == []


def test_students_and_parents_list_nothing(session: Session) -> None:
    for outsider in (actor_of(make_student(session)), actor_of(make_parent(session))):
        with pytest.raises(NotFound):
            list_questions(session, outsider, QuestionFilter(), limit=1, after=None)
