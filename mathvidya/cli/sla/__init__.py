"""``mathvidya sla``: ask the clock from a terminal, and hold it against files of known answers."""

import json
from datetime import datetime
from pathlib import Path

import click

from mathvidya.cli.sla.agreement import check_file
from mathvidya.cli.sla.due import as_json, as_text, promise
from mathvidya.cli.sla.formats import Malformed
from mathvidya.cli.sla.reference import UnknownPlan
from workflows.calendar import CalendarError

__all__ = ["sla"]


@click.group()
def sla() -> None:
    """Due times: compute them, explain them, check them."""


@sla.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(file: Path) -> None:
    """Compare the engine with FILE, of vectors or of worked examples."""
    try:
        verdicts = check_file(file)
    except Malformed as error:
        raise click.ClickException(f"{file}: {error}") from error
    mismatches = [verdict for verdict in verdicts if not verdict.agrees]
    for verdict in mismatches:
        click.echo(f"{verdict.name}: expected {verdict.expected}, got {verdict.got}")
    click.echo(f"{len(verdicts) - len(mismatches)} of {len(verdicts)} agree")
    if mismatches:
        raise click.exceptions.Exit(1)


class Moment(click.ParamType[datetime]):
    """An ISO 8601 moment with a UTC offset."""

    name = "moment"

    def convert(
        self, value: str | datetime, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Read the text; fail where it is not a moment, or could be any of forty."""
        try:
            moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a moment: write 2026-01-09T17:30+05:30", param, ctx)
        if moment.utcoffset() is None:
            self.fail(f"{value!r} has no UTC offset: write {value}+05:30 for India", param, ctx)
        return moment


@sla.command()
@click.option("--plan", required=True, help="A plan by its name: basic, premium, centum.")
@click.option("--submitted", required=True, type=Moment(), help="The moment of hand-in, with its UTC offset.")
@click.option("--explain", is_flag=True, help="Show the working time used and the days skipped.")
@click.option("--json", "machine_readable", is_flag=True, help="Print one JSON object.")
def due(plan: str, submitted: datetime, explain: bool, machine_readable: bool) -> None:
    """When is an exam due that was handed in under a plan? By the reference calendar."""
    try:
        promised = promise(plan, submitted)
    except UnknownPlan as error:
        raise click.BadParameter(str(error), param_hint="'--plan'") from error
    except CalendarError as error:
        raise click.BadParameter(str(error), param_hint="'--submitted'") from error
    if machine_readable:
        click.echo(json.dumps(as_json(promised), ensure_ascii=False))
    else:
        click.echo(as_text(promised, explain=explain))
