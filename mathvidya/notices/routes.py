"""HTTP of notices."""

from typing import Any
from uuid import UUID

from mathvidya.notices import queries, service
from mathvidya.notices.models import Notification
from mathvidya.notices.schemas import NotificationSchema, NotificationsSchema
from mathvidya.platform import db
from mathvidya.platform.errors import NotFound
from mathvidya.platform.http.blueprint import Blueprint
from mathvidya.platform.http.context import current_actor, request_now
from mathvidya.platform.http.pages import PageArguments

blueprint = Blueprint("notifications", __name__, url_prefix="/notifications", description="What one is told")


@blueprint.get("")
@blueprint.arguments(PageArguments, location="query")
@blueprint.response(200, NotificationsSchema)
def list_notifications(page: dict[str, Any]) -> dict[str, Any]:
    """One's own notices, newest first, and how many are unread."""
    actor = current_actor()
    with db.reading() as session:
        found = queries.notices_of(session, actor, **page)
        return {**vars(found), "unread": queries.unread_count(session, actor)}


@blueprint.post("/<uuid:notification_id>/read")
@blueprint.response(200, NotificationSchema)
@blueprint.problems(NotFound)
def read_notification(notification_id: UUID) -> Notification:
    """Note that one has read it; doing so again changes nothing."""
    with db.transaction() as session:
        return service.mark_read(
            session, actor=current_actor(), notification_id=notification_id, now=request_now()
        )


blueprints = (blueprint,)
