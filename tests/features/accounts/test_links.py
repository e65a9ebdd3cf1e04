from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.accounts import notice, queries, service
from mathvidya.accounts.errors import LinkCodeRefused, NoticeOutdated, TooManyLinkCodes
from mathvidya.accounts.models import Consent, ParentLinkCode, ParentStudentMapping, Relationship, User
from mathvidya.accounts.service import Redemption
from mathvidya.platform.actors import Actor
from mathvidya.platform.errors import Forbidden, NotFound, WrongState
from tests.factories import MONDAY_TEN, actor_of, make_admin, make_parent, make_student, make_teacher

DAY = timedelta(hours=24)


@pytest.fixture
def student(session: Session) -> User:
    return make_student(session)


@pytest.fixture
def mother(session: Session) -> User:
    return make_parent(session)


def issued_by(session: Session, student: User, now: datetime = MONDAY_TEN) -> str:
    return service.issue_code(session, actor=actor_of(student), now=now).code


def redeem(
    session: Session, parent: User, code: str, *, now: datetime = MONDAY_TEN, is_primary: bool = False
) -> ParentStudentMapping | LinkCodeRefused:
    redemption = Redemption(code, Relationship.MOTHER, is_primary, notice.CURRENT.version)
    actor = Actor(parent.id, parent.role, actor_of(parent).session_id, "203.0.113.7")
    return service.redeem_code(session, actor=actor, redemption=redemption, now=now)


def link(session: Session, parent: User, student: User) -> ParentStudentMapping:
    outcome = redeem(session, parent, issued_by(session, student))
    assert isinstance(outcome, ParentStudentMapping)
    return outcome


def test_a_code_links_and_consents_at_once_and_keeps_the_evidence(
    session: Session, student: User, mother: User
) -> None:
    link(session, mother, student)
    assert queries.children_of(session, mother.id) == {student.id}
    assert queries.has_consent(session, student.id)
    consent = session.scalars(select(Consent)).one()
    assert (consent.method, consent.notice_version) == ("link_code", notice.CURRENT.version)
    assert consent.evidence["address"] == "203.0.113.7"
    assert consent.evidence["at"] == MONDAY_TEN.isoformat()
    assert consent.evidence.keys() >= {"session", "code_id"}


def test_only_the_hash_of_a_code_is_kept(session: Session, student: User) -> None:
    code = issued_by(session, student)
    assert session.scalars(select(ParentLinkCode)).one().code_hash != code.encode()


def test_a_code_is_good_for_less_than_a_day(session: Session, student: User, mother: User) -> None:
    code = issued_by(session, student)
    assert isinstance(redeem(session, mother, code, now=MONDAY_TEN + DAY), LinkCodeRefused)
    just_in_time = MONDAY_TEN + DAY - timedelta(seconds=1)
    assert isinstance(redeem(session, mother, code, now=just_in_time), ParentStudentMapping)


def test_a_new_code_takes_the_place_of_the_open_one(session: Session, student: User, mother: User) -> None:
    older, newer = issued_by(session, student), issued_by(session, student)
    assert isinstance(redeem(session, mother, older), LinkCodeRefused)
    assert isinstance(redeem(session, mother, newer), ParentStudentMapping)


def test_a_code_is_good_for_one_parent_and_repeats_its_answer_to_that_one(
    session: Session, student: User, mother: User
) -> None:
    code = issued_by(session, student)
    first, again = redeem(session, mother, code), redeem(session, mother, code)
    assert first is again
    assert isinstance(redeem(session, make_parent(session), code), LinkCodeRefused)


def test_five_wrong_codes_within_an_hour_close_the_door_even_to_the_right_one(
    session: Session, student: User, mother: User
) -> None:
    code = issued_by(session, student)
    for _ in range(5):
        assert isinstance(redeem(session, mother, "P-WRONG"), LinkCodeRefused)
    with pytest.raises(TooManyLinkCodes) as refusal:
        redeem(session, mother, code)
    assert refusal.value.extra["retry_after"] == 3600
    assert isinstance(
        redeem(session, mother, code, now=MONDAY_TEN + timedelta(hours=1)), ParentStudentMapping
    )


def test_consent_is_to_the_notice_in_force(session: Session, student: User, mother: User) -> None:
    code = issued_by(session, student)
    redemption = Redemption(code, Relationship.FATHER, False, "2001-01")
    with pytest.raises(NoticeOutdated) as refusal:
        service.redeem_code(session, actor=actor_of(mother), redemption=redemption, now=MONDAY_TEN)
    assert refusal.value.extra["notice_version"] == notice.CURRENT.version


