"""Holding the engine against known answers: one verdict for each case of a file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mathvidya.cli.sla.formats import Example, Malformed, Operation, Vector, VectorFile, read
from mathvidya.cli.sla.reference import policy_of_hours
from workflows import sla
from workflows.calendar import CalendarError, CalendarRules, Edge, WorkingCalendar, compile_calendar

# Room on both sides of the dates in a file, so that a wrong answer is an answer and not an error.
MARGIN = timedelta(days=400)


@dataclass(frozen=True)
class Verdict:
    """One case: what the file expects and what the engine says, as people read them."""

    name: str
    expected: str
    got: str

    @property
    def agrees(self) -> bool:
        """Whether the engine says what the file expects."""
        return self.expected == self.got


def check_file(file: Path) -> list[Verdict]:
    """A verdict for each case of the file. Raises Malformed."""
    content = read(file)
    try:
        if isinstance(content, VectorFile):
            return list(_check_vectors(content))
        return [_check_example(example) for example in content]
    except (CalendarError, OverflowError) as error:
        raise Malformed(f"a calendar cannot be compiled: {error}") from error


def _check_vectors(file: VectorFile) -> Iterator[Verdict]:
    compiled: dict[str, WorkingCalendar] = {}
    for vector in file.vectors:
        key = vector.calendar
        if key not in compiled:
            asked = [other for other in file.vectors if other.calendar == key]
            moments = [moment for other in asked for moment in (other.start, other.end)]
            compiled[key] = _compiled(file.calendars[key], moments)
        yield _check_vector(vector, compiled[key])


def _check_vector(vector: Vector, calendar: WorkingCalendar) -> Verdict:
    if vector.operation is Operation.BETWEEN:
        span = calendar.between(vector.start, vector.end)
        return Verdict(vector.name, str(vector.span), str(span))
    answers = {_sum(calendar, vector, edge) for edge in vector.edges}
    return Verdict(vector.name, _utc(vector.end), " or ".join(sorted(answers)))


def _sum(calendar: WorkingCalendar, vector: Vector, edge: Edge) -> str:
    """The engine's answer; a refusal is an answer too, and a mismatch."""
    try:
        return _utc(calendar.add(vector.start, vector.span, edge))
    except CalendarError as error:
        return str(error)


def _check_example(example: Example) -> Verdict:
    calendar = _compiled(example.rules, [example.submitted, *example.due.values()])
    expected = [f"{hours} h: {_utc(due)}" for hours, due in example.due.items()]
    got = [f"{hours} h: {_utc(_due(calendar, example, hours))}" for hours in example.due]
    return Verdict(example.name, ", ".join(expected), ", ".join(got))


def _due(calendar: WorkingCalendar, example: Example, hours: int) -> datetime:
    budget = policy_of_hours(hours).budget(calendar.rules)
    return sla.start(budget, calendar=calendar, at=example.submitted).clock.due_at


def _compiled(rules: CalendarRules, moments: Sequence[datetime]) -> WorkingCalendar:
    first, last = min(moments) - MARGIN, max(moments) + MARGIN
    return compile_calendar(rules, first.date(), last.date())


def _utc(moment: datetime) -> str:
    """One spelling for each instant, whatever offset the file writes it with."""
    return moment.astimezone(UTC).isoformat()
