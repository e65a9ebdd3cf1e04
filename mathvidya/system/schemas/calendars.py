"""Shapes of working calendars and holidays."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from mathvidya.platform.http.pages import PageArguments, page_schema
from mathvidya.system.models import HolidayType
from mathvidya.system.queries import HolidayFilter
from mathvidya.system.reference import NATIONAL
from mathvidya.system.rules.proposals import FIRST_YEAR, LAST_YEAR
from mathvidya.system.service import HolidayChange, HolidayDraft, HolidayStep
from mathvidya.system.service.calendars import CalendarEdit

_LONGEST_NAME = 100


def _hours(**options: Any) -> fields.List[Any]:
    pair = fields.List(fields.String(), validate=validate.Length(equal=2))
    return fields.List(
        pair, metadata={"description": '[["09:00", "18:00"]]: opening and closing, local time'}, **options
    )


def _name() -> fields.String:
    return fields.String(required=True, validate=validate.Length(1, _LONGEST_NAME))


class CalendarEditSchema(Schema):
    """A calendar's name and week; a day that is not named is off."""

    name = _name()
    weekly_hours = fields.Dict(keys=fields.String(), values=_hours(), required=True)

    @post_load
    def gather(self, data: dict[str, Any], **_: Any) -> CalendarEdit:
        """One value for the service."""
        return CalendarEdit(**data)


class CalendarSchema(Schema):
    """A working calendar."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    timezone = fields.String(required=True)
    weekly_hours = fields.Dict(keys=fields.String(), values=_hours(), required=True)
    version = fields.Integer(required=True)
    updated_at = fields.AwareDateTime(required=True)


class CalendarsSchema(Schema):
    """All of them."""

    items = fields.List(fields.Nested(CalendarSchema), required=True)


class OverrideEditSchema(Schema):
    """The hours of one date; an empty list closes it."""

    hours = _hours(required=True)
    reason = fields.String(load_default="", validate=validate.Length(max=200))


class OverrideSchema(Schema):
    """One date with hours of its own."""

    id = fields.UUID(required=True)
    date = fields.Date(required=True)
    hours = _hours(required=True)
    reason = fields.String(required=True)


OverridePageSchema = page_schema(OverrideSchema)


class HolidayArguments(PageArguments):
    """Which holidays, and which page of them."""

    calendar = fields.String(load_default=NATIONAL)
    first = fields.Date(load_default=None)
    last = fields.Date(load_default=None)

    @post_load
    def gather(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Put the filters into one value."""
        page = {name: data.pop(name) for name in ("limit", "after")}
        return {**page, "narrowed": HolidayFilter(**data)}


class HolidayDraftSchema(Schema):
    """What an admin says of a holiday."""

    date = fields.Date(required=True)
    name = _name()
    type = fields.Enum(HolidayType, by_value=True, load_default=HolidayType.NATIONAL)
    is_working_day = fields.Boolean(
        load_default=False, metadata={"description": "declares work on a day that is weekly off"}
    )
    is_estimate = fields.Boolean(
        load_default=False, metadata={"description": "it counts once it is confirmed"}
    )
    note = fields.String(load_default="", validate=validate.Length(max=500))

    @post_load
    def gather(self, data: dict[str, Any], **_: Any) -> Any:
        """One value for the service."""
        return HolidayDraft(**data)


class NewHolidaySchema(HolidayDraftSchema):
    """A holiday and the calendar that it is for."""

    calendar = fields.String(load_default=NATIONAL)

    @post_load
    def gather(self, data: dict[str, Any], **_: Any) -> tuple[str, HolidayDraft]:
        """The calendar's code, and one value for the service."""
        return data.pop("calendar"), HolidayDraft(**data)


class HolidayChangeSchema(Schema):
    """What is to be done to a holiday."""

    step = fields.Enum(HolidayStep, by_value=True, required=True)
    draft = fields.Nested(
        HolidayDraftSchema,
        load_default=None,
        allow_none=True,
        metadata={"description": "of an edit: the holiday as it should be"},
    )

    @post_load
    def gather(self, data: dict[str, Any], **_: Any) -> HolidayChange:
        """One value for the service."""
        return HolidayChange(**data)


class ProposalArguments(Schema):
    """Whose public holidays, and of which year."""

    calendar = fields.String(load_default=NATIONAL)
    year = fields.Integer(required=True, validate=validate.Range(FIRST_YEAR, LAST_YEAR))


class NearbySchema(Schema):
    """A holiday of the calendar within a day of a proposed one."""

    id = fields.UUID(required=True)
    date = fields.Date(required=True)
    name = fields.String(required=True)
    is_estimate = fields.Boolean(required=True)


class ProposalSchema(Schema):
    """A public holiday that the calendar does not have."""

    date = fields.Date(required=True)
    name = fields.String(required=True)
    type = fields.Enum(HolidayType, by_value=True, required=True)
    is_estimate = fields.Boolean(
        required=True, metadata={"description": "the moon decides: confirm it when it is certain"}
    )
    nearby = fields.List(
        fields.Nested(NearbySchema),
        required=True,
        metadata={"description": "perhaps the same day, entered when it was still an estimate"},
    )


class ProposalsSchema(Schema):
    """What an admin may enter, the earliest first."""

    items = fields.List(fields.Nested(ProposalSchema), required=True)
    source = fields.String(required=True, metadata={"description": "where the list comes from"})


class HolidaySchema(Schema):
    """A holiday."""

    id = fields.UUID(required=True)
    date = fields.Date(required=True)
    name = fields.String(required=True)
    type = fields.Enum(HolidayType, by_value=True, required=True)
    is_working_day = fields.Boolean(required=True)
    is_estimate = fields.Boolean(required=True)
    source = fields.String(required=True)
    note = fields.String(required=True)
    confirmed_at = fields.AwareDateTime(required=True, allow_none=True)
    version = fields.Integer(required=True)


HolidayPageSchema = page_schema(HolidaySchema)
