from enum import StrEnum

import pytest

from workflows.machine import Guard, IllegalTransition, Machine, MachineError, Transition


class Door(StrEnum):
    OPEN = "open"
    SHUT = "shut"
    BRICKED_UP = "bricked_up"


class Act(StrEnum):
    PULL = "pull"
    PUSH = "push"
    WALL = "wall"


HAS_BRICKS = Guard("has bricks", lambda bricks: bricks > 100)
PULL = Transition(Door.OPEN, Act.PULL, Door.SHUT)
PUSH = Transition(Door.SHUT, Act.PUSH, Door.OPEN, effects=("ring_bell", "let_in"))
WALL = Transition(Door.SHUT, Act.WALL, Door.BRICKED_UP, guard=HAS_BRICKS)


def machine(*rows: Transition[Door, Act], initial: Door = Door.OPEN) -> Machine[Door, Act]:
    return Machine(Door, Act, initial, rows)


DOOR = machine(PULL, PUSH, WALL)


def test_the_next_row_is_found_by_state_and_event() -> None:
    assert DOOR.next(Door.SHUT, Act.PUSH) is PUSH


def test_an_event_without_a_row_is_illegal_and_says_so() -> None:
    with pytest.raises(IllegalTransition, match="push is not possible in state open") as refusal:
        DOOR.next(Door.OPEN, Act.PUSH)
    assert (refusal.value.state, refusal.value.event) == (Door.OPEN, Act.PUSH)
    assert refusal.value.refused_by is None


def test_a_guard_lets_pass_or_refuses_by_its_name() -> None:
    assert DOOR.fire(Door.SHUT, Act.WALL, 101) is WALL
    with pytest.raises(IllegalTransition, match="refused by has bricks") as refusal:
        DOOR.fire(Door.SHUT, Act.WALL, 100)
    assert refusal.value.refused_by == "has bricks"


def test_next_does_not_ask_the_guard() -> None:
    assert DOOR.next(Door.SHUT, Act.WALL) is WALL


def test_firing_hands_back_the_effects_and_carries_none_out() -> None:
    assert DOOR.fire(Door.SHUT, Act.PUSH).effects == ("ring_bell", "let_in")


def test_iterating_walks_every_state_and_event_the_illegal_ones_too() -> None:
    assert [(cell.state, cell.event) for cell in DOOR] == [(s, e) for s in Door for e in Act]
    assert [cell.transition for cell in DOOR if cell.transition] == [PULL, PUSH, WALL]


def test_finals_are_the_states_that_nothing_leaves() -> None:
    assert DOOR.finals() == (Door.BRICKED_UP,)


def test_the_diagram_shows_events_guards_effects_and_both_ends() -> None:
    assert DOOR.mermaid().splitlines() == [
        "stateDiagram-v2",
        "    [*] --> open",
        "    open --> shut : pull",
        "    shut --> open : push / ring_bell, let_in",
        "    shut --> bricked_up : wall [has bricks]",
        "    bricked_up --> [*]",
    ]


def test_a_pair_of_state_and_event_may_appear_once_only() -> None:
    with pytest.raises(MachineError, match="push appears twice in state shut"):
        machine(PULL, PUSH, WALL, Transition(Door.SHUT, Act.PUSH, Door.SHUT))


def test_every_state_must_be_reachable_also_through_others() -> None:
    with pytest.raises(MachineError, match="unreachable states: open, shut"):
        machine(PULL, PUSH, WALL, initial=Door.BRICKED_UP)


def test_an_event_that_no_state_knows_is_a_gap() -> None:
    with pytest.raises(MachineError, match="events no state knows: push"):
        machine(PULL, WALL)


def test_names_from_another_table_are_unknown() -> None:
    class Other(StrEnum):
        LOCKED = "locked"
        KICK = "kick"

    locked: Transition[Door, Act] = Transition(Door.OPEN, Act.PUSH, Other.LOCKED)  # type: ignore[arg-type]  # what is refused
    kicked: Transition[Door, Act] = Transition(Door.OPEN, Other.KICK, Door.SHUT)  # type: ignore[arg-type]  # what is refused
    with pytest.raises(MachineError, match="unknown states: locked"):
        machine(PULL, PUSH, WALL, locked)
    with pytest.raises(MachineError, match="unknown events: kick"):
        machine(PULL, PUSH, WALL, kicked)
