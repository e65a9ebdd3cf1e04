from collections import Counter
from uuid import UUID

import pytest
from sqlalchemy import event, select, update
from sqlalchemy.orm import Session

from mathvidya.accounts.models import ClassLevel, CourseLevel
from mathvidya.bank.models import Question, QuestionStatus, QuestionType
from mathvidya.exams.errors import NoSuchTemplate, TemplateCannotBeFilled, UnitNeeded
from mathvidya.exams.papers import DrawnPaper, sha256
from mathvidya.exams.service import compose_paper, draw_paper
from seeds.reference import templates
from tests.factories import (
    MONDAY_TEN,
    make_content,
    make_question,
    make_template,
    stock_class_xii,
    template_document,
)

BOARD_UNITS = {
    "Relations and Functions": 8,
    "Algebra": 10,
    "Calculus": 35,
    "Vectors and Three-dimensional Geometry": 14,
    "Linear Programming": 5,
    "Probability": 8,
}


def draw(
    session: Session, code: str, seed: int = 7, seen: frozenset[UUID] = frozenset(), unit: str | None = None
) -> DrawnPaper:
    return draw_paper(
        session,
        template_code=code,
        unit=unit,
        student_class=ClassLevel.XII,
        student_level=None,
        seen=seen,
        seed=seed,
    )


def ids(paper: DrawnPaper) -> frozenset[UUID]:
    return frozenset(entry.question_id for entry in paper.entries)


@pytest.fixture
def board(session: Session) -> str:
    stock_class_xii(session)
    templates.plant(session, MONDAY_TEN)
    return "cbse-xii-board"


def test_a_board_paper_is_the_boards(session: Session, board: str) -> None:
    paper = draw(session, board)
    sections = paper.snapshot["sections"]
    units: Counter[str] = Counter()
    for question in (each for section in sections for each in section["questions"]):
        units[question["unit"]] += int(question["marks"])
    assert units == BOARD_UNITS
    assert [len(section["questions"]) for section in sections] == [20, 5, 6, 4, 3]
    assert (paper.possible, paper.minutes, paper.snapshot["marks"]) == (80, 180, "80")
    assert paper.written_numbers == tuple(range(21, 39))
    assert (paper.paper_sha256, paper.key_sha256) == (sha256(paper.snapshot), sha256(paper.key))


def test_the_same_seed_gives_the_same_paper_and_another_seed_another(session: Session, board: str) -> None:
    template = make_template(session, template_document())
    first, again, other = (
        compose_paper(session, template, unit=None, seen=frozenset(), seed=seed) for seed in (7, 7, 8)
    )
    assert first == again
    assert first.entries != other.entries


def test_drawing_counts_one_use_of_each_question_and_looking_counts_none(
    session: Session, board: str
) -> None:
    template = make_template(session, template_document())
    compose_paper(session, template, unit=None, seen=frozenset(), seed=7)
    paper = draw(session, "short-practice")
    used = select(Question.question_id, Question.uses).where(Question.uses > 0)
    assert dict(tuple(row) for row in session.execute(used)) == dict.fromkeys(ids(paper), 1)


def test_two_papers_of_a_student_share_nothing_while_the_bank_suffices(session: Session, board: str) -> None:
    first = draw(session, board)
    assert not ids(first) & ids(draw(session, board, seen=ids(first)))


def test_questions_that_were_seen_come_again_rather_than_none(session: Session) -> None:
    make_template(session, template_document())
    for type_ in (QuestionType.MCQ, QuestionType.MCQ, QuestionType.SA, QuestionType.SA):
        make_question(session, make_content(type_))
    first = draw(session, "short-practice")
    assert ids(draw(session, "short-practice", seen=ids(first))) == ids(first)


def test_a_bank_that_lacks_questions_is_a_refusal_that_names_them(session: Session) -> None:
    make_template(session, template_document())
    make_question(session, make_content(QuestionType.SA))
    with pytest.raises(TemplateCannotBeFilled) as refusal:
        draw(session, "short-practice")
    shortages = refusal.value.extra["shortages"]
    assert len(shortages) == 2
    assert any("MCQ" in each and "2 needed, 0 in the bank" in each for each in shortages)
    assert any("SA" in each and "2 needed, 1 in the bank" in each for each in shortages)


@pytest.mark.parametrize(
    "change",
    [{"status": QuestionStatus.ARCHIVED}, {"is_current": False}],
)
def test_only_current_active_questions_are_drawn(session: Session, change: dict[str, object]) -> None:
    make_template(session, template_document())
    for type_ in (QuestionType.MCQ, QuestionType.MCQ, QuestionType.SA, QuestionType.SA):
        make_question(session, make_content(type_))
    session.execute(update(Question).where(Question.type == QuestionType.SA).values(change))
    with pytest.raises(TemplateCannotBeFilled):
        draw(session, "short-practice")


def test_class_x_papers_take_questions_of_their_level(session: Session) -> None:
    document = template_document("basic", class_level="X", course_level="basic")
    make_template(session, document)
    about = {"class_level": ClassLevel.X, "unit": "Geometry", "chapter": "Circles"}
    for levels in ((CourseLevel.STANDARD,), (CourseLevel.STANDARD, CourseLevel.BASIC)):
        for type_ in (QuestionType.MCQ, QuestionType.MCQ, QuestionType.SA, QuestionType.SA):
            make_question(session, make_content(type_, levels=levels, **about))
    paper = draw_paper(
        session,
        template_code="basic",
        unit=None,
        student_class=ClassLevel.X,
        student_level=CourseLevel.BASIC,
        seen=frozenset(),
        seed=1,
    )
    drawn = select(Question.levels).where(Question.question_id.in_(ids(paper)))
    assert all(CourseLevel.BASIC in levels for levels in session.execute(drawn).scalars())


def test_a_template_of_another_class_does_not_exist_for_a_student(session: Session, board: str) -> None:
    with pytest.raises(NoSuchTemplate):
        draw(session, "cbse-x-standard-board")


def test_a_template_that_is_not_there_is_named(session: Session) -> None:
    with pytest.raises(NoSuchTemplate, match="nowhere"):
        draw(session, "nowhere")


def test_a_unit_practice_is_of_the_unit_that_was_chosen(session: Session, board: str) -> None:
    stock_more = draw(session, "cbse-xii-unit-sa", unit="Calculus")
    units = {each["unit"] for each in stock_more.snapshot["sections"][0]["questions"]}
    assert units == {"Calculus"}
    assert stock_more.unit == "Calculus"


@pytest.mark.parametrize(
    ("code", "unit"),
    [("cbse-xii-unit-sa", None), ("cbse-xii-unit-sa", "Geometry"), ("cbse-xii-board", "Calculus")],
)
def test_a_unit_that_does_not_fit_is_refused(session: Session, board: str, code: str, unit: str) -> None:
    with pytest.raises(UnitNeeded):
        draw(session, code, unit=unit)


def test_a_draw_costs_four_statements_whatever_the_bank(session: Session, board: str) -> None:
    statements: list[str] = []

    def note(*arguments: object) -> None:
        statements.append(str(arguments[2]))

    engine = session.get_bind().engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        draw(session, board)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert len(statements) == 4  # the template, the bank's cells, the drawn questions, their uses
