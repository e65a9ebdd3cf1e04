"""What can go wrong in the domain, without a word of HTTP.

Each class of error is one *problem type*: a stable slug (its page is docs/problems/<slug>.md), a title that
is the same each time, and a ``detail`` that says what happened this time and what to do about it.
Slices derive their own from the six kinds here; the HTTP layer maps kinds to status codes.
"""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar


class DomainError(Exception):
    """Base of everything that a caller can be told. ``extra`` travels with the problem as members."""

    slug: ClassVar[str]
    title: ClassVar[str]

    def __init__(self, detail: str, **extra: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.extra: Mapping[str, Any] = extra


class NotFound(DomainError):
    """It does not exist, or it is none of the actor's business: the two look the same from outside."""

    slug = "not-found"
    title = "There is nothing here for you"


class Unauthenticated(DomainError):
    """Nobody is signed in, or the token is not (or no longer) good."""

    slug = "unauthenticated"
    title = "Sign in first"


class Forbidden(DomainError):
    """The actor can see it but may not do this to it."""

    slug = "forbidden"
    title = "You may not do this"


class Invalid(DomainError):
    """What was sent cannot be right; ``errors`` lists field and remedy."""

    slug = "invalid"
    title = "Some of what was sent cannot be right"

    def __init__(self, detail: str, errors: Mapping[str, Any] | None = None, **extra: Any) -> None:
        super().__init__(detail, **({"errors": dict(errors)} if errors else {}), **extra)


class Conflict(DomainError):
    """What was asked collides with what is."""

    slug = "conflict"
    title = "This collides with what is already there"


class WrongState(Conflict):
    """The thing is not in a state in which this can be done."""

    slug = "wrong-state"
    title = "This cannot be done in its present state"


class StaleVersion(Conflict):
    """Somebody changed it since it was read; ``current_version`` says which version stands."""

    slug = "stale-version"
    title = "It has changed since you read it"


class VersionRequired(DomainError):
    """An edit does not say which version it was made from."""

    slug = "version-required"
    title = "Say which version you edit"


class Duplicate(Conflict):
    """There is one already."""

    slug = "duplicate"
    title = "There is one already"


class TooMany(DomainError):
    """The actor asked too often, or for more than is allowed now."""

    slug = "too-many-requests"
    title = "Too many requests"


class Unavailable(DomainError):
    """A part that is needed does not answer; trying again later may help."""

    slug = "unavailable"
    title = "A part of the service is not answering"


class CalendarEnds(Unavailable):
    """Working time is asked for beyond the days whose holidays are known."""

    slug = "calendar-ends"
    title = "The working calendar does not reach that far"


def problem_types() -> Iterator[type[DomainError]]:
    """Every problem type that has been imported, each once, bases first."""
    queue: list[type[DomainError]] = [DomainError]
    while queue:
        kind = queue.pop(0)
        queue.extend(kind.__subclasses__())
        if "slug" in vars(kind):
            yield kind
