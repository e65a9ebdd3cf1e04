"""Commands that run the house: up, prepare."""

import signal
import threading
from types import FrameType

import click

from mathvidya.local.stack import Stack, StackFailed, stack
from mathvidya.platform import db
from mathvidya.platform.db import Database
from mathvidya.prepare import prepare_database
from mathvidya.settings import Settings
from seeds.demo.people import DEMO_PASSWORD, EVERYBODY


@click.command()
def up() -> None:
    """Start everything on this machine, print the address, and run until Ctrl-C."""
    stopping = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopping.set()

    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):  # Ctrl-C, a supervisor, a closed window
        signal.signal(ending, stop)
    try:
        with stack(Settings()) as house:
            _greet(house)
            while not stopping.wait(1):
                if (name := house.fallen()) is not None:
                    raise StackFailed(f"{name} has ended; see var/{name}.log")
            click.echo("stopping …")
    except StackFailed as error:
        raise click.ClickException(str(error)) from error


def _greet(house: Stack) -> None:
    click.echo(f"Mathvidya is up at {house.url}  (health: {house.url}/api/v1/health)")
    click.echo(f"\nSign in with the password {DEMO_PASSWORD!r} as")
    for person in EVERYBODY:
        click.echo(f"  {person.email:<32}{person.about}")
    click.echo("\nCtrl-C stops it; the data stays under var/.")


@click.command()
def prepare() -> None:
    """Bring the database to the newest schema and plant the reference data."""
    settings = Settings()
    database = Database.connect(settings.database_url, pool_size=1)
    db.use(database)
    prepare_database(database, settings.environment)
