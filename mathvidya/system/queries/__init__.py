"""Reads of the system slice."""

import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.settings import ROOT
from mathvidya.system.models import SystemConfig

_DEFAULTS = ROOT / "seeds" / "reference" / "system_config.json"


def setting(session: Session, key: str) -> Any:
    """The value of a configuration entry; its seed value where no row has been planted. KeyError: unknown."""
    row = session.execute(select(SystemConfig).where(SystemConfig.key == key)).scalar_one_or_none()
    if row is not None:
        return row.value
    defaults = json.loads(_DEFAULTS.read_text(encoding="utf-8"))
    return (defaults["entries"] | defaults["added_by_design"])[key]
