"""Commands that print documents made from the code, so that a document cannot lag behind it."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import click

from mathvidya.app import create_app
from mathvidya.attempts.rules import life
from mathvidya.evaluation.rules import lifecycle
from mathvidya.platform.errors import DomainError, problem_types
from mathvidya.platform.http.openapi import EXTENSION
from mathvidya.platform.http.problems import status_of
from mathvidya.settings import Settings
from workflows.machine import Machine, Transition
from workflows.sla import CLOCK

_MACHINES: dict[str, tuple[str, Machine[Any, Any]]] = {
    "Exam instance": ("`mathvidya/attempts/rules/life.py`", life.MACHINE),
    "Evaluation": ("`mathvidya/evaluation/rules/lifecycle.py`", lifecycle.MACHINE),
    "SLA clock": ("`workflows/sla/ledger.py`", CLOCK),
}

_STATES_HEAD = """\
# States

What may happen in which state. These are the tables that the code acts on, printed by `mathvidya states`;
an event that a state does not list is refused there, and changes nothing.
"""

_PROBLEMS_HEAD = """\
# Problems

Every error that the API answers with has a `type`: the address of one of these pages. A page says what it
means, why it is so, and what to do. [internal-error](internal-error.md) stands for what should not have
happened; the rest are listed here by `mathvidya problems`.
"""

_EVERYWHERE = "everywhere"
"""The heading of the problems that belong to no slice."""


@click.command()
def openapi() -> None:
    """Print the OpenAPI document, as docs/reference/openapi.json holds it."""
    settings = Settings(database_url="postgresql:///unused")  # routes are described, no connection is opened
    click.echo(create_app(settings).extensions[EXTENSION], nl=False)


@click.command()
def states() -> None:
    """Print the state machines as diagrams and tables, as docs/reference/states.md holds them."""
    click.echo(states_page(), nl=False)


@click.command()
def problems() -> None:
    """Print the list of problem types, as docs/problems/README.md holds it."""
    click.echo(problems_page(), nl=False)


def states_page() -> str:
    """Every machine of the house as a Markdown page."""
    return "\n".join([_STATES_HEAD, *(_machine(name, *told) for name, told in _MACHINES.items())])


def problems_page() -> str:
    """Every problem type by slice as a Markdown page."""
    kinds = sorted((kind for kind in problem_types() if kind is not DomainError), key=_place)
    sections = (_problems(owner, found) for owner, found in groupby(kinds, key=_owner))
    return "\n".join([_PROBLEMS_HEAD, *sections])


def _machine(name: str, source: str, machine: Machine[Any, Any]) -> str:
    rows = (_row(cell.transition) for cell in machine if cell.transition)
    lines = [
        f"## {name}\n\nFrom {source}.\n\n```mermaid\n{machine.mermaid()}```\n",
        "| state | event | target | only if | effects |\n|---|---|---|---|---|",
        *rows,
    ]
    return "\n".join(lines) + "\n"


def _row(row: Transition[Any, Any]) -> str:
    guard = row.guard.name if row.guard else ""
    cells = (row.source.value, row.event.value, row.target.value, guard, ", ".join(row.effects))
    return f"| {' | '.join(cells)} |"


def _owner(kind: type[DomainError]) -> str:
    owner = kind.__module__.split(".")[1]
    return _EVERYWHERE if owner == "platform" else owner


def _place(kind: type[DomainError]) -> tuple[bool, str, str]:
    owner = _owner(kind)
    return owner != _EVERYWHERE, owner, kind.slug


def _problems(owner: str, kinds: Iterable[type[DomainError]]) -> str:
    return (
        "\n".join([f"## {owner.capitalize()}\n", "| type | status | title |\n|---|---|---|", *_listed(kinds)])
        + "\n"
    )


def _listed(kinds: Iterable[type[DomainError]]) -> Iterator[str]:
    for kind in kinds:
        yield f"| [{kind.slug}]({kind.slug}.md) | {status_of(kind)} | {kind.title} |"
