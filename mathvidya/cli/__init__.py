"""The `mathvidya` command: every group in a file of its own."""

import click

from mathvidya.cli.audit import audit
from mathvidya.cli.bank import bank
from mathvidya.cli.demo import demo
from mathvidya.cli.documents import openapi, problems, states
from mathvidya.cli.paper import paper
from mathvidya.cli.people import people
from mathvidya.cli.run import prepare, up
from mathvidya.cli.sla import sla

__all__ = ["main"]


@click.group()
@click.version_option(package_name="mathvidya")
def main() -> None:
    """An exam-and-evaluation workflow engine for Indian board mathematics."""


main.add_command(up)
main.add_command(prepare)
main.add_command(bank)
main.add_command(paper)
main.add_command(people)
main.add_command(demo)
main.add_command(openapi)
main.add_command(states)
main.add_command(problems)
main.add_command(sla)
main.add_command(audit)
