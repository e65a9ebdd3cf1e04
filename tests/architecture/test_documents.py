import re
from collections.abc import Iterator

import click
import pytest

from mathvidya.cli import main
from mathvidya.cli.documents import problems_page, states_page
from mathvidya.settings import ROOT, Settings

DOCS = ROOT / "docs"


def text(path: str) -> str:
    return (DOCS / path).read_text(encoding="utf-8")


def commands(group: click.Group, name: str = "mathvidya") -> Iterator[str]:
    for command in group.commands.values():
        called = f"{name} {command.name}"
        if isinstance(command, click.Group):
            yield from commands(command, called)
        else:
            yield called


COMMANDS = sorted(commands(main))
VARIABLES = {f"MATHVIDYA_{name.upper()}" for name in Settings.model_fields}


@pytest.mark.parametrize(
    ("path", "made"), [("reference/states.md", states_page), ("problems/README.md", problems_page)]
)
def test_a_page_that_is_made_from_the_code_is_committed(path: str, made: object) -> None:
    assert callable(made)
    assert text(path) == made(), "run `make documents`"


def test_every_problem_page_is_listed() -> None:
    listed = set(re.findall(r"\(([\w-]+)\.md\)", text("problems/README.md")))
    assert listed == {page.stem for page in (DOCS / "problems").glob("*.md")} - {"README"}


def test_every_command_is_described_under_its_name() -> None:
    described = re.findall(r"^## `(.+)`$", text("reference/commands.md"), re.MULTILINE)
    assert described == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_an_example(command: str) -> None:
    section = text("reference/commands.md").partition(f"## `{command}`\n")[2].partition("\n## ")[0]
    assert re.search(rf"^\$ .*{re.escape(command)}\b", section, re.MULTILINE)


def test_every_variable_is_in_the_table_of_settings_and_no_other() -> None:
    described = re.findall(r"^\| `(\w+)` \|", text("reference/settings.md"), re.MULTILINE)
    assert sorted(described) == sorted(VARIABLES)


def test_the_how_to_pages_name_only_variables_that_exist() -> None:
    named = {
        name
        for page in (DOCS / "how-to").glob("*.md")
        for name in re.findall(r"MATHVIDYA_[A-Z_]+", page.read_text(encoding="utf-8"))
    }
    assert named <= VARIABLES


def test_links_between_documents_lead_somewhere() -> None:
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in [*DOCS.rglob("*.md"), ROOT / "README.md"]
        for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []
