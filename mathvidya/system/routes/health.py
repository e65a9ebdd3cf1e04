"""HTTP of the health page."""

from typing import Any

from flask import current_app

from mathvidya.platform import db
from mathvidya.platform.http.blueprint import Blueprint
from mathvidya.platform.http.context import request_now
from mathvidya.settings import Settings
from mathvidya.system import health
from mathvidya.system.queries.backlogs import last_tick
from mathvidya.system.schemas.health import HealthSchema

_BEAT_OVERDUE_SECONDS = 30

blueprint = Blueprint("health", __name__, url_prefix="/health", description="How the parts are")


@blueprint.get("")
@blueprint.doc(security=[])
@blueprint.response(200, HealthSchema)
@blueprint.alt_response(503, schema=HealthSchema, description="A part is not well")
def read_health() -> tuple[dict[str, Any], int]:
    """Every part, and when beat last ticked; 503 while one of them is not well."""
    settings: Settings = current_app.config["SETTINGS"]
    now = request_now()
    with db.reading() as session:
        parts = health.gather(
            {
                "database": lambda: health.database_health(session),
                "redis": lambda: health.redis_health(settings.redis_url),
                "storage": health.storage_health,
                "beat": lambda: health.beat_health(session, overdue_after_seconds=_BEAT_OVERDUE_SECONDS),
                "outbox": lambda: health.outbox_health(session),
                "timers": lambda: health.timers_health(session, now=now),
                "calendar": lambda: health.calendar_health(session, now=now),
            }
        )
        ticked = last_tick(session)
    ok = all(part.ok for part in parts.values())
    return {"ok": ok, "beat_ticked_at": ticked, "parts": parts}, 200 if ok else 503
