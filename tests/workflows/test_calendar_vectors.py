from datetime import date
from pathlib import Path

import pytest

from mathvidya.cli.sla.agreement import Verdict, check_file
from mathvidya.cli.sla.formats import Operation, Vector, VectorFile, read
from workflows.calendar import compile_calendar

VECTORS = Path(__file__).parent / "vectors" / "sla_vectors.json"
EXAMPLES = Path(__file__).parent / "vectors" / "sla_worked_examples.json"


def vector_file() -> VectorFile:
    content = read(VECTORS)
    assert isinstance(content, VectorFile)
    return content


CALENDARS = {
    name: compile_calendar(rules, date(2005, 1, 1), date(2027, 12, 31))
    for name, rules in vector_file().calendars.items()
}


@pytest.mark.parametrize("vector", vector_file().vectors, ids=lambda vector: vector.name)
def test_the_engine_agrees_with_engines_written_by_others(vector: Vector) -> None:
    calendar = CALENDARS[vector.calendar]
    if vector.operation is Operation.BETWEEN:
        assert calendar.between(vector.start, vector.end) == vector.span
    else:
        for edge in vector.edges:
            assert calendar.add(vector.start, vector.span, edge) == vector.end


@pytest.mark.parametrize("verdict", check_file(EXAMPLES), ids=lambda verdict: verdict.name)
def test_the_product_promises_what_its_worked_examples_say(verdict: Verdict) -> None:
    assert verdict.got == verdict.expected


def test_no_vector_and_no_example_went_missing() -> None:
    assert (len(vector_file().vectors), len(check_file(EXAMPLES))) == (173, 15)
