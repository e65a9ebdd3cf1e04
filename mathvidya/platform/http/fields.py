"""Fields that several slices' schemas share."""

from decimal import Decimal
from typing import Any

from marshmallow import fields


class Marks(fields.Decimal):
    """Marks: exact, and in JSON a string without zeros that say nothing, such as "2" or "0.5"."""

    def __init__(self, **options: Any) -> None:
        described = {"type": "string", "examples": ["2.5"], **options.pop("metadata", {})}
        super().__init__(as_string=True, metadata=described, **options)

    def _to_string(self, value: Decimal) -> str:
        return f"{value.normalize():f}"
