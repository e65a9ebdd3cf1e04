"""``mathvidya paper``: look at what a template gives, without a student and without a trace."""

import json
from collections.abc import Iterator
from typing import Any

import click

from mathvidya.cli.database import laptop_database
from mathvidya.exams.papers import DrawnPaper
from mathvidya.exams.queries import template_by_code
from mathvidya.exams.service import compose_paper
from mathvidya.platform import db
from mathvidya.platform.errors import DomainError
from workflows.base import JsonObject


@click.group()
def paper() -> None:
    """Papers: draw one to look at."""


@paper.command()
@click.option("--template", "code", required=True, help="A template by its code, such as cbse-xii-board.")
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), default=1, show_default=True, help="Which paper.")
@click.option("--unit", help="The unit, for a unit practice.")
@click.option("--json", "machine_readable", is_flag=True, help="Print one JSON object.")
def draw(code: str, seed: int, unit: str | None, machine_readable: bool) -> None:
    """Draw a paper from the bank. The same bank, template and seed give the same paper."""
    try:
        with laptop_database(), db.reading() as session:
            template = template_by_code(session, code)
            drawn = compose_paper(session, template, unit=unit, seen=frozenset(), seed=seed)
    except DomainError as error:
        raise click.ClickException(error.detail) from error
    if machine_readable:
        click.echo(json.dumps(_as_json(drawn, seed), ensure_ascii=False))
    else:
        click.echo(_as_text(drawn))


def _as_json(drawn: DrawnPaper, seed: int) -> JsonObject:
    return {
        "template": drawn.snapshot["template"],
        "seed": seed,
        "sha256": drawn.paper_sha256.hex(),
        "questions": list(_questions(drawn)),
    }


def _questions(drawn: DrawnPaper) -> Iterator[JsonObject]:
    keyed = {question["number"]: question for question in drawn.key["questions"]}
    for section in drawn.snapshot["sections"]:
        for shown in section["questions"]:
            place = {"number": shown["number"], "section": section["section"]}
            key, partner = keyed[shown["number"]], shown["alternative"]
            yield {
                **_question(place, shown, key),
                "alternative": partner and _question(place, partner, key["alternative"]),
            }


def _question(place: JsonObject, shown: JsonObject, key: JsonObject) -> dict[str, Any]:
    return {
        **place,
        "type": shown["type"],
        "marks": int(shown["marks"]),
        "unit": shown["unit"],
        "chapter": shown["chapter"],
        "question_id": key["question_id"],
        "version": key["version"],
    }


def _as_text(drawn: DrawnPaper) -> str:
    questions = list(_questions(drawn))
    size = f"{len(questions)} questions, {drawn.possible} marks, {drawn.minutes} minutes"
    lines = [
        f"{drawn.snapshot['title']}: {size}",
        f"sha256 {drawn.paper_sha256.hex()}",
    ]
    for each in questions:
        lines.append(f"{each['number']:>3}  {_line(each)}")
        if each["alternative"]:
            lines.append(f" or  {_line(each['alternative'])}")
    return "\n".join(lines)


def _line(question: JsonObject) -> str:
    return (
        f"{question['section']}  {question['type']:<16}  {question['marks']}  "
        f"{question['unit']} / {question['chapter']}"
    )
