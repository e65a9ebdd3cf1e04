from contextlib import nullcontext
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mathvidya.bank.imports import COLUMNS
from mathvidya.bank.models import Question
from mathvidya.cli import main

GOOD = "xii-matrices-sa-90,SA,XII,Algebra,Matrices,3,apply,easy,Find it.,Found.,3 | All\n"
HEADER = "code,type,class,unit,chapter,marks,cognitive,difficulty,text,solution,steps\n"


@pytest.fixture(autouse=True)
def in_use(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("mathvidya.cli.bank"), "laptop_database", nullcontext)


def run(file: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["bank", "import", str(file), *options])


def count(session: Session) -> int:
    return session.execute(select(func.count()).select_from(Question)).scalar_one()


def test_a_dry_run_says_what_it_would_meet_and_writes_nothing(session: Session, tmp_path: Path) -> None:
    file = tmp_path / "bank.csv"
    file.write_text(HEADER + GOOD + GOOD.replace("sa-90", "sa-91").replace("Matrices", "Vectors"))
    result = run(file, "--dry-run")
    assert result.exit_code == 1
    assert "line 3 (xii-matrices-sa-91), chapter:" in result.output
    assert "1 of 2 rows are wrong" in result.output
    assert count(session) == 0


def test_a_good_file_is_written(session: Session, tmp_path: Path) -> None:
    file = tmp_path / "bank.csv"
    file.write_text(HEADER + GOOD)
    assert run(file, "--dry-run").exit_code == 0
    assert "1 questions written" in run(file).output
    assert count(session) == 1


def test_a_bad_file_is_refused_with_every_row(session: Session, tmp_path: Path) -> None:
    file = tmp_path / "bank.csv"
    file.write_text(HEADER + GOOD + GOOD)
    result = run(file)
    assert result.exit_code == 1
    assert "line 3 (xii-matrices-sa-90), code:" in result.output
    assert count(session) == 0


@pytest.mark.parametrize(("name", "text"), [("bank.csv", "a,b"), ("bank.json", "{}"), ("bank.txt", "")])
def test_a_file_that_cannot_be_read_is_said(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    result = run(tmp_path / name)
    assert result.exit_code != 0
    assert result.output.count("Error") == 1


def test_the_help_names_every_column() -> None:
    output = CliRunner().invoke(main, ["bank", "import", "--help"]).output
    assert all(name in output for name in COLUMNS)
