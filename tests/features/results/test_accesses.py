import pytest
from sqlalchemy.orm import Session

from mathvidya.accounts import service as accounts
from mathvidya.platform.actors import Actor
from mathvidya.platform.errors import NotFound
from mathvidya.results.queries import Access, accesses
from mathvidya.system.service import record_act
from tests.factories import (
    MONDAY_TEN,
    actor_of,
    link_parent,
    make_admin,
    make_parent,
    make_student,
    make_teacher,
)
from tests.scripts import Script, make_script, save, sent


@pytest.fixture
def script(session: Session) -> Script:
    return make_script(session)


def seen(session: Session, actor: Actor, script: Script) -> list[Access]:
    session.flush()
    return list(accesses(session, actor, script.student.id, limit=50, after=None).items)


def test_a_parent_sees_what_others_did_with_the_childs_data_and_no_names(
    session: Session, script: Script
) -> None:
    parent = make_parent(session)
    link_parent(session, parent, script.student)
    save(session, script, 2, sent({"1": "1"}))
    admin = actor_of(make_admin(session))
    accounts.disable(session, actor=admin, person_id=script.student.id, now=MONDAY_TEN)
    record_act(session, admin, "exam.voided", subject=("exam", script.exam.id), now=MONDAY_TEN)
    found = seen(session, actor_of(parent), script)
    assert {("admin", "user.disabled", None), ("admin", "exam.voided", script.exam.code)} < {
        (each.actor_role, each.action, each.exam_code) for each in found
    }
    marked = next(each for each in found if each.subject_type == "evaluation")
    assert (marked.actor_role, marked.exam_code) == ("teacher", script.exam.code)
    assert not any(hasattr(each, "actor_id") for each in found)


def test_what_the_child_does_is_the_childs_own_and_strangers_acts_are_elsewhere(
    session: Session, script: Script
) -> None:
    child, other = actor_of(script.student), make_student(session)
    record_act(session, child, "user.login", subject=("user", script.student.id), now=MONDAY_TEN)
    record_act(session, actor_of(other), "user.login", subject=("user", other.id), now=MONDAY_TEN)
    assert seen(session, actor_of(make_admin(session)), script) == []


def test_ones_own_acts_are_marked_as_such(session: Session, script: Script) -> None:
    parent = make_parent(session)
    link_parent(session, parent, script.student)
    subject = ("user", script.student.id)
    record_act(session, actor_of(parent), "consent.given", subject=subject, now=MONDAY_TEN)
    assert [each.is_you for each in seen(session, actor_of(parent), script)] == [True]


def test_it_is_told_to_linked_parents_and_admins_only(session: Session, script: Script) -> None:
    for stranger in (script.student, make_parent(session), script.teacher, make_teacher(session)):
        with pytest.raises(NotFound):
            seen(session, actor_of(stranger), script)
