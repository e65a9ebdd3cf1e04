from datetime import timedelta

import jwt
import pytest

from mathvidya.platform import tokens
from mathvidya.platform.actors import Actor, Role
from mathvidya.platform.errors import Unauthenticated
from tests.factories import MONDAY_TEN
from workflows.base import new_id

SECRET = "a secret of the test, long enough to sign with"
LIFETIME = timedelta(minutes=10)
SOMEBODY = Actor(id=new_id(), role=Role.TEACHER, session_id=new_id())


@pytest.fixture
def token() -> str:
    return tokens.issue(SOMEBODY, secret=SECRET, now=MONDAY_TEN, lifetime=LIFETIME)


def test_a_token_says_who_acts_and_from_where(token: str) -> None:
    actor = tokens.verify(token, secret=SECRET, now=MONDAY_TEN, address="192.0.2.7")
    assert (actor.id, actor.role, actor.session_id) == (SOMEBODY.id, SOMEBODY.role, SOMEBODY.session_id)
    assert actor.address == "192.0.2.7"
    assert tokens.verify(token, secret=SECRET, now=MONDAY_TEN, address="192.0.2.8").address == "192.0.2.8"


def test_a_token_that_was_good_ends_all_the_same(token: str) -> None:
    last = MONDAY_TEN + LIFETIME - timedelta(seconds=1)
    assert tokens.verify(token, secret=SECRET, now=last).id == SOMEBODY.id
    with pytest.raises(Unauthenticated, match="is over"):
        tokens.verify(token, secret=SECRET, now=MONDAY_TEN + LIFETIME)


@pytest.mark.parametrize("part", [0, 1, 2])
def test_a_token_with_a_spoilt_part_is_refused(token: str, part: int) -> None:
    parts = token.split(".")
    parts[part] = parts[part].swapcase()
    with pytest.raises(Unauthenticated):
        tokens.verify(".".join(parts), secret=SECRET, now=MONDAY_TEN)


@pytest.mark.parametrize("spoilt", ["", "a.b", "a.b.c"])
def test_what_is_no_token_is_refused(spoilt: str) -> None:
    with pytest.raises(Unauthenticated):
        tokens.verify(spoilt, secret=SECRET, now=MONDAY_TEN)


def test_a_token_of_another_secret_is_refused_even_when_it_was_read_before(token: str) -> None:
    tokens.verify(token, secret=SECRET, now=MONDAY_TEN)
    with pytest.raises(Unauthenticated):
        tokens.verify(token, secret=SECRET + "!", now=MONDAY_TEN)


def test_an_unsigned_token_is_refused() -> None:
    claims = {
        "sub": str(SOMEBODY.id),
        "role": "admin",
        "sid": str(new_id()),
        "aud": "mathvidya",
        "exp": 2**40,
    }
    with pytest.raises(Unauthenticated):
        tokens.verify(jwt.encode(claims, None, algorithm="none"), secret=SECRET, now=MONDAY_TEN)
