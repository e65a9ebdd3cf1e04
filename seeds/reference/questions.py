"""Plants the reference bank: the YAML files under bank/, one for each chapter and class."""

from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import yaml
from sqlalchemy.orm import Session

from mathvidya.bank.imports import read_documents
from mathvidya.bank.service import plant_questions
from mathvidya.bank.service.planting import ReferenceQuestion

FOLDER = Path(__file__).parent / "bank"

_NAMESPACE = UUID("6c1f6f0e-6f0c-5d53-9a3e-8d6f0b2f7a41")
"""Of the ids that are derived from codes. Changing it would make every reference question a stranger."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one in C, where PyYAML was built with it, reads the bank ten times as fast."""


class BrokenReference(ValueError):
    """A file of the reference bank cannot be read; the message names file, question and field."""


def plant(session: Session, now: datetime, *, folder: Path = FOLDER) -> int:
    """Bring the bank in step with the files of ``folder``; returns how many rows were written."""
    references = [reference for file in sorted(folder.glob("*/*.yaml")) for reference in read(file)]
    return plant_questions(session, references, now=now)


def read(file: Path) -> list[ReferenceQuestion]:
    """The questions of one file. Raises BrokenReference."""
    # The loader is a safe one; ruff cannot see that through the name.
    documents: Any = yaml.load(file.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - see above
    drafts = read_documents(documents)
    if drafts.problems:
        first = drafts.problems[0]
        raise BrokenReference(f"{file.name}: {first.code or first.line}: {first.field}: {first.problem}")
    return [
        ReferenceQuestion(_id_of(code), code, row.draft.content)
        for row in drafts.rows
        if (code := row.draft.code) is not None
    ]


def _id_of(code: str) -> UUID:
    # Derived, not drawn: the same seed must give the same paper on every machine, and a draw orders by id.
    return uuid5(_NAMESPACE, code)
