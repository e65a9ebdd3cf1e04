"""Tables of the system slice: calendars, holidays, configuration, audit."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import INET, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from workflows.base import Base, Key, enum_of

__all__ = [
    "AuditLog",
    "AuditSeal",
    "DateOverride",
    "Holiday",
    "HolidayType",
    "SystemConfig",
    "WorkingCalendarRow",
]


class HolidayType(StrEnum):
    """Why a day is not worked."""

    NATIONAL = "national"
    REGIONAL = "regional"
    SYSTEM_MAINTENANCE = "system_maintenance"


class WorkingCalendarRow(Base):
    """Weekly hours of one calendar; its version rises with every change to it, its holidays or overrides."""

    __tablename__ = "working_calendars"
    __table_args__ = (
        UniqueConstraint("code"),
        CheckConstraint("version > 0", name="version_positive"),
    )

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(comment="national, or the state's, such as in-mh")
    name: Mapped[str]
    timezone: Mapped[str] = mapped_column(comment="IANA name")
    weekly_hours: Mapped[dict[str, Any]] = mapped_column(comment='{"monday": [["09:00", "18:00"]], …}')
    version: Mapped[int] = mapped_column(server_default="1")
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Holiday(Base):
    """A date on which a calendar does not work, or, as a worked Sunday, does."""

    __tablename__ = "holidays"
    __table_args__ = (
        UniqueConstraint("calendar_id", "date", "name"),
        CheckConstraint("name <> ''", name="name_given"),
        CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by IS NULL) OR source = 'reference'",
            name="confirmed",
        ),
    )

    id: Mapped[Key]
    calendar_id: Mapped[UUID] = mapped_column(ForeignKey("working_calendars.id"))
    date: Mapped[date]
    name: Mapped[str]
    type: Mapped[HolidayType] = mapped_column(enum_of(HolidayType, "holiday_type"))
    is_working_day: Mapped[bool] = mapped_column(
        server_default=text("false"), comment="declares work on a day that is weekly off"
    )
    is_estimate: Mapped[bool] = mapped_column(
        server_default=text("false"), comment="the date hangs on the moon and may move by a day"
    )
    source: Mapped[str] = mapped_column(comment="reference, admin, or an importer's name")
    note: Mapped[str] = mapped_column(server_default="")
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    version: Mapped[int] = mapped_column(server_default="1")


class DateOverride(Base):
    """Hours of one date that replace the week's: a half day, a special Saturday."""

    __tablename__ = "date_overrides"
    __table_args__ = (UniqueConstraint("calendar_id", "date"),)

    id: Mapped[Key]
    calendar_id: Mapped[UUID] = mapped_column(ForeignKey("working_calendars.id"))
    date: Mapped[date]
    hours: Mapped[list[Any]] = mapped_column(
        JSONB, comment='[["09:00", "13:00"]]; an empty list closes the day'
    )
    reason: Mapped[str] = mapped_column(server_default="")


class SystemConfig(Base):
    """One typed setting that an admin may change while the product runs."""

    __tablename__ = "system_config"
    __table_args__ = (CheckConstraint("version > 0", name="version_positive"),)

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSONB)
    description: Mapped[str]
    version: Mapped[int] = mapped_column(server_default="1")
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now())
    updated_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))


class AuditLog(Base):
    """One act that changed a mark, a right, a deadline or a price. A trigger refuses UPDATE and DELETE."""

    __tablename__ = "audit_logs"
    __table_args__ = (
        Index("ix_audit_logs_subject", "subject_type", "subject_id", "id"),
        Index("ix_audit_logs_actor_id_id", "actor_id", "id"),
        Index("ix_audit_logs_action_id", "action", "id"),
        Index("ix_audit_logs_transaction", "transaction_id", "id"),
    )

    id: Mapped[Key]
    transaction_id: Mapped[int] = mapped_column(
        BigInteger,
        server_default=text("(pg_current_xact_id()::text)::bigint"),
        comment="of the act: sealing takes only transactions older than every running one",
    )
    at: Mapped[datetime]
    actor_id: Mapped[UUID | None] = mapped_column(comment="pseudonymous; NULL is the house itself")
    actor_role: Mapped[str | None]
    session_id: Mapped[UUID | None]
    address: Mapped[str | None] = mapped_column(INET)
    action: Mapped[str] = mapped_column(comment="such as evaluation.completed")
    subject_type: Mapped[str]
    subject_id: Mapped[str]
    changes: Mapped[dict[str, Any]] = mapped_column(comment="what was and what is, without personal data")


class AuditSeal(Base):
    """A batch of audit rows under one hash that covers the batch before too: a chain nobody bends unseen."""

    __tablename__ = "audit_seals"
    __table_args__ = (
        CheckConstraint("to_transaction > from_transaction", name="range_not_empty"),
        UniqueConstraint("from_transaction"),
        UniqueConstraint("to_transaction"),
    )

    position: Mapped[int] = mapped_column(Identity(), primary_key=True)
    from_transaction: Mapped[int] = mapped_column(comment="first transaction covered")
    to_transaction: Mapped[int] = mapped_column(comment="first transaction not covered")
    rows: Mapped[int]
    previous_digest: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[bytes] = mapped_column(
        LargeBinary, comment="SHA-256 over previous_digest and the rows in order"
    )
    sealed_at: Mapped[datetime]
