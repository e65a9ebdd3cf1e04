"""Keyset pagination: a page begins after the last id of the one before; page 1,000 costs what page 1 does."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from marshmallow import Schema, fields, validate
from sqlalchemy import Select
from sqlalchemy.orm import InstrumentedAttribute, Session

Row = TypeVar("Row")


class PageArguments(Schema):
    """Query arguments of every list."""

    limit = fields.Integer(load_default=20, validate=validate.Range(1, 100))
    after = fields.UUID(
        load_default=None,
        metadata={"description": "next_after of the page before; nothing for the first page"},
    )


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows, and where the next ones begin."""

    items: Sequence[Row]
    next_after: UUID | None


def page_schema(item: type[Schema]) -> Schema:
    """The schema of a page of ``item``."""
    return Schema.from_dict(
        {
            "items": fields.List(fields.Nested(item), required=True),
            "next_after": fields.UUID(allow_none=True, required=True),
        },
        name=f"PageOf{item.__name__}",
    )()


def newest_first(
    session: Session,
    rows: Select[Row],
    key: InstrumentedAttribute[UUID],
    *,
    limit: int,
    after: UUID | None,
) -> Page[Row]:
    """A page of ``rows`` in falling order of ``key``, a UUIDv7: newest first."""
    if after is not None:
        rows = rows.where(key < after)
    found: Sequence[Any] = session.execute(rows.order_by(key.desc()).limit(limit + 1)).scalars().all()
    more = len(found) > limit
    items = found[:limit]
    return Page(items, getattr(items[-1], key.key) if more else None)
