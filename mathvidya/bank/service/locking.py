"""Taking a question for a change: one row stands for all its versions."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.bank.models import Question
from mathvidya.platform.errors import NotFound


@dataclass(frozen=True, slots=True)
class Versions:
    """The versions of a question that matter to a change; two or all of them may be the same row."""

    first: Question
    current: Question
    latest: Question


def lock_versions(session: Session, question_id: UUID) -> Versions:
    """Lock a question against other changes and read where it stands. Raises NotFound.

    The lock is on the first version, which always exists; only then are the others read, so that a version
    which was made while this transaction waited is seen.
    """
    rows = select(Question).where(Question.question_id == question_id)
    held = session.execute(rows.where(Question.version == 1).with_for_update()).scalar_one_or_none()
    if held is None:
        raise NotFound("there is no such question for you")
    found = session.execute(
        rows.order_by(Question.version), execution_options={"populate_existing": True}
    ).scalars()
    versions = found.all()
    return Versions(versions[0], next(row for row in versions if row.is_current), versions[-1])
