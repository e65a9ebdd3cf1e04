"""Plants the board's templates and the practice ones from templates.json."""

import json
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from mathvidya.exams.service import plant_templates

FILE = Path(__file__).parent / "templates.json"


def plant(session: Session, now: datetime) -> None:
    """Bring in the templates that are missing."""
    plant_templates(session, json.loads(FILE.read_text(encoding="utf-8"))["templates"], now=now)
