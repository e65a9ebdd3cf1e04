"""Reference data: planted at every start, by natural keys, so that planting again changes nothing."""

from datetime import datetime

from sqlalchemy.orm import Session

from seeds.reference import questions, templates

__all__ = ["plant"]


def plant(session: Session, now: datetime) -> None:
    """Bring the reference data of ``session``'s database in step with the files beside this one."""
    questions.plant(session, now)
    templates.plant(session, now)
