"""From the name of a violated constraint to a problem that a person understands.

Slices register a sentence for the constraints that people can run into; the rest map by their kind.
"""

from collections.abc import Callable

import psycopg
from sqlalchemy.exc import IntegrityError

from mathvidya.platform.errors import Conflict, DomainError, Duplicate, Invalid

_registered: dict[str, Callable[[], DomainError]] = {}


def explain(constraint: str, error: Callable[[], DomainError]) -> None:
    """Say what a violation of ``constraint`` means; one meaning each."""
    if constraint in _registered:
        raise ValueError(f"constraint {constraint} is explained twice")
    _registered[constraint] = error


def as_domain_error(error: IntegrityError | psycopg.IntegrityError) -> DomainError:
    """The problem behind a violated constraint."""
    cause = error.orig if isinstance(error, IntegrityError) else error
    name = getattr(getattr(cause, "diag", None), "constraint_name", None) or "unknown"
    if name in _registered:
        return _registered[name]()
    if name.startswith(("uq_", "pk_")):
        return Duplicate(f"a row with these values exists already ({name})")
    if name.startswith("ex_"):
        return Conflict(f"it overlaps with another one ({name})")
    return Invalid(f"the database refuses this combination of values ({name})")
