from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.orm import Session

from mathvidya.attempts import queries
from mathvidya.attempts.errors import ExamNotStarted
from mathvidya.attempts.models import ExamInstance, ExamState
from mathvidya.attempts.rules.clock import Phase
from mathvidya.platform import db
from mathvidya.platform.actors import Actor, Role
from mathvidya.platform.errors import Forbidden, NotFound
from tests.factories import (
    MONDAY_TEN,
    actor_of,
    link_parent,
    make_admin,
    make_parent,
    make_student,
    make_teacher,
)
from tests.sittings import END, UPLOAD_ENDS, add_sheet, at, make_exam, start, student_of
from workflows.base import new_id


@contextmanager
def counting(connection: Connection) -> Iterator[list[str]]:
    """The statements sent meanwhile."""
    sent: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    event.listen(connection, "before_cursor_execute", note)
    yield sent
    event.remove(connection, "before_cursor_execute", note)


def voided(session: Session, student: object = None) -> ExamInstance:
    return make_exam(session, student, state=ExamState.VOIDED, voided_at=at(1))  # type: ignore[arg-type]  # a User or nothing


class TestScope:
    def test_a_student_reads_the_own_exam(self, session: Session) -> None:
        exam = make_exam(session)
        assert queries.exam_for_actor(session, actor_of(student_of(session, exam)), exam.id) is exam

    def test_a_linked_parent_and_an_admin_read_it_too(self, session: Session) -> None:
        exam = make_exam(session)
        parent = make_parent(session)
        link_parent(session, parent, student_of(session, exam))
        for reader in (parent, make_admin(session)):
            assert queries.exam_for_actor(session, actor_of(reader), exam.id) is exam

    def test_for_everybody_else_it_does_not_exist(self, session: Session) -> None:
        exam = make_exam(session)
        for other in (make_student(session), make_parent(session), make_teacher(session)):
            with pytest.raises(NotFound):
                queries.exam_for_actor(session, actor_of(other), exam.id)
            assert not queries.list_exams(
                session, actor_of(other), student_id=None, limit=10, after=None
            ).items


class TestList:
    def test_it_pages_from_the_newest_and_names_where_to_go_on(self, session: Session) -> None:
        student = make_student(session)
        exams = [voided(session, student) for _ in range(3)]
        first = queries.list_exams(session, actor_of(student), student_id=None, limit=2, after=None)
        assert first.items == [exams[2], exams[1]]
        rest = queries.list_exams(
            session, actor_of(student), student_id=None, limit=2, after=first.next_after
        )
        assert (rest.items, rest.next_after) == ([exams[0]], None)

    def test_an_admin_narrows_it_to_one_student(self, session: Session) -> None:
        exam, _ = make_exam(session), make_exam(session)
        page = queries.list_exams(
            session, actor_of(make_admin(session)), student_id=exam.student_id, limit=9, after=None
        )
        assert page.items == [exam]

    def test_it_takes_one_query_and_leaves_papers_where_they_are(
        self, session: Session, connection: Connection
    ) -> None:
        student = make_student(session)
        for _ in range(5):
            voided(session, student)
        session.expunge_all()
        with counting(connection) as sent:
            page = queries.list_exams(session, actor_of(student), student_id=None, limit=9, after=None)
            assert len(page.items) == 5
        assert len(sent) == 1
        assert "exam_snapshot" not in sent[0]
        assert "exam_key" not in sent[0]


class TestStatus:
    def test_it_says_the_phase_and_when_it_ends(self, session: Session) -> None:
        exam = start(session, make_exam(session))
        status = queries.status_of(session, exam, at(59))
        assert (status.phase, status.phase_ends_at, status.ends_at) == (Phase.ANSWERING, END, UPLOAD_ENDS)
        assert status.server_now == at(59)

    def test_it_says_what_handing_in_still_wants(self, session: Session) -> None:
        exam = start(session, make_exam(session))
        add_sheet(session, exam, 1, 4)
        assert queries.status_of(session, exam, at(1)).outstanding.missing == (5,)

    def test_an_exam_that_is_not_being_sat_has_no_phase(self, session: Session) -> None:
        status = queries.status_of(session, make_exam(session), MONDAY_TEN)
        assert (status.phase, status.phase_ends_at, status.ends_at) == (None, None, None)


class TestPaper:
    def read(self, exam: ExamInstance, actor: Actor, *known: bytes) -> queries.StoredPaper:
        with db.statement() as cursor:
            return queries.stored_paper(cursor, actor=actor, exam_id=exam.id, known=list(known))

    def test_its_student_and_an_admin_read_it_once_started(self, session: Session) -> None:
        exam = start(session, make_exam(session))
        session.flush()
        for reader in (student_of(session, exam), make_admin(session)):
            paper = self.read(exam, actor_of(reader))
            assert paper.sha256 == exam.paper_sha256
            assert '"Question 1"' in (paper.text or "")

    def test_who_holds_it_gets_its_hash_alone(self, session: Session) -> None:
        exam = start(session, make_exam(session))
        session.flush()
        paper = self.read(exam, actor_of(student_of(session, exam)), b"x" * 32, exam.paper_sha256)
        assert paper.text is None

    def test_it_is_sealed_before_the_start(self, session: Session) -> None:
        exam = make_exam(session)
        with pytest.raises(ExamNotStarted):
            self.read(exam, actor_of(student_of(session, exam)))

    @pytest.mark.parametrize("role", [Role.PARENT, Role.TEACHER])
    def test_parents_and_teachers_read_marked_pages_instead(self, session: Session, role: Role) -> None:
        with pytest.raises(Forbidden):
            self.read(make_exam(session), Actor(id=new_id(), role=role))

    def test_the_paper_of_another_is_none(self, session: Session) -> None:
        exam = start(session, make_exam(session))
        session.flush()
        with pytest.raises(NotFound):
            self.read(exam, actor_of(make_student(session)))


def test_answers_are_restored_by_their_student_alone(session: Session) -> None:
    exam = start(session, make_exam(session))
    assert queries.own_answers(session, actor_of(student_of(session, exam)), exam.id) == []
    with pytest.raises(NotFound):
        queries.own_answers(session, actor_of(make_student(session)), exam.id)
    with pytest.raises(Forbidden):
        queries.own_answers(session, actor_of(make_admin(session)), exam.id)
