"""Commands that print documents made from the code."""

import click

from mathvidya.app import create_app
from mathvidya.platform.http.openapi import EXTENSION
from mathvidya.settings import Settings


@click.command()
def openapi() -> None:
    """Print the OpenAPI document, as docs/reference/openapi.json holds it."""
    settings = Settings(database_url="postgresql:///unused")  # routes are described, no connection is opened
    click.echo(create_app(settings).extensions[EXTENSION], nl=False)
