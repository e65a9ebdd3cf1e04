"""Pure decisions of the system slice: working calendars, the types of settings, the audit seal."""
