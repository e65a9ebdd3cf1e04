"""`mathvidya people`: what has to be done at the console, because nobody can sign in yet."""

import click

from mathvidya.accounts.rules import Profile
from mathvidya.accounts.service import create_person
from mathvidya.cli.database import laptop_database
from mathvidya.platform import clock, db
from mathvidya.platform.actors import OPERATOR, Role
from mathvidya.platform.errors import DomainError


@click.group()
def people() -> None:
    """People: make the first admin."""


@people.command()
@click.option("--email", required=True)
@click.option("--name", required=True)
@click.password_option(help="At least ten characters; asked for when it is not given.")
def admin(email: str, name: str, password: str) -> None:
    """Make an admin, who can then make everybody else."""
    profile = Profile(role=Role.ADMIN, email=email, full_name=name)
    try:
        with laptop_database(), db.transaction() as session:
            create_person(session, actor=OPERATOR, profile=profile, password=password, now=clock.now())
    except DomainError as error:
        raise click.ClickException(error.detail) from error
    click.echo(f"{email} is an admin.")
