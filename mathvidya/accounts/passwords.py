"""Passwords at rest: argon2id at OWASP's minimum.

19 MiB, two passes, one lane cost some 18 ms where the library's defaults cost 150: a school of a thousand
signs in within the same minute. A hash made with other parameters is made anew when its owner signs in.
"""

import secrets
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def make_hash(password: str) -> str:
    """The hash to keep."""
    return _hasher.hash(_normal(password))


def matches(kept: str, password: str) -> bool:
    """Whether this is the password behind the hash."""
    try:
        return _hasher.verify(kept, _normal(password))
    except (VerificationError, InvalidHashError):
        return False


def is_dated(kept: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return _hasher.check_needs_rehash(kept)


def unguessable() -> str:
    """The hash of a password that nobody was told: checking against it takes as long as against any."""
    return make_hash(secrets.token_urlsafe(32))


@cache
def nobodys_hash() -> str:
    """A hash to check against where there is no account, so that the answer takes as long."""
    return make_hash("the password of nobody")


def _normal(password: str) -> str:
    """One form for letters that keyboards compose differently (NIST SP 800-63B, 3.1.1.2)."""
    return unicodedata.normalize("NFKC", password)
