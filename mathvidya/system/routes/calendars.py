"""HTTP of working calendars."""

from datetime import date
from typing import Any

from mathvidya.platform import db
from mathvidya.platform.errors import Forbidden, Invalid, NotFound, StaleVersion, VersionRequired
from mathvidya.platform.http.blueprint import Blueprint
from mathvidya.platform.http.context import current_actor, request_now
from mathvidya.platform.http.pages import Page, PageArguments
from mathvidya.platform.http.versions import etag, expected_version
from mathvidya.system import queries, service
from mathvidya.system.errors import DateInThePast, NoWorkingTime
from mathvidya.system.models import DateOverride, WorkingCalendarRow
from mathvidya.system.schemas.calendars import (
    CalendarEditSchema,
    CalendarSchema,
    CalendarsSchema,
    OverrideEditSchema,
    OverridePageSchema,
    OverrideSchema,
)
from mathvidya.system.service.calendars import CalendarEdit

blueprint = Blueprint("calendars", __name__, url_prefix="/calendars", description="When working time passes")


@blueprint.get("")
@blueprint.response(200, CalendarsSchema)
def list_calendars() -> dict[str, Any]:
    """Every calendar by its code; for whoever is signed in, since due times hang on them."""
    current_actor()
    with db.reading() as session:
        return {"items": queries.calendars(session)}


@blueprint.get("/<code>")
@blueprint.response(200, CalendarSchema)
@blueprint.problems(NotFound)
def read_calendar(code: str) -> tuple[WorkingCalendarRow, int, dict[str, str]]:
    """One calendar."""
    current_actor()
    with db.reading() as session:
        calendar = queries.calendar_named(session, code)
    return calendar, 200, etag(calendar.version)


@blueprint.put("/<code>")
@blueprint.arguments(CalendarEditSchema)
@blueprint.response(200, CalendarSchema)
@blueprint.problems(Forbidden, NotFound, Invalid, NoWorkingTime, VersionRequired, StaleVersion)
def edit_calendar(edit: CalendarEdit, code: str) -> tuple[WorkingCalendarRow, int, dict[str, str]]:
    """Give a calendar another name or week; for admins. Open clocks are looked at again."""
    with db.transaction() as session:
        calendar = service.edit_calendar(
            session,
            actor=current_actor(),
            code=code,
            edit=edit,
            version=expected_version(),
            now=request_now(),
        )
    return calendar, 200, etag(calendar.version)


@blueprint.get("/<code>/overrides")
@blueprint.arguments(PageArguments, location="query", as_kwargs=True)
@blueprint.response(200, OverridePageSchema)
@blueprint.problems(NotFound)
def list_overrides(code: str, **page: Any) -> Page[DateOverride]:
    """Dates with hours of their own, the last entered first."""
    current_actor()
    with db.reading() as session:
        return queries.overrides(session, code, **page)


@blueprint.put("/<code>/overrides/<day>")
@blueprint.arguments(OverrideEditSchema)
@blueprint.response(200, OverrideSchema)
@blueprint.problems(Forbidden, NotFound, Invalid, DateInThePast)
def set_override(body: dict[str, Any], code: str, day: str) -> DateOverride:
    """Give one date hours of its own, or close it with an empty list; for admins."""
    with db.transaction() as session:
        return service.set_override(
            session, actor=current_actor(), code=code, day=_date(day), now=request_now(), **body
        )


@blueprint.delete("/<code>/overrides/<day>")
@blueprint.response(204)
@blueprint.problems(Forbidden, NotFound, DateInThePast)
def remove_override(code: str, day: str) -> None:
    """Give one date its usual hours back; for admins."""
    with db.transaction() as session:
        service.remove_override(session, actor=current_actor(), code=code, day=_date(day), now=request_now())


def _date(day: str) -> date:
    try:
        return date.fromisoformat(day)
    except ValueError as error:
        raise Invalid(
            f"{day!r} is not a date", {"date": ["write the date in the address as 2026-08-15"]}
        ) from error
