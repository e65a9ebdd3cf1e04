"""Reads of the notices slice: everybody reads their own."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mathvidya.accounts.models import User
from mathvidya.notices.models import Notification
from mathvidya.platform.actors import Actor, Role
from mathvidya.platform.http.pages import Page, newest_first


def notices_of(session: Session, actor: Actor, *, limit: int, after: UUID | None) -> Page[Notification]:
    """The actor's own notices, newest first."""
    own = select(Notification).where(Notification.user_id == actor.id)
    return newest_first(session, own, Notification.id, limit=limit, after=after)


def unread_count(session: Session, actor: Actor) -> int:
    """How many of the actor's notices have not been read."""
    unread = select(func.count()).where(Notification.user_id == actor.id, Notification.read_at.is_(None))
    return session.execute(unread).scalar_one()


def admins(session: Session) -> Sequence[UUID]:
    """Everybody who looks after the house."""
    working = select(User.id).where(User.role == Role.ADMIN, User.disabled_at.is_(None))
    return session.scalars(working.order_by(User.id)).all()
