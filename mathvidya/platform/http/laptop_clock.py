"""Moves the clock of a laptop installation, so that a story of days can be told in a minute.

Installed only where the settings name a clock file, which production refuses.
"""

from datetime import UTC, datetime

from flask import Blueprint, request

from mathvidya.platform import clock
from mathvidya.platform.actors import Role
from mathvidya.platform.errors import Forbidden, Invalid
from mathvidya.platform.http.context import current_actor

blueprint = Blueprint("laptop_clock", __name__)


@blueprint.get("/api/v1/laptop/clock")
def read_clock() -> dict[str, str]:
    """What the house takes the time to be."""
    return {"now": clock.now().isoformat()}


@blueprint.put("/api/v1/laptop/clock")
def move_clock() -> dict[str, str]:
    """Set the time of web, worker and beat: {"now": ISO 8601 with offset}, or {} for the real time."""
    if not current_actor().has_role(Role.ADMIN):
        raise Forbidden("only an admin moves the clock")
    clock.move_to(_wanted())
    return {"now": clock.now().isoformat()}


def _wanted() -> datetime:
    given = (request.get_json(silent=True) or {}).get("now")
    if given is None:
        return datetime.now(UTC)
    try:
        moment = datetime.fromisoformat(given)
    except (TypeError, ValueError) as error:
        raise Invalid("now: give a time such as 2026-01-09T17:30+05:30") from error
    if moment.tzinfo is None:
        raise Invalid("now: give the offset too, as in 2026-01-09T17:30+05:30")
    return moment
