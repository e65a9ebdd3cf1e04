"""Questions from a file: all of it or nothing, and every bad row named."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.bank import policy
from mathvidya.bank.drafts import DraftFile, DraftRow, RowProblem
from mathvidya.bank.errors import ImportRefused
from mathvidya.bank.models import Question
from mathvidya.bank.rules.content import problems_of
from mathvidya.bank.service.writing import create_question
from mathvidya.bank.syllabus import board_syllabus
from mathvidya.platform.actors import Actor


def examine(session: Session, *, actor: Actor, file: DraftFile) -> list[RowProblem]:
    """Everything that keeps a file from being imported, by line and field; nothing changes."""
    policy.may_write(actor)
    found = [*file.problems, *_broken_rules(file), *_repeated_codes(file), *_taken_codes(session, file)]
    return sorted(found, key=lambda problem: (problem.line, problem.field))


def import_drafts(session: Session, *, actor: Actor, file: DraftFile, now: datetime) -> list[Question]:
    """Write every question of a file as a draft, or none: raises ImportRefused with every bad row."""
    problems = examine(session, actor=actor, file=file)
    if problems:
        lines = {problem.line for problem in problems}
        raise ImportRefused(
            f"{len(lines)} of {file.size} rows are wrong; nothing was imported. Mend them and send it again",
            rows=[
                {"line": each.line, "code": each.code, "field": each.field, "problem": each.problem}
                for each in problems
            ],
        )
    return [create_question(session, actor=actor, draft=row.draft, now=now) for row in file.rows]


def _broken_rules(file: DraftFile) -> Iterator[RowProblem]:
    for row in file.rows:
        content = row.draft.content
        units = board_syllabus().of(content.classification.class_level)
        for field, problems in problems_of(content, units).items():
            yield from (_problem(row, field, problem) for problem in problems)


def _repeated_codes(file: DraftFile) -> Iterator[RowProblem]:
    lines: dict[str, int] = {}
    for row in file.rows:
        code = row.draft.code
        if code is None:
            continue
        if code in lines:
            yield _problem(row, "code", f"{code} stands on line {lines[code]} already; codes are unique")
        lines.setdefault(code, row.line)


def _taken_codes(session: Session, file: DraftFile) -> Iterator[RowProblem]:
    codes = {row.draft.code for row in file.rows if row.draft.code is not None}
    rows = select(Question.code).where(Question.is_current, Question.code.in_(codes))
    taken = set(session.execute(rows).scalars())
    for row in file.rows:
        if row.draft.code in taken:
            yield _problem(row, "code", f"{row.draft.code} is in the bank already; take another code")


def _problem(row: DraftRow, field: str, problem: str) -> RowProblem:
    return RowProblem(row.line, row.draft.code, field, problem)
