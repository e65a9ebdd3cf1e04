from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathvidya.attempts.rules.answering import GivenAnswer
from mathvidya.attempts.schemas.answers import AnswerSchema, AnswersSchema
from mathvidya.attempts.schemas.reading import LARGEST_SEQUENCE, MOST_CHOICES, read_answer, read_answers
from mathvidya.platform.errors import Invalid

GOOD: dict[str, Any] = {"choices": ["A"], "sequence": 1, "answered_at": "2026-01-05T10:00:00+05:30"}

labels = st.lists(st.sampled_from("ABCDEFGH"), max_size=MOST_CHOICES)
offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1), timezones=offsets)  # noqa: DTZ001 - hypothesis adds the zone
bodies = st.fixed_dictionaries(
    {
        "choices": labels,
        "sequence": st.integers(1, LARGEST_SEQUENCE),
        "answered_at": moments.map(datetime.isoformat),
    },
    optional={"marked_for_review": st.booleans()},
)


@given(body=bodies)
def test_what_the_documented_schema_takes_is_read_with_the_same_meaning(body: dict[str, Any]) -> None:
    loaded = AnswerSchema().load(body)
    assert read_answer(orjson.dumps(body), 7) == GivenAnswer(
        number=7,
        choices=tuple(sorted(set(loaded["choices"]))),
        sequence=loaded["sequence"],
        answered_at=loaded["answered_at"],
        marked_for_review=loaded["marked_for_review"],
    )


@pytest.mark.parametrize(
    "change",
    [
        {"choices": None},
        {"choices": "A"},
        {"choices": {}},
        {"choices": [1]},
        {"choices": [None]},
        {"choices": [""]},
        {"choices": ["A" * 9]},
        {"choices": ["A"] * 9},
        {"sequence": None},
        {"sequence": 0},
        {"sequence": -5},
        {"sequence": 2**63},
        {"sequence": 1.5},
        {"sequence": "one"},
        {"answered_at": None},
        {"answered_at": ""},
        {"answered_at": "now"},
        {"answered_at": "2026-01-05T10:00:00"},
        {"answered_at": 7},
        {"answered_at": []},
        {"marked_for_review": None},
        {"marked_for_review": "perhaps"},
        {"unknown": 1},
    ],
)
def test_what_the_documented_schema_refuses_is_refused_naming_the_same_field(change: dict[str, Any]) -> None:
    body = {**GOOD, **change}
    assert set(AnswerSchema().validate(body)) == set(change)
    with pytest.raises(Invalid) as refusal:
        read_answer(orjson.dumps(body), 1)
    assert set(refusal.value.extra["errors"]) == set(change)


@pytest.mark.parametrize("missing", GOOD)
def test_every_field_of_an_answer_is_needed_but_the_mark(missing: str) -> None:
    body = {name: value for name, value in GOOD.items() if name != missing}
    assert set(AnswerSchema().validate(body)) == {missing}
    with pytest.raises(Invalid) as refusal:
        read_answer(orjson.dumps(body), 1)
    assert set(refusal.value.extra["errors"]) == {missing}


def test_a_label_that_no_paper_can_hold_is_refused() -> None:
    for label in ("\x00", "A\n", "\u202e"):
        with pytest.raises(Invalid):
            read_answer(orjson.dumps({**GOOD, "choices": [label]}), 1)


def test_several_answers_are_read_as_documented() -> None:
    body = {"answers": [{**GOOD, "number": 3}, {**GOOD, "number": 1, "choices": []}]}
    assert AnswersSchema().validate(body) == {}
    first, second = read_answers(orjson.dumps(body))
    assert (first.number, first.answered_at) == (3, datetime(2026, 1, 5, 4, 30, tzinfo=UTC))
    assert (second.number, second.choices) == (1, ())


def test_of_several_answers_each_wrong_field_is_named_by_its_place() -> None:
    answers: list[Any] = [
        {**GOOD, "number": 1},
        {**GOOD, "number": 0},
        7,
        {**GOOD, "number": 2, "sequence": 0},
    ]
    with pytest.raises(Invalid) as refusal:
        read_answers(orjson.dumps({"answers": answers}))
    assert set(refusal.value.extra["errors"]) == {
        "answers.1.number",
        "answers.2.answer",
        "answers.3.sequence",
    }


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"7", b"\xff", b'"A"', b"[" * 1900])
def test_what_is_no_json_object_is_refused(body: bytes) -> None:
    with pytest.raises(Invalid):
        read_answer(body, 1)
    with pytest.raises(Invalid):
        read_answers(body)


def test_a_huge_body_is_refused_unread() -> None:
    with pytest.raises(Invalid, match="2000 bytes"):
        read_answer(b"[" * 2001, 1)
