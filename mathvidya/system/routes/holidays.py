"""HTTP of holidays."""

from typing import Any
from uuid import UUID

from flask import Response

from mathvidya.platform import db
from mathvidya.platform.errors import Forbidden, NotFound, StaleVersion, VersionRequired, WrongState
from mathvidya.platform.http.blueprint import Blueprint
from mathvidya.platform.http.context import current_actor, request_now
from mathvidya.platform.http.idempotency import answer_once
from mathvidya.platform.http.pages import Page
from mathvidya.platform.http.versions import etag, expected_version
from mathvidya.system import queries, service
from mathvidya.system.errors import DateInThePast, DayDeclaredTwice, DuplicateHoliday
from mathvidya.system.models import Holiday
from mathvidya.system.rules.proposals import SOURCE
from mathvidya.system.schemas.calendars import (
    HolidayArguments,
    HolidayDraftSchema,
    HolidayPageSchema,
    HolidaySchema,
    NewHolidaySchema,
    ProposalArguments,
    ProposalsSchema,
)
from mathvidya.system.service import HolidayDraft

blueprint = Blueprint(
    "holidays", __name__, url_prefix="/holidays", description="Days off, and worked Sundays"
)


@blueprint.get("")
@blueprint.arguments(HolidayArguments, location="query", as_kwargs=True)
@blueprint.response(200, HolidayPageSchema)
@blueprint.problems(NotFound)
def list_holidays(**arguments: Any) -> Page[Holiday]:
    """Holidays of a calendar, the last entered first."""
    current_actor()
    with db.reading() as session:
        return queries.holidays(session, **arguments)


@blueprint.post("")
@blueprint.arguments(NewHolidaySchema)
@blueprint.response(201, HolidaySchema)
@blueprint.problems(Forbidden, NotFound, DateInThePast, DayDeclaredTwice, DuplicateHoliday)
def add_holiday(body: tuple[str, HolidayDraft]) -> Response:
    """Declare a day; for admins. Open clocks are looked at again."""
    code, draft = body
    actor, now = current_actor(), request_now()
    with db.transaction() as session:
        return answer_once(
            session,
            HolidaySchema(),
            lambda: service.add_holiday(session, actor=actor, draft=draft, now=now, code=code),
        )


@blueprint.get("/proposals")
@blueprint.arguments(ProposalArguments, location="query", as_kwargs=True)
@blueprint.response(200, ProposalsSchema)
@blueprint.problems(Forbidden, NotFound)
def propose_holidays(**arguments: Any) -> dict[str, Any]:
    """The public holidays of a year that a calendar lacks; for admins, who enter what they take over."""
    with db.reading() as session:
        found = queries.holiday_proposals(session, current_actor(), now=request_now(), **arguments)
    return {"items": found, "source": SOURCE}


@blueprint.put("/<uuid:holiday_id>")
@blueprint.arguments(HolidayDraftSchema)
@blueprint.response(200, HolidaySchema)
@blueprint.problems(
    Forbidden, NotFound, DateInThePast, DayDeclaredTwice, DuplicateHoliday, VersionRequired, StaleVersion
)
def edit_holiday(draft: HolidayDraft, holiday_id: UUID) -> tuple[Holiday, int, dict[str, str]]:
    """Correct a day that has not come yet; for admins."""
    with db.transaction() as session:
        holiday = service.edit_holiday(
            session,
            actor=current_actor(),
            holiday_id=holiday_id,
            draft=draft,
            version=expected_version(),
            now=request_now(),
        )
    return holiday, 200, etag(holiday.version)


@blueprint.post("/<uuid:holiday_id>/confirmation")
@blueprint.response(200, HolidaySchema)
@blueprint.problems(Forbidden, NotFound, WrongState, DateInThePast)
def confirm_holiday(holiday_id: UUID) -> tuple[Holiday, int, dict[str, str]]:
    """Say that a date is certain; for admins."""
    with db.transaction() as session:
        holiday = service.confirm_holiday(
            session, actor=current_actor(), holiday_id=holiday_id, now=request_now()
        )
    return holiday, 200, etag(holiday.version)


@blueprint.delete("/<uuid:holiday_id>")
@blueprint.response(204)
@blueprint.problems(Forbidden, NotFound, DateInThePast)
def remove_holiday(holiday_id: UUID) -> None:
    """Take a day that has not come yet out of the calendar; for admins."""
    with db.transaction() as session:
        service.remove_holiday(session, actor=current_actor(), holiday_id=holiday_id, now=request_now())
