"""Writing the audit trail."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from mathvidya.platform.actors import Actor
from mathvidya.system.models import AuditLog
from workflows.base import JsonObject


def record_act(
    session: Session,
    actor: Actor,
    action: str,
    *,
    subject: tuple[str, UUID | str],
    now: datetime,
    changes: JsonObject | None = None,
) -> None:
    """Write one line of the audit trail in the transaction of the act; no personal data in ``changes``."""
    kind, identity = subject
    session.add(
        AuditLog(
            at=now,
            actor_id=actor.id,
            actor_role=actor.role.value if actor.role else None,
            session_id=actor.session_id,
            address=actor.address,
            action=action,
            subject_type=kind,
            subject_id=str(identity),
            changes=changes or {},
        )
    )
