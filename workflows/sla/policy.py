"""What a plan promises, as data: so many working days, or so many working minutes."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from workflows.calendar import CalendarRules
from workflows.sla.ledger import ClockError


class PolicyUnit(StrEnum):
    """What a policy counts in."""

    WORKING_DAY = "working_day"
    WORKING_MINUTE = "working_minute"


@dataclass(frozen=True)
class Policy:
    """How much working time is owed: one working day, or ninety working minutes."""

    unit: PolicyUnit
    amount: int

    def __post_init__(self) -> None:
        """Refuse a promise of nothing."""
        if self.amount < 1:
            raise ClockError(f"amount must be at least 1 {self.unit}, not {self.amount}")

    def budget(self, rules: CalendarRules) -> timedelta:
        """The working time owed where these hours are kept; a day is ``rules.standard_day``."""
        if self.unit is PolicyUnit.WORKING_DAY:
            return self.amount * rules.standard_day
        return timedelta(minutes=self.amount)
