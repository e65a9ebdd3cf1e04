"""``mathvidya bank``: questions from files."""

from pathlib import Path

import click

from mathvidya.bank import service
from mathvidya.bank.drafts import RowProblem
from mathvidya.bank.errors import ImportRefused, UnreadableImport
from mathvidya.bank.imports import COLUMNS, LARGEST_BYTES, ImportForm, read_import
from mathvidya.cli.database import laptop_database
from mathvidya.platform import clock, db
from mathvidya.platform.actors import SYSTEM


def _columns() -> str:
    width = max(map(len, COLUMNS))
    return "\n".join(f"  {name:<{width}}  {meaning}" for name, meaning in COLUMNS.items())


@click.group()
def bank() -> None:
    """The bank of questions."""


@bank.command(
    "import",
    epilog=f"\b\nColumns of a CSV file; JSON is a list of objects as in seeds/reference/bank.\n{_columns()}",
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what is wrong with which row, and change nothing.")
def import_file(file: Path, dry_run: bool) -> None:
    """Write every question of FILE (.csv or .json) as a draft, or none of them."""
    try:
        drafts = read_import(_bytes(file), _form(file))
        with laptop_database():
            if dry_run:
                with db.reading() as session:
                    problems = service.examine(session, actor=SYSTEM, file=drafts)
                _tell(problems, drafts.size)
                return
            with db.transaction() as session:
                written = service.import_drafts(session, actor=SYSTEM, file=drafts, now=clock.now())
    except ImportRefused as error:
        _tell([RowProblem(**row) for row in error.extra["rows"]], drafts.size)
    except UnreadableImport as error:
        raise click.ClickException(f"{file}: {error.detail}") from error
    else:
        click.echo(f"{len(written)} questions written as drafts")


def _form(file: Path) -> ImportForm:
    forms = {".csv": ImportForm.CSV, ".json": ImportForm.JSON}
    if file.suffix.lower() not in forms:
        raise click.BadParameter("give a file that ends in .csv or .json", param_hint="FILE")
    return forms[file.suffix.lower()]


def _bytes(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(LARGEST_BYTES + 1)


def _tell(problems: list[RowProblem], rows: int) -> None:
    """Print every problem; the command fails when there is one."""
    for each in problems:
        click.echo(f"line {each.line} ({each.code or 'no code'}), {each.field}: {each.problem}")
    wrong = len({each.line for each in problems})
    click.echo(f"{wrong} of {rows} rows are wrong; nothing was changed")
    if problems:
        raise click.exceptions.Exit(1)
