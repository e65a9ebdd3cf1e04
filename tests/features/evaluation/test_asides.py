import pytest
from sqlalchemy.orm import Session

from mathvidya.accounts.models import ClassLevel
from mathvidya.evaluation.errors import LeaseLapsed
from mathvidya.evaluation.models import Consultation
from mathvidya.evaluation.queries.asides import (
    NoteView,
    asked_about,
    consultation_for,
    notes_of,
    open_consultations,
)
from mathvidya.evaluation.service.asides import Note, answer_colleague, ask_colleague, save_note
from mathvidya.platform.actors import Actor
from mathvidya.platform.errors import Forbidden, Invalid, NotFound, WrongState
from tests.factories import MONDAY_TEN, actor_of, make_admin, make_student, make_teacher
from tests.scripts import Script, make_script, replace_sheet
from workflows.base import new_id


@pytest.fixture
def script(session: Session) -> Script:
    return make_script(session)


def note(
    session: Session, script: Script, number: int = 3, token: int | None = None, **values: object
) -> NoteView:
    return save_note(
        session,
        actor=script.actor,
        evaluation_id=script.evaluation.id,
        number=number,
        note=Note(**values),  # type: ignore[arg-type]  # the test names real fields
        lease_token=token or script.token,
        now=MONDAY_TEN,
    )


def asked(session: Session, script: Script) -> Consultation:
    return ask_colleague(
        session,
        actor=script.actor,
        evaluation_id=script.evaluation.id,
        number=3,
        sheet_id=script.sheets[0].id,
        question="Is this method sound?",
        lease_token=script.token,
        now=MONDAY_TEN,
    )


def asks(session: Session, actor: Actor) -> list[Consultation]:
    return list(open_consultations(session, actor, limit=10, after=None).items)


def answer(session: Session, actor: Actor, question: Consultation) -> Consultation:
    return answer_colleague(
        session, actor=actor, consultation_id=question.id, answer="It is.", now=MONDAY_TEN
    )


def test_a_note_stands_until_another_or_an_empty_one_takes_its_place(
    session: Session, script: Script
) -> None:
    second = script.sheets[1].id
    note(session, script, come_back=True)
    note(session, script, come_back=True, words="the sign", sheet_ids=(second,))
    session.flush()
    assert notes_of(session, script.evaluation.id) == (NoteView(3, True, "the sign", (second,)),)
    assert note(session, script) == NoteView(3)
    session.flush()
    assert notes_of(session, script.evaluation.id) == ()


def test_a_note_stands_at_a_written_question_and_names_pages_of_the_script(
    session: Session, script: Script
) -> None:
    with pytest.raises(NotFound, match="no written question 1"):
        note(session, script, number=1, come_back=True)
    gone = script.sheets[1]
    replace_sheet(session, script, gone)
    for sheet_id in (new_id(), gone.id):
        with pytest.raises(Invalid):
            note(session, script, sheet_ids=(sheet_id,))


def test_only_who_holds_the_script_notes_and_asks(session: Session, script: Script) -> None:
    with pytest.raises(LeaseLapsed):
        note(session, script, token=script.token + 1, come_back=True)
    with pytest.raises(NotFound):
        asked_about(session, actor_of(make_teacher(session)), script.evaluation.id)


def test_a_colleague_sees_page_question_and_scheme_and_answers_once(session: Session, script: Script) -> None:
    question, colleague = asked(session, script), actor_of(make_teacher(session))
    assert asks(session, colleague) == [question]
    view = consultation_for(session, colleague, question.id)
    assert (view.paper_question["number"], view.key_question["number"]) == (3, 3)
    assert view.sheet.id == script.sheets[0].id
    answer(session, colleague, question)
    assert [each.answer for each in asked_about(session, script.actor, script.evaluation.id)] == ["It is."]
    assert asks(session, colleague) == []
    with pytest.raises(WrongState, match="quicker"):
        answer(session, actor_of(make_teacher(session)), question)


def test_nobody_answers_themselves_another_class_or_somebody_they_know(
    session: Session, script: Script
) -> None:
    question = asked(session, script)
    script.student.phone = "+91 98765 43210"
    kin = make_teacher(session, phone="+91 98765 43210")
    session.flush()
    for teacher in (script.teacher, make_teacher(session, may_mark=[ClassLevel.X]), kin):
        assert asks(session, actor_of(teacher)) == []
        with pytest.raises(NotFound):
            answer(session, actor_of(teacher), question)
    for stranger in (make_admin(session), make_student(session)):
        with pytest.raises(Forbidden):
            asks(session, actor_of(stranger))
