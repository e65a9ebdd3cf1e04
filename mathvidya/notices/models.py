"""The table of notices shown inside the product."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflows.base import Base, Key, enum_of


class NoticeCategory(StrEnum):
    """What a notice is about; people choose channels per category."""

    EVALUATION_COMPLETE = "evaluation_complete"
    SLA_REMINDER = "sla_reminder"
    SLA_BREACH = "sla_breach"
    SUBSCRIPTION_EXPIRING = "subscription_expiring"
    SUBSCRIPTION_EXPIRED = "subscription_expired"
    EXAM_LIMIT_WARNING = "exam_limit_warning"
    PERFORMANCE_REPORT = "performance_report"
    TEACHER_ASSIGNMENT = "teacher_assignment"
    PARENT_UPDATE = "parent_update"
    PAGE_REQUEST = "page_request"
    SYSTEM_ANNOUNCEMENT = "system_announcement"


class Notification(Base):
    """One thing told to one person once, whatever how often its event is delivered."""

    __tablename__ = "notifications"
    __table_args__ = (
        UniqueConstraint("user_id", "event_key"),
        Index("ix_notifications_user_id_id", "user_id", "id"),
    )

    id: Mapped[Key]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    category: Mapped[NoticeCategory] = mapped_column(enum_of(NoticeCategory, "notice_category"))
    event_key: Mapped[str] = mapped_column(comment="names the event; tells a person once")
    title: Mapped[str]
    body: Mapped[str]
    data: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
