"""Verbs of the system slice."""

from mathvidya.system.service.acts import record_act
from mathvidya.system.service.calendars import edit_calendar, remove_override, set_override
from mathvidya.system.service.configuration import change_setting
from mathvidya.system.service.holidays import (
    HolidayDraft,
    add_holiday,
    confirm_holiday,
    edit_holiday,
    remove_holiday,
)
from mathvidya.system.service.planting import plant_reference
from mathvidya.system.service.previews import (
    HolidayChange,
    HolidayStep,
    calendar_if_added,
    calendar_if_changed,
)
from mathvidya.system.service.seals import seal_audit

__all__ = [
    "HolidayChange",
    "HolidayDraft",
    "HolidayStep",
    "add_holiday",
    "calendar_if_added",
    "calendar_if_changed",
    "change_setting",
    "confirm_holiday",
    "edit_calendar",
    "edit_holiday",
    "plant_reference",
    "record_act",
    "remove_holiday",
    "remove_override",
    "seal_audit",
    "set_override",
]
