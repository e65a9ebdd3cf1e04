"""The tables of the workflow engine: clocks, timers, the outbox, leases and heartbeats.

They speak of *subjects* (a type and an id), never of what a subject is: the engine serves whoever calls it.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Interval, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from workflows.base import Base, Key, enum_of, partial_index


class TimerState(StrEnum):
    """What has become of a timer."""

    PENDING = "pending"
    FIRED = "fired"
    CANCELLED = "cancelled"
    QUARANTINED = "quarantined"


class SlaClockRow(Base):
    """The ledger of ``workflows.sla`` as a row: working time promised and used, and the moment it promises.

    Its moments say whether it runs, is paused or has stopped; there is no state beside them to disagree.
    """

    __tablename__ = "sla_clocks"
    __table_args__ = (
        UniqueConstraint("subject_type", "subject_id"),
        CheckConstraint("budget > interval '0'", name="budget_positive"),
        CheckConstraint("consumed >= interval '0'", name="consumed_not_negative"),
        CheckConstraint(
            "(running_since IS NOT NULL) = (paused_at IS NULL AND stopped_at IS NULL)",
            name="runs_unless_paused_or_stopped",
        ),
        partial_index("ix_sla_clocks_open_due_at", "due_at", "subject_id", where=text("stopped_at IS NULL")),
        partial_index("ix_sla_clocks_open_calendar", "calendar_key", where=text("stopped_at IS NULL")),
    )

    id: Mapped[Key]
    subject_type: Mapped[str]
    subject_id: Mapped[UUID]
    budget: Mapped[timedelta] = mapped_column(Interval, comment="working time promised")
    consumed: Mapped[timedelta] = mapped_column(
        Interval, comment="working time used up to running_since, or for good when the clock does not run"
    )
    started_at: Mapped[datetime] = mapped_column(comment="hand-in; it may begin to count later")
    running_since: Mapped[datetime | None]
    paused_at: Mapped[datetime | None] = mapped_column(comment="kept by a clock that stopped while paused")
    stopped_at: Mapped[datetime | None]
    due_at: Mapped[datetime] = mapped_column(
        comment="the promise as last derived, never pulled earlier; a paused clock keeps its last one"
    )
    calendar_key: Mapped[str]
    calendar_version: Mapped[int] = mapped_column(comment="of the calendar under which due_at was derived")
    breached_at: Mapped[datetime | None] = mapped_column(comment="when the breach was noted, once")
    generation: Mapped[int] = mapped_column(
        server_default="0", comment="rises whenever its timers are set anew; older ones are void"
    )
    log_length: Mapped[int] = mapped_column(server_default="0", comment="lines in sla_events")


class SlaEvent(Base):
    """One line of a clock's log: append only by trigger, and enough to rebuild the clock."""

    __tablename__ = "sla_events"
    __table_args__ = (UniqueConstraint("clock_id", "position"),)

    id: Mapped[Key]
    clock_id: Mapped[UUID] = mapped_column(ForeignKey("sla_clocks.id"))
    position: Mapped[int] = mapped_column(comment="1, 2, 3 … within the clock")
    kind: Mapped[str] = mapped_column(
        comment="of the ledger: started, paused, resumed, recomputed, stopped; beside it: warned, breached"
    )
    at: Mapped[datetime]
    consumed: Mapped[timedelta] = mapped_column(Interval, comment="working time used after this event")
    due_before: Mapped[datetime | None] = mapped_column(comment="NULL: there was no promise before")
    due_after: Mapped[datetime]
    calendar_version: Mapped[int]
    reason: Mapped[str] = mapped_column(server_default="", comment="in a word; of a warning, its threshold")


class Timer(Base):
    """A moment at which something must be looked at, kept until it has been.

    Why a table beside Celery: a queued message cannot be moved when a holiday is declared, an ETA past the
    broker's visibility timeout is delivered twice, and a lost broker loses what it held. A row does neither.
    """

    __tablename__ = "timers"
    __table_args__ = (
        UniqueConstraint("subject_id", "kind", "generation"),
        CheckConstraint("attempts >= 0", name="attempts_not_negative"),
        CheckConstraint("(state = 'fired') = (fired_at IS NOT NULL)", name="fired_iff_at"),
        CheckConstraint("available_at >= due_at", name="available_when_due"),
        partial_index("ix_timers_pending_available_at", "available_at", where=text("state = 'pending'")),
    )

    id: Mapped[Key]
    subject_type: Mapped[str]
    subject_id: Mapped[UUID]
    kind: Mapped[str]
    generation: Mapped[int] = mapped_column(server_default="1")
    due_at: Mapped[datetime] = mapped_column(comment="the moment that was asked for; never moved")
    available_at: Mapped[datetime] = mapped_column(comment="not before; due_at, moved on by back-off")
    state: Mapped[TimerState] = mapped_column(
        enum_of(TimerState, "timer_state"), server_default=TimerState.PENDING.value
    )
    attempts: Mapped[int] = mapped_column(server_default="0")
    fired_at: Mapped[datetime | None]
    last_error: Mapped[str | None]


class OutboxMessage(Base):
    """A fact recorded in the transaction that made it true, to be told to whoever reacts to it."""

    __tablename__ = "outbox_messages"
    __table_args__ = (
        CheckConstraint("done_at IS NULL OR quarantined_at IS NULL", name="one_end"),
        partial_index(
            "ix_outbox_messages_open",
            "available_at",
            "id",
            where=text("done_at IS NULL AND quarantined_at IS NULL"),
        ),
        partial_index("ix_outbox_messages_done_at", "done_at", where=text("done_at IS NOT NULL")),
    )

    id: Mapped[Key]
    topic: Mapped[str] = mapped_column(comment="a fact in the past tense, such as exam.handed_in")
    payload: Mapped[dict[str, Any]]
    recorded_at: Mapped[datetime]
    available_at: Mapped[datetime] = mapped_column(comment="not before; moved on by back-off")
    attempts: Mapped[int] = mapped_column(server_default="0")
    done_at: Mapped[datetime | None]
    quarantined_at: Mapped[datetime | None]
    last_error: Mapped[str | None]


class OutboxReceipt(Base):
    """Proof that one consumer has dealt with one message: what makes a second delivery harmless."""

    __tablename__ = "outbox_receipts"

    message_id: Mapped[UUID] = mapped_column(ForeignKey("outbox_messages.id"), primary_key=True)
    consumer: Mapped[str] = mapped_column(primary_key=True)
    handled_at: Mapped[datetime]


class Lease(Base):
    """Who may work on a subject until when; the token fences off a holder whose lease has lapsed."""

    __tablename__ = "leases"
    __table_args__ = (
        CheckConstraint("token > 0", name="token_positive"),
        Index("ix_leases_holder_id", "holder_id"),
        partial_index("ix_leases_held_expires_at", "expires_at", where=text("holder_id IS NOT NULL")),
    )

    subject_type: Mapped[str] = mapped_column(primary_key=True)
    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    holder_id: Mapped[UUID | None]
    token: Mapped[int] = mapped_column(comment="rises with every claim and never falls")
    expires_at: Mapped[datetime] = mapped_column(comment="by the clock of the database")


class Heartbeat(Base):
    """When a recurring piece of work last ran to its end."""

    __tablename__ = "heartbeats"

    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(server_default=func.now())
