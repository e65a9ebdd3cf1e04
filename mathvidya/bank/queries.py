"""Reads of the bank: what staff see of it, and what papers are drawn from."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnExpressionArgument, Select, func, select, tuple_
from sqlalchemy.orm import Session, aliased

from mathvidya.accounts.models import ClassLevel, CourseLevel
from mathvidya.bank.models import CognitiveLevel, Difficulty, Question, QuestionStatus, QuestionType
from mathvidya.bank.rules.review import reaches_bank
from mathvidya.bank.syllabus import board_syllabus
from mathvidya.platform.actors import Actor
from mathvidya.platform.errors import NotFound
from mathvidya.platform.http.pages import Page, newest_first

_UNDER_WORK = frozenset({QuestionStatus.DRAFT, QuestionStatus.IN_REVIEW})


@dataclass(frozen=True, slots=True)
class QuestionFilter:
    """What a list of questions is narrowed to; None leaves a field open.

    Without a ``status`` each question comes once, in its current version. With draft or in_review come the
    versions under work, also of questions that are in use in an earlier version.
    """

    class_level: ClassLevel | None = None
    level: CourseLevel | None = None
    unit: str | None = None
    chapter: str | None = None
    type: QuestionType | None = None
    marks: int | None = None
    difficulty: Difficulty | None = None
    cognitive_level: CognitiveLevel | None = None
    status: QuestionStatus | None = None
    tag: str | None = None
    author_id: UUID | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class DrawableQuestion:
    """The few columns of an active question that decide whether a paper takes it."""

    question_id: UUID
    version: int
    unit: str
    chapter: str
    type: QuestionType
    marks: int
    difficulty: Difficulty
    cognitive_level: CognitiveLevel
    pattern: str
    uses: int


def question_for_actor(session: Session, actor: Actor, question_id: UUID) -> Question:
    """The latest version of a question: the one that an edit starts from. NotFound outside the staff."""
    return _one(session, actor, select(Question).where(Question.question_id == question_id))


def version_for_actor(session: Session, actor: Actor, question_id: UUID, version: int) -> Question:
    """One version of a question. NotFound outside the staff."""
    which = (Question.question_id == question_id, Question.version == version)
    return _one(session, actor, select(Question).where(*which))


def versions_of(session: Session, actor: Actor, question_id: UUID) -> Sequence[Question]:
    """Every version of a question, newest first. NotFound outside the staff."""
    _require_staff(actor)
    rows = select(Question).where(Question.question_id == question_id).order_by(Question.version.desc())
    found = session.execute(rows).scalars().all()
    if not found:
        raise _no_such_question()
    return found


def list_questions(
    session: Session, actor: Actor, wanted: QuestionFilter, *, limit: int, after: UUID | None
) -> Page[Question]:
    """A page of what ``wanted`` leaves: best match first where it has words, newest first where not."""
    _require_staff(actor)
    rows = select(Question).where(*_conditions(wanted))
    if wanted.words is None:
        return newest_first(session, rows, Question.id, limit=limit, after=after)
    return _best_first(session, rows, wanted.words, limit=limit, after=after)


def drawable(
    session: Session, class_level: ClassLevel, level: CourseLevel | None
) -> Iterable[DrawableQuestion]:
    """Every question that a paper of this class and level may hold, in one light statement."""
    columns = (
        Question.question_id,
        Question.version,
        Question.unit,
        Question.chapter,
        Question.type,
        Question.marks,
        Question.difficulty,
        Question.cognitive_level,
        Question.pattern,
        Question.uses,
    )
    rows = select(*columns).where(
        Question.is_current,
        Question.status == QuestionStatus.ACTIVE,
        Question.class_level == class_level,
        *([] if level is None else [Question.levels.contains([level])]),
    )
    return (DrawableQuestion(*tuple(row)) for row in session.execute(rows))


def question_versions(
    session: Session, wanted: Collection[tuple[UUID, int]]
) -> Mapping[tuple[UUID, int], Question]:
    """The named versions whole, by (question id, version)."""
    rows = select(Question).where(tuple_(Question.question_id, Question.version).in_(wanted))
    return {(row.question_id, row.version): row for row in session.execute(rows).scalars()}


def units_of(class_level: ClassLevel) -> Collection[str]:
    """The units of a class."""
    return board_syllabus().of(class_level).keys()


def _one(session: Session, actor: Actor, rows: Select[Question]) -> Question:
    _require_staff(actor)
    found = session.execute(rows.order_by(Question.version.desc()).limit(1)).scalar_one_or_none()
    if found is None:
        raise _no_such_question()
    return found


def _require_staff(actor: Actor) -> None:
    if not reaches_bank(actor):
        raise _no_such_question()


def _no_such_question() -> NotFound:
    return NotFound("there is no such question for you")


def _conditions(wanted: QuestionFilter) -> list[ColumnExpressionArgument[bool]]:
    equal = {
        Question.class_level: wanted.class_level,
        Question.unit: wanted.unit,
        Question.chapter: wanted.chapter,
        Question.type: wanted.type,
        Question.marks: wanted.marks,
        Question.difficulty: wanted.difficulty,
        Question.cognitive_level: wanted.cognitive_level,
        Question.status: wanted.status,
        Question.created_by: wanted.author_id,
    }
    conditions: list[ColumnExpressionArgument[bool]] = [
        column == value for column, value in equal.items() if value is not None
    ]
    if wanted.status not in _UNDER_WORK:
        conditions.append(Question.is_current)
    if wanted.level is not None:
        conditions.append(Question.levels.contains([wanted.level]))
    if wanted.tag is not None:
        conditions.append(Question.tags.contains([wanted.tag]))
    return conditions


def _best_first(
    session: Session, rows: Select[Question], words: str, *, limit: int, after: UUID | None
) -> Page[Question]:
    """The page after ``after`` by (rank, id): the place of that row is computed, not carried about."""
    query = func.websearch_to_tsquery("english", words)
    rank = func.ts_rank(Question.search, query)
    rows = rows.where(Question.search.bool_op("@@")(query))
    if after is not None:
        last = aliased(Question)
        place = select(func.ts_rank(last.search, query), last.id).where(last.id == after)
        rows = rows.where(tuple_(rank, Question.id) < place.scalar_subquery())
    found = session.execute(rows.order_by(rank.desc(), Question.id.desc()).limit(limit + 1)).scalars().all()
    return Page(found[:limit], found[limit - 1].id if len(found) > limit else None)
