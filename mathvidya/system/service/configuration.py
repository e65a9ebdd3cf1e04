"""Changing settings while the product runs."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from mathvidya.platform.actors import Actor
from mathvidya.platform.errors import NotFound
from mathvidya.platform.versions import check_version
from mathvidya.system import policy
from mathvidya.system.models import SystemConfig
from mathvidya.system.rules.configuration import check_editable, check_value
from mathvidya.system.service.acts import record_act


def change_setting(
    session: Session, *, actor: Actor, key: str, value: Any, version: int, now: datetime
) -> SystemConfig:
    """Give a setting another value.

    Raises Forbidden, NotFound, Invalid, SettingKeptElsewhere, StaleVersion.
    """
    policy.must_be_admin(actor, "change the configuration")
    check_value(key, value)
    check_editable(key)
    row = session.get(SystemConfig, key, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound(f"there is no setting {key!r}")
    check_version(row.version, version)
    changes = {"value": {"was": row.value, "is": value}}
    row.value, row.version = value, row.version + 1
    row.updated_at, row.updated_by = now, actor.id
    record_act(session, actor, "config.updated", subject=("setting", key), now=now, changes=changes)
    return row
