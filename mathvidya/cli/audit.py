"""``mathvidya audit``: has anybody bent the audit trail?"""

import click

from mathvidya.cli.database import laptop_database
from mathvidya.platform import db
from mathvidya.system.queries import verify_chain


@click.group()
def audit() -> None:
    """The audit trail."""


@audit.command()
def verify() -> None:
    """Recompute every seal from the rows; exit 1 when one does not fit.

    Note the head in another place: a later check that does not come by it has lost its end.
    """
    with laptop_database(), db.reading() as session:
        report = verify_chain(session)
    for fault in report.faults:
        click.echo(f"seal {fault.position}: {fault.what}")
    click.echo(f"{report.rows} rows under {report.seals} seals, {report.unsealed} not sealed yet")
    click.echo(f"head {report.head.hex()}")
    if not report.ok:
        raise click.exceptions.Exit(1)
