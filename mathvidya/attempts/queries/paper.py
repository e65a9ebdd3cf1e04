"""The paper as it is stored, for the student who sits it: text in, text out, never rebuilt from objects."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg

from mathvidya.attempts.errors import ExamNotStarted
from mathvidya.platform.actors import Actor, Role
from mathvidya.platform.errors import Forbidden, NotFound

_PAPER = """
SELECT started_at, paper_sha256,
    CASE WHEN paper_sha256 = ANY(%(known)s::bytea[]) THEN NULL ELSE exam_snapshot::text END
FROM exam_instances
WHERE id = %(exam_id)s AND (student_id = %(actor_id)s OR %(is_admin)s)
"""


@dataclass(frozen=True, slots=True)
class StoredPaper:
    """The paper's JSON and its hash; ``text`` is None where the asker holds this paper already."""

    sha256: bytes
    text: str | None


def stored_paper(
    cursor: psycopg.Cursor[Any], *, actor: Actor, exam_id: UUID, known: list[bytes]
) -> StoredPaper:
    """The paper of a started exam, in one statement that carries the scope.

    ``known`` are the hashes of papers that the asker holds. Raises Forbidden to parents and teachers (they
    see marked pages, in their place), NotFound for another's exam, ExamNotStarted.
    """
    if not actor.has_role(Role.STUDENT, Role.ADMIN):
        raise Forbidden("a paper is for the student who sits it")
    values = {
        "exam_id": exam_id,
        "actor_id": actor.id,
        "is_admin": actor.role is Role.ADMIN,
        "known": known,
    }
    row: tuple[datetime | None, bytes, str | None] | None = cursor.execute(
        _PAPER, values, prepare=True
    ).fetchone()
    if row is None:
        raise NotFound("there is no exam of yours with this id")
    started_at, sha256, text = row
    if started_at is None:
        raise ExamNotStarted("start the exam first; nobody sees the paper before")
    return StoredPaper(bytes(sha256), text)
