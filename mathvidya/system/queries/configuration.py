"""What the settings are that an admin may change while the product runs."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.platform.actors import Actor
from mathvidya.platform.errors import NotFound
from mathvidya.system import policy
from mathvidya.system.models import SystemConfig
from mathvidya.system.reference import default_settings


def setting(session: Session, key: str) -> Any:
    """The value of a setting, or the one it ships with when nobody planted its row. Raises NotFound."""
    if key not in default_settings():
        raise NotFound(f"there is no setting {key!r}")
    row = session.execute(select(SystemConfig.value).where(SystemConfig.key == key)).one_or_none()
    return default_settings()[key] if row is None else row.value


def url_lifetime(session: Session) -> timedelta:
    """How long a presigned address is good for."""
    return timedelta(minutes=setting(session, "s3_signed_url_expiry_minutes"))


def setting_row(session: Session, actor: Actor, key: str) -> SystemConfig:
    """A setting with its version, for an admin. Raises Forbidden, NotFound."""
    policy.must_be_admin(actor, "read the configuration")
    row = session.get(SystemConfig, key)
    if row is None:
        raise NotFound(f"there is no setting {key!r}")
    return row


def settings_list(session: Session, actor: Actor) -> Sequence[SystemConfig]:
    """Every setting by its key, for an admin: a closed list of some twenty. Raises Forbidden."""
    policy.must_be_admin(actor, "read the configuration")
    return session.scalars(select(SystemConfig).order_by(SystemConfig.key)).all()
