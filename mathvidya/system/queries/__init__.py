"""Reads of the system slice."""

from mathvidya.system.queries.audit import AuditFilter, ChainReport, acts, chain, count_acts, verify_chain
from mathvidya.system.queries.calendars import (
    CurrentCalendar,
    HolidayFilter,
    calendar_named,
    calendars,
    holiday_horizon,
    holiday_proposals,
    holidays,
    overrides,
    working_calendar,
)
from mathvidya.system.queries.configuration import setting, setting_row, settings_list, url_lifetime

__all__ = [
    "AuditFilter",
    "ChainReport",
    "CurrentCalendar",
    "HolidayFilter",
    "acts",
    "calendar_named",
    "calendars",
    "chain",
    "count_acts",
    "holiday_horizon",
    "holiday_proposals",
    "holidays",
    "overrides",
    "setting",
    "setting_row",
    "settings_list",
    "url_lifetime",
    "verify_chain",
    "working_calendar",
]
