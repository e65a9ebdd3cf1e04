"""Verbs on plans: plant the four of the reference data, change the terms of one."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from mathvidya.plans import policy, rules
from mathvidya.plans.models import ExamType, PlanName, SubscriptionPlan
from mathvidya.plans.rules import PlanTerms
from mathvidya.platform.actors import Actor
from mathvidya.platform.errors import NotFound
from mathvidya.platform.versions import check_version
from mathvidya.settings import ROOT
from mathvidya.system.service import record_act
from workflows.base import JsonObject, new_id
from workflows.sla import Policy, PolicyUnit

_REFERENCE = ROOT / "seeds" / "reference" / "plans.json"


def edit_plan(
    session: Session,
    *,
    actor: Actor,
    name: PlanName,
    terms: PlanTerms,
    expected_version: int,
    now: datetime,
) -> SubscriptionPlan:
    """Give a plan new terms; running subscriptions keep their price, and begun periods their number.

    Raises Forbidden, NotFound, StaleVersion, Invalid.
    """
    policy.must_be_admin(actor, "change a plan")
    plan = _locked(session, name)
    check_version(plan.version, expected_version)
    rules.check_terms(terms)
    changes = _apply(plan, _columns(terms))
    if changes:
        plan.version += 1
        session.flush()
        record_act(session, actor, "plan.edited", subject=("plan", name.value), now=now, changes=changes)
    return plan


def _locked(session: Session, name: PlanName) -> SubscriptionPlan:
    rows = select(SubscriptionPlan).where(SubscriptionPlan.name == name).with_for_update()
    plan = session.scalars(rows, execution_options={"populate_existing": True}).one_or_none()
    if plan is None:
        raise NotFound(f"there is no plan {name}")
    return plan


def _columns(terms: PlanTerms) -> dict[str, Any]:
    """Terms as the table keeps them."""
    return {
        **asdict(terms),
        "exam_types": list(terms.exam_types),
        "sla_policy": {"unit": terms.sla_policy.unit.value, "amount": terms.sla_policy.amount},
    }


def _apply(plan: SubscriptionPlan, columns: dict[str, Any]) -> JsonObject:
    """Set what differs, and say what was and what is."""
    changes: JsonObject = {}
    for column, value in columns.items():
        before = getattr(plan, column)
        if before != value:
            setattr(plan, column, value)
            changes[column] = [_plain(before), _plain(value)]
    return changes


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int | list | dict) else str(value)


def plant_plans(session: Session) -> int:
    """Plant the plans of the reference data that are not there yet, by name; how many were planted.

    One that is there stays as it is: an admin may have changed it.
    """
    entries = json.loads(_REFERENCE.read_text(encoding="utf-8"))["plans"]
    rows = [
        {"id": new_id(), "name": PlanName(entry["name"]), **_columns(_terms_of(entry))} for entry in entries
    ]
    planting = insert(SubscriptionPlan).values(rows).on_conflict_do_nothing().returning(SubscriptionPlan.id)
    return len(session.execute(planting).all())


def _terms_of(entry: JsonObject) -> PlanTerms:
    """One entry of the reference file; a promise of 24 hours on a price list is one working day."""
    days, rest = divmod(entry["sla_hours"], 24)
    if rest:
        raise ValueError(f"sla_hours of {entry['name']} must be whole days, not {entry['sla_hours']}")
    taken_over = (
        "title",
        "exams_per_month",
        "teacher_hours",
        "mcq_only",
        "leaderboard",
        "monthly_paise",
        "yearly_paise",
    )
    return PlanTerms(
        **{field: entry[field] for field in taken_over},
        exam_types=tuple(map(ExamType, entry["exam_types"])),
        sla_policy=Policy(PolicyUnit.WORKING_DAY, days),
    )
