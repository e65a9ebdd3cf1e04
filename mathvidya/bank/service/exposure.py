"""How often questions have been drawn: what spreads exposure over the bank."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select, tuple_, update
from sqlalchemy.orm import Session

from mathvidya.bank.models import Question


def count_uses(session: Session, versions: Collection[tuple[UUID, int]]) -> None:
    """Count one more use of each of these versions, in one statement that waits for nobody.

    A row that another draw is counting at this moment is passed over: when a school starts an exam on the
    stroke of ten, a thousand draws want the same least used questions, and a start that queues for a counter
    is worse than a counter that is a little low. What was drawn is on record with each exam.
    """
    free = (
        select(Question.id)
        .where(tuple_(Question.question_id, Question.version).in_(versions))
        .with_for_update(skip_locked=True, key_share=True)
    )
    session.execute(
        update(Question).where(Question.id.in_(free)).values(uses=Question.uses + 1),
        execution_options={"synchronize_session": False},
    )
