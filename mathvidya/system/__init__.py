"""What the whole house stands on: working calendars, configuration, the audit trail."""
