"""Brings a database to the newest schema; safe to run by several processes at once."""

from alembic.config import Config
from sqlalchemy import Connection, Engine, text

from alembic import command
from mathvidya.settings import ROOT

_LOCK = 0x6D617468
"""Any constant: whoever migrates holds this advisory lock."""


def configuration(connection: Connection) -> Config:
    """Alembic's configuration, bound to an open connection."""
    config = Config(ROOT / "alembic.ini")
    config.attributes["connection"] = connection
    return config


def migrate(engine: Engine, revision: str = "head") -> None:
    """Upgrade to ``revision`` in one transaction."""
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        command.upgrade(configuration(connection), revision)
