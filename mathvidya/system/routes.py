"""HTTP of the system slice."""

from typing import Any

from flask import current_app

from mathvidya.platform import db
from mathvidya.platform.http.blueprint import Blueprint
from mathvidya.settings import Settings
from mathvidya.system import health
from mathvidya.system.schemas import HealthSchema

_BEAT_OVERDUE_SECONDS = 30

health_blueprint = Blueprint("health", __name__, url_prefix="/health", description="How the parts are")


@health_blueprint.get("")
@health_blueprint.doc(security=[])
@health_blueprint.response(200, HealthSchema)
@health_blueprint.alt_response(503, schema=HealthSchema, description="A part is not well")
def read_health() -> tuple[dict[str, Any], int]:
    """Every part, and when beat last ticked; 503 while one of them is not well."""
    settings: Settings = current_app.config["SETTINGS"]
    with db.reading() as session:
        parts = health.gather(
            {
                "database": lambda: health.database_health(session),
                "redis": lambda: health.redis_health(settings.redis_url),
                "beat": lambda: health.beat_health(session, overdue_after_seconds=_BEAT_OVERDUE_SECONDS),
            }
        )
        ticked = health.last_tick(session)
    ok = all(part.ok for part in parts.values())
    return {"ok": ok, "beat_ticked_at": ticked, "parts": parts}, 200 if ok else 503


blueprints = (health_blueprint,)
