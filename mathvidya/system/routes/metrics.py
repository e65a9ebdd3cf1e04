"""HTTP of the metrics, for a scraper and nobody else."""

import hmac

from flask import Response, current_app, request
from prometheus_client import CONTENT_TYPE_LATEST

from mathvidya.platform import db
from mathvidya.platform.errors import NotFound, Unauthenticated
from mathvidya.platform.http.blueprint import Blueprint
from mathvidya.platform.http.context import request_now
from mathvidya.settings import Environment, Settings
from mathvidya.system import metrics

blueprint = Blueprint("metrics", __name__, url_prefix="/metrics", description="Figures for a monitor")


@blueprint.get("")
@blueprint.doc(security=[{"metrics_token": []}])
@blueprint.alt_response(
    200, schema={"type": "string"}, content_type="text/plain", description="One line a figure"
)
@blueprint.problems(NotFound, Unauthenticated)
def read_metrics() -> Response:
    """What waits, what is late and when beat last ticked, in Prometheus' text format."""
    _demand_scraper(current_app.config["SETTINGS"])
    with db.reading() as session:
        reading = metrics.read_engine(session, now=request_now())
    return Response(metrics.exposition(reading), content_type=CONTENT_TYPE_LATEST)


def _demand_scraper(settings: Settings) -> None:
    """Compare in constant time; without a token only a laptop answers, and others have no such page."""
    token = settings.metrics_token.get_secret_value()
    if not token:
        if settings.environment is Environment.LAPTOP:
            return
        raise NotFound("set MATHVIDYA_METRICS_TOKEN to have metrics here")
    given = request.headers.get("Authorization", "")
    if not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        raise Unauthenticated("send MATHVIDYA_METRICS_TOKEN as 'Authorization: Bearer …'")
