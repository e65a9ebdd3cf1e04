import dataclasses
from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.accounts.models import User
from mathvidya.plans import queries, service
from mathvidya.plans.models import ExamType, PlanName
from mathvidya.platform.errors import Forbidden, Invalid, NotFound, StaleVersion
from mathvidya.system.models import AuditLog
from tests.factories import (
    MONDAY_TEN,
    actor_of,
    make_admin,
    make_parent,
    make_plan,
    make_student,
    make_teacher,
)
from tests.features.plans.test_rules import terms


def test_the_four_plans_are_planted_once(session: Session) -> None:
    assert service.plant_plans(session) == 4
    assert service.plant_plans(session) == 0
    assert [plan.name for plan in queries.all_plans(session)] == [
        PlanName.BASIC,
        PlanName.PREMIUM_MCQ,
        PlanName.PREMIUM,
        PlanName.CENTUM,
    ]


def test_hours_of_a_price_list_are_working_days(session: Session) -> None:
    service.plant_plans(session)
    assert queries.plan_named(session, PlanName.CENTUM).sla_policy == {"unit": "working_day", "amount": 1}
    assert queries.plan_named(session, PlanName.PREMIUM).sla_policy == {"unit": "working_day", "amount": 2}


def test_planting_again_leaves_what_an_admin_has_changed(session: Session) -> None:
    service.plant_plans(session)
    queries.plan_named(session, PlanName.BASIC).title = "Starter"
    session.flush()
    service.plant_plans(session)
    session.expire_all()
    assert queries.plan_named(session, PlanName.BASIC).title == "Starter"


def test_a_plan_that_is_not_planted_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound):
        queries.plan_named(session, PlanName.BASIC)


def test_an_edit_changes_the_terms_raises_the_version_and_leaves_what_was_in_the_audit(
    session: Session,
) -> None:
    plan, admin = make_plan(session, name=PlanName.PREMIUM), make_admin(session)
    new_terms = terms(title=plan.title, monthly_paise=120000, exam_types=(ExamType.BOARD_EXAM,))
    service.edit_plan(
        session, actor=actor_of(admin), name=plan.name, terms=new_terms, expected_version=1, now=MONDAY_TEN
    )
    assert (plan.monthly_paise, plan.exam_types, plan.version) == (120000, [ExamType.BOARD_EXAM], 2)
    act = session.scalars(select(AuditLog).where(AuditLog.action == "plan.edited")).one()
    assert act.changes["monthly_paise"] == [149900, 120000]
    assert act.changes["sla_policy"][1] == {"unit": "working_day", "amount": 2}
    assert "title" not in act.changes


def test_an_edit_that_changes_nothing_makes_no_new_version(session: Session) -> None:
    service.plant_plans(session)
    as_planted = terms(
        exam_types=(
            ExamType.BOARD_EXAM,
            ExamType.SECTION_MCQ,
            ExamType.SECTION_VSA,
            ExamType.SECTION_SA,
            ExamType.UNIT_PRACTICE,
        )
    )
    plan = service.edit_plan(
        session,
        actor=actor_of(make_admin(session)),
        name=PlanName.PREMIUM,
        terms=as_planted,
        expected_version=1,
        now=MONDAY_TEN,
    )
    assert plan.version == 1
    assert session.scalars(select(AuditLog)).all() == []


def test_an_edit_from_an_older_version_is_refused(session: Session) -> None:
    plan, admin = make_plan(session), make_admin(session)
    with pytest.raises(StaleVersion) as refusal:
        service.edit_plan(
            session, actor=actor_of(admin), name=plan.name, terms=terms(), expected_version=7, now=MONDAY_TEN
        )
    assert refusal.value.extra["current_version"] == 1


def test_terms_that_contradict_themselves_change_nothing(session: Session) -> None:
    plan, admin = make_plan(session), make_admin(session)
    with pytest.raises(Invalid):
        service.edit_plan(
            session,
            actor=actor_of(admin),
            name=plan.name,
            terms=dataclasses.replace(terms(), mcq_only=True),
            expected_version=1,
            now=MONDAY_TEN,
        )
    assert plan.version == 1


@pytest.mark.parametrize("make", [make_student, make_parent, make_teacher])
def test_only_an_admin_edits_a_plan(session: Session, make: Callable[[Session], User]) -> None:
    plan = make_plan(session)
    with pytest.raises(Forbidden):
        service.edit_plan(
            session,
            actor=actor_of(make(session)),
            name=plan.name,
            terms=terms(),
            expected_version=1,
            now=MONDAY_TEN,
        )


def test_the_plans_that_hold_a_kind_of_exam_are_named(session: Session) -> None:
    service.plant_plans(session)
    assert queries.plans_allowing(session, ExamType.SECTION_MCQ) == [
        PlanName.BASIC,
        PlanName.PREMIUM_MCQ,
        PlanName.PREMIUM,
        PlanName.CENTUM,
    ]
    assert PlanName.PREMIUM_MCQ not in queries.plans_allowing(session, ExamType.BOARD_EXAM)
