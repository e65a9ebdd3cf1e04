from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from mathvidya.accounts.models import User
from mathvidya.evaluation.models import Evaluation, EvaluationState, FlagReason
from mathvidya.evaluation.service import claiming, holds, opening, returning
from mathvidya.platform.actors import Actor
from mathvidya.platform.errors import DomainError
from tests.desks import MONDAY, begun, claimed, flagged, make_sheet, waiting
from tests.factories import actor_of, make_admin, make_parent, make_student, make_teacher

S = EvaluationState
Act = Callable[[Session, Actor, "Case"], object]


@dataclass(frozen=True)
class Case:
    """A script in some state, with a page that has not been asked for, and a teacher who could take it."""

    evaluation_id: UUID
    token: int
    sheet_id: UUID
    spare_teacher_id: UUID


ACTS: dict[str, Act] = {
    "claim": lambda session, actor, case: claiming.claim(
        session, actor=actor, evaluation_id=case.evaluation_id, now=MONDAY
    ),
    "begin": lambda session, actor, case: claiming.begin(
        session, actor=actor, evaluation_id=case.evaluation_id, lease_token=case.token, now=MONDAY
    ),
    "renew": lambda session, actor, case: claiming.renew(
        session, actor=actor, evaluation_id=case.evaluation_id, lease_token=case.token
    ),
    "release": lambda session, actor, case: returning.release(
        session, actor=actor, evaluation_id=case.evaluation_id, lease_token=case.token, now=MONDAY
    ),
    "flag": lambda session, actor, case: holds.flag_page(
        session,
        actor=actor,
        evaluation_id=case.evaluation_id,
        lease_token=case.token,
        sheet_id=case.sheet_id,
        reason=FlagReason.UNREADABLE,
        note="",
        now=MONDAY,
    ),
    "reassign": lambda session, actor, case: claiming.reassign(
        session,
        actor=actor,
        evaluation_id=case.evaluation_id,
        teacher_id=case.spare_teacher_id,
        now=MONDAY,
    ),
}

OK = "ok"
NO, NONE, WRONG, TAKEN = "forbidden", "not-found", "wrong-state", "script-taken"

FAMILY = {"claim": NO, "begin": NONE, "renew": NONE, "release": NONE, "flag": NONE, "reassign": NO}
"""A student or a parent, in every state alike."""


def admin(reassign: str) -> dict[str, str]:
    """Admins hand scripts to teachers, and mark none."""
    return {**FAMILY, "reassign": reassign}


def teacher(claim: str, begin: str, renew: str, release: str, flag: str) -> dict[str, str]:
    return {
        "claim": claim,
        "begin": begin,
        "renew": renew,
        "release": release,
        "flag": flag,
        "reassign": NO,
    }


STRANGER = teacher(TAKEN, NONE, NONE, NONE, NONE)

MATRIX = {
    S.QUEUED: {
        "holder": teacher(OK, NONE, NONE, NONE, NONE),
        "other teacher": teacher(OK, NONE, NONE, NONE, NONE),
        "admin": admin(OK),
    },
    S.ASSIGNED: {
        "holder": teacher(OK, OK, OK, OK, WRONG),
        "other teacher": STRANGER,
        "admin": admin(OK),
    },
    S.IN_PROGRESS: {
        "holder": teacher(OK, WRONG, OK, OK, OK),
        "other teacher": STRANGER,
        "admin": admin(OK),
    },
    S.ON_HOLD: {
        "holder": teacher(WRONG, WRONG, WRONG, WRONG, OK),
        "other teacher": STRANGER,
        "admin": admin(WRONG),
    },
    S.COMPLETED: {
        "holder": teacher(WRONG, WRONG, WRONG, WRONG, WRONG),
        "other teacher": STRANGER,
        "admin": admin(WRONG),
    },
    S.PUBLISHED: {
        "holder": teacher(WRONG, WRONG, WRONG, WRONG, WRONG),
        "other teacher": STRANGER,
        "admin": admin(WRONG),
    },
    S.WITHDRAWN: {
        "holder": STRANGER,
        "other teacher": STRANGER,
        "admin": admin(WRONG),
    },
}


@pytest.mark.parametrize("state", S)
def test_every_act_of_every_role_in_a_state_is_as_written_here(
    session: Session, state: EvaluationState
) -> None:
    holder = make_teacher(session)
    case = case_in(session, state, holder)
    people = {
        "student": make_student(session),
        "parent": make_parent(session),
        "holder": holder,
        "other teacher": make_teacher(session),
        "admin": make_admin(session),
    }
    session.flush()
    found = {
        role: {name: outcome(session, act, actor_of(person), case) for name, act in ACTS.items()}
        for role, person in people.items()
    }
    assert found == {"student": FAMILY, "parent": FAMILY, **MATRIX[state]}


def outcome(session: Session, act: Act, actor: Actor, case: Case) -> str:
    """What an act comes to; it is undone afterwards."""
    attempt = session.begin_nested()
    try:
        act(session, actor, case)
    except DomainError as error:
        return error.slug
    else:
        return OK
    finally:
        attempt.rollback()


def case_in(session: Session, state: EvaluationState, holder: User) -> Case:
    evaluation = waiting(session)
    token = bring_into(session, evaluation, state, holder)
    assert evaluation.state is state
    sheet = make_sheet(session, evaluation.exam_id, 9)
    return Case(evaluation.id, token, sheet.id, make_teacher(session).id)


def bring_into(session: Session, evaluation: Evaluation, state: EvaluationState, holder: User) -> int:
    """Let the only waiting script reach a state in its holder's hands; the token of their lease."""
    if state is S.QUEUED:
        return 1
    if state is S.ASSIGNED:
        return claimed(session, holder).lease_token
    taken = begun(session, holder)
    if state is S.ON_HOLD:
        flagged(session, holder, taken, make_sheet(session, evaluation.exam_id, 1))
    if state is S.WITHDRAWN:
        opening.withdraw_evaluations(session, exam_id=evaluation.exam_id, now=MONDAY)
    if state in (S.COMPLETED, S.PUBLISHED):
        evaluation.state, evaluation.completed_at = state, MONDAY
        evaluation.published_at = MONDAY if state is S.PUBLISHED else None
    return taken.lease_token
