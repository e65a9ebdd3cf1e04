"""HTTP of looking ahead: what a change of holidays would do to the promises, before it is made.

Its address is that of the holidays; it lives here because only this slice knows what hangs on them.
"""

from uuid import UUID

from mathvidya.evaluation.queries.promises import Impact, impact_of
from mathvidya.evaluation.schemas.sla import ImpactSchema
from mathvidya.platform import db
from mathvidya.platform.errors import Forbidden, Invalid, NotFound
from mathvidya.platform.http.blueprint import Blueprint
from mathvidya.platform.http.context import current_actor, request_now
from mathvidya.system import service as system
from mathvidya.system.errors import DateInThePast, DayDeclaredTwice, NoWorkingTime
from mathvidya.system.schemas.calendars import HolidayChangeSchema, NewHolidaySchema
from mathvidya.system.service import HolidayChange, HolidayDraft

blueprint = Blueprint(
    "holiday-previews", __name__, url_prefix="/holidays", description="What a change of holidays would do"
)

_REFUSALS = (Forbidden, NotFound, Invalid, DateInThePast, DayDeclaredTwice, NoWorkingTime)


@blueprint.post("/preview")
@blueprint.arguments(NewHolidaySchema)
@blueprint.response(200, ImpactSchema)
@blueprint.problems(*_REFUSALS)
def preview_new_holiday(body: tuple[str, HolidayDraft]) -> Impact:
    """Which promises a new holiday would move; nothing is changed. For admins."""
    code, draft = body
    with db.reading() as session:
        calendar = system.calendar_if_added(
            session, actor=current_actor(), draft=draft, now=request_now(), code=code
        )
        return impact_of(session, calendar)


@blueprint.post("/<uuid:holiday_id>/preview")
@blueprint.arguments(HolidayChangeSchema)
@blueprint.response(200, ImpactSchema)
@blueprint.problems(*_REFUSALS)
def preview_holiday_change(change: HolidayChange, holiday_id: UUID) -> Impact:
    """Which promises an edit, a confirmation or a removal would move; nothing is changed. For admins."""
    with db.reading() as session:
        calendar = system.calendar_if_changed(
            session, actor=current_actor(), holiday_id=holiday_id, change=change, now=request_now()
        )
        return impact_of(session, calendar)