def test_only_students_issue_and_only_parents_redeem(session: Session, student: User, mother: User) -> None:
    with pytest.raises(Forbidden):
        issued_by(session, mother)
    with pytest.raises(Forbidden):
        redeem(session, make_teacher(session), issued_by(session, student))


def test_consent_withdrawn_ends_it_and_given_again_begins_a_new_one(
    session: Session, student: User, mother: User
) -> None:
    mapping = link(session, mother, student)
    service.withdraw_consent(session, actor=actor_of(mother), link_id=mapping.id, now=MONDAY_TEN)
    assert not queries.has_consent(session, student.id)
    with pytest.raises(WrongState):
        service.withdraw_consent(session, actor=actor_of(mother), link_id=mapping.id, now=MONDAY_TEN)
    service.give_consent(
        session,
        actor=actor_of(mother),
        link_id=mapping.id,
        notice_version=notice.CURRENT.version,
        now=MONDAY_TEN,
    )
    assert queries.has_consent(session, student.id)
    assert len(session.scalars(select(Consent)).all()) == 2


def test_the_consent_of_one_parent_stands_while_the_other_withdraws(
    session: Session, student: User, mother: User
) -> None:
    link(session, mother, student)
    father = make_parent(session)
    other = link(session, father, student)
    service.withdraw_consent(session, actor=actor_of(father), link_id=other.id, now=MONDAY_TEN)
    assert queries.has_consent(session, student.id)


def test_the_end_of_a_link_ends_the_consent_and_the_sight_of_the_child(
    session: Session, student: User, mother: User
) -> None:
    mapping = link(session, mother, student)
    service.unlink(session, actor=actor_of(mother), link_id=mapping.id, now=MONDAY_TEN)
    session.flush()
    assert queries.children_of(session, mother.id) == frozenset()
    assert not queries.has_consent(session, student.id)


@pytest.mark.parametrize("stranger", ["another parent", "the student", "a teacher"])
def test_nobody_else_can_end_a_link_or_a_consent(
    session: Session, student: User, mother: User, stranger: str
) -> None:
    mapping = link(session, mother, student)
    people = {
        "another parent": make_parent(session),
        "the student": student,
        "a teacher": make_teacher(session),
    }
    actor = actor_of(people[stranger])
    with pytest.raises(NotFound):
        service.unlink(session, actor=actor, link_id=mapping.id, now=MONDAY_TEN)
    with pytest.raises(NotFound):
        service.withdraw_consent(session, actor=actor, link_id=mapping.id, now=MONDAY_TEN)


def test_an_admin_can_withdraw_but_not_consent_for_a_parent(
    session: Session, student: User, mother: User
) -> None:
    mapping, admin = link(session, mother, student), actor_of(make_admin(session))
    service.withdraw_consent(session, actor=admin, link_id=mapping.id, now=MONDAY_TEN)
    with pytest.raises(Forbidden):
        service.give_consent(
            session,
            actor=admin,
            link_id=mapping.id,
            notice_version=notice.CURRENT.version,
            now=MONDAY_TEN,
        )


def test_the_primary_parent_comes_first(session: Session, student: User, mother: User) -> None:
    father = make_parent(session)
    link(session, father, student)
    redeem(session, mother, issued_by(session, student), is_primary=True)
    assert queries.parents_of(session, student.id) == (mother.id, father.id)


def test_each_side_sees_the_other_and_nobody_else_sees_the_link(
    session: Session, student: User, mother: User
) -> None:
    link(session, mother, student)
    for person in (student, mother):
        (seen,) = queries.links(session, actor_of(person), limit=20, after=None).items
        assert (seen.student_name, seen.parent_name) == (student.full_name, mother.full_name)
        assert seen.has_consent
    assert queries.links(session, actor_of(make_parent(session)), limit=20, after=None).items == []


def test_links_are_paged(session: Session, mother: User) -> None:
    for _ in range(3):
        link(session, mother, make_student(session))
    first = queries.links(session, actor_of(mother), limit=2, after=None)
    rest = queries.links(session, actor_of(mother), limit=2, after=first.next_after)
    assert (len(first.items), len(rest.items), rest.next_after) == (2, 1, None)
    assert len({seen.id for seen in (*first.items, *rest.items)}) == 3
