"""State machines as tables: what may happen in which state, readable as data, checked when built.

A table answers questions that an if-ladder cannot: is every state reachable, what happens in each
of state × event, what does it look like as a picture. It carries nothing out. A guard is a named
question put to a context that only the guard understands; an effect is a name that the service
which fired the transition carries out.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Generic, NamedTuple, TypeVar

S = TypeVar("S", bound=Enum)
E = TypeVar("E", bound=Enum)


class MachineError(ValueError):
    """A table that contradicts itself."""


class IllegalTransition(ValueError):
    """The event has no place in the state, or a guard refused it."""

    def __init__(self, state: Enum, event: Enum, refused_by: str | None = None) -> None:
        """Keep what was asked, so that a caller can say it in the words of its users."""
        reason = f": refused by {refused_by}" if refused_by else ""
        super().__init__(f"{event.value} is not possible in state {state.value}{reason}")
        self.state = state
        self.event = event
        self.refused_by = refused_by


@dataclass(frozen=True)
class Guard:
    """A named condition on whatever context the one who fires passes in."""

    name: str
    holds: Callable[[Any], bool]


@dataclass(frozen=True)
class Transition(Generic[S, E]):
    """One row of the table: in ``source``, on ``event``, go to ``target`` if ``guard`` holds."""

    source: S
    event: E
    target: S
    guard: Guard | None = None
    effects: tuple[str, ...] = ()


class Cell(NamedTuple, Generic[S, E]):
    """One field of state × event; without a transition the event is illegal there."""

    state: S
    event: E
    transition: Transition[S, E] | None


class Machine(Generic[S, E]):
    """The table. Iterating it walks every state × event, the illegal ones too."""

    def __init__(
        self, states: type[S], events: type[E], initial: S, transitions: Sequence[Transition[S, E]]
    ) -> None:
        """Raise MachineError when the transitions contradict each other or leave gaps."""
        self.states = tuple(states)
        self.events = tuple(events)
        self.initial = initial
        self._table = {(row.source, row.event): row for row in transitions}
        if len(self._table) < len(transitions):
            raise MachineError(f"{_repeated(transitions)}: a guard can refuse, not choose")
        self._check_names()
        self._check_reach()

    def next(self, state: S, event: E) -> Transition[S, E]:
        """The row for an event in a state, its guard unasked. Raises IllegalTransition."""
        row = self._table.get((state, event))
        if row is None:
            raise IllegalTransition(state, event)
        return row

    def fire(self, state: S, event: E, context: object = None) -> Transition[S, E]:
        """The row to carry out, once its guard has agreed. Raises IllegalTransition."""
        row = self.next(state, event)
        if row.guard and not row.guard.holds(context):
            raise IllegalTransition(state, event, refused_by=row.guard.name)
        return row

    def __iter__(self) -> Iterator[Cell[S, E]]:
        """Every state × event, in the order in which their enumerations name them."""
        for state in self.states:
            for event in self.events:
                yield Cell(state, event, self._table.get((state, event)))

    def finals(self) -> tuple[S, ...]:
        """The states that nothing leaves."""
        left = {row.source for row in self._table.values()}
        return tuple(state for state in self.states if state not in left)

    def mermaid(self) -> str:
        """The table as the text of a Mermaid state diagram."""
        rows = [f"    {row.source.value} --> {_label(row)}" for row in self._table.values()]
        ends = [f"    {state.value} --> [*]" for state in self.finals()]
        start = f"    [*] --> {self.initial.value}"
        return "\n".join(["stateDiagram-v2", start, *rows, *ends]) + "\n"

    def _check_names(self) -> None:
        rows = self._table.values()
        named = {self.initial, *(row.source for row in rows), *(row.target for row in rows)}
        _demand_none("unknown states", named - set(self.states))
        _demand_none("unknown events", {row.event for row in rows} - set(self.events))
        _demand_none("events no state knows", set(self.events) - {row.event for row in rows})

    def _check_reach(self) -> None:
        reached, frontier = {self.initial}, [self.initial]
        while frontier:
            state = frontier.pop()
            targets = {row.target for row in self._table.values() if row.source is state}
            frontier.extend(targets - reached)
            reached |= targets
        _demand_none("unreachable states", set(self.states) - reached)


def _label(row: Transition[S, E]) -> str:
    guard = f" [{row.guard.name}]" if row.guard else ""
    effects = f" / {', '.join(row.effects)}" if row.effects else ""
    return f"{row.target.value} : {row.event.value}{guard}{effects}"


def _repeated(transitions: Sequence[Transition[S, E]]) -> str:
    keys = [(row.source, row.event) for row in transitions]
    state, event = next(key for key in keys if keys.count(key) > 1)
    return f"{event.value} appears twice in state {state.value}"


def _demand_none(what: str, found: set[Any]) -> None:
    if found:
        raise MachineError(f"{what}: {', '.join(sorted(str(item.value) for item in found))}")
