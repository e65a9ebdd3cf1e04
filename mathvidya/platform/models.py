"""The table behind ``Idempotency-Key``."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, Integer, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from workflows.base import Base


class IdempotencyKey(Base):
    """What was answered to a request that carried a key, to be answered again word for word."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (Index("ix_idempotency_keys_created_at", "created_at"),)

    actor_id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    request_sha256: Mapped[bytes] = mapped_column(LargeBinary, comment="of method, path and body")
    status: Mapped[int | None] = mapped_column(Integer)
    body: Mapped[bytes | None] = mapped_column(LargeBinary, comment="the answer, word for word")
    created_at: Mapped[datetime]
