"""Verbs of the notices slice."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from mathvidya.notices.models import Notification
from mathvidya.notices.rules import Notice
from mathvidya.platform.actors import Actor
from mathvidya.platform.errors import NotFound
from mathvidya.platform.ids import new_id


def tell_people(session: Session, people: Iterable[UUID], notice: Notice, *, now: datetime) -> None:
    """Tell each of them once, however often the event is delivered."""
    rows = [
        {
            "id": new_id(),
            "user_id": person,
            "category": notice.category,
            "event_key": notice.event_key,
            "title": notice.title,
            "body": notice.body,
            "data": notice.data,
            "created_at": now,
        }
        for person in people
    ]
    if rows:
        session.execute(
            insert(Notification)
            .values(rows)
            .on_conflict_do_nothing(index_elements=[Notification.user_id, Notification.event_key])
        )


def mark_read(session: Session, *, actor: Actor, notification_id: UUID, now: datetime) -> Notification:
    """Note that the actor has read a notice of theirs; the first time counts. Raises NotFound."""
    notice = session.execute(
        select(Notification)
        .where(Notification.id == notification_id, Notification.user_id == actor.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).scalar_one_or_none()
    if notice is None:
        raise NotFound("there is no notice of yours with this id")
    notice.read_at = notice.read_at or now
    return notice
