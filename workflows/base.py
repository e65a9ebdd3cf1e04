"""The declarative base that every table hangs on, and the column types they share.

One metadata means one Alembic history; the naming convention gives every constraint a name that can be
foreseen, so that a violated one can be turned into a problem that a person understands.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, TypeAlias
from uuid import UUID

import uuid_utils.compat
from sqlalchemy import BigInteger, Date, DateTime, Enum, Index, MetaData, Numeric, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column

NAMING_CONVENTION = {
    "pk": "pk_%(table_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
}

JsonObject: TypeAlias = dict[str, Any]
JsonArray: TypeAlias = list[Any]

Transaction: TypeAlias = Callable[[], AbstractContextManager[Session]]
"""Opens a transaction that commits when its block ends: given by the caller, who owns the connection."""


class Base(DeclarativeBase):
    """Base of every mapped class: aware timestamps, text without length, JSONB for documents."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads this mapping once, at class creation
        datetime: DateTime(timezone=True),
        date: Date(),
        Decimal: Numeric(6, 2),
        str: Text(),
        UUID: Uuid(),
        int: BigInteger(),
        dict[str, Any]: JSONB(),
        list[Any]: JSONB(),
    }


def new_id() -> UUID:
    """A UUIDv7: unique, and ordered by the time of its making, so that index pages stay warm."""
    return uuid_utils.compat.uuid7()


Key = Annotated[UUID, mapped_column(primary_key=True, default=new_id)]


def enum_of(members: type[StrEnum], name: str) -> Enum:
    """A PostgreSQL ENUM type called ``name`` that stores the values, not the Python names."""
    return Enum(members, name=name, values_callable=_values, validate_strings=True)


def _values(members: type[StrEnum]) -> Sequence[str]:
    return [member.value for member in members]


def partial_index(name: str, *columns: Any, where: Any, unique: bool = False) -> Index:
    """An index over the rows that satisfy ``where``: the way to index open work only."""
    return Index(name, *columns, unique=unique, postgresql_where=where)
