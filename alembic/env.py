"""Runs migrations on the connection that it is handed, or on the database that the settings name."""

from sqlalchemy import Connection, create_engine

from alembic import context
from mathvidya import tables
from mathvidya.settings import Settings


def run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=tables.METADATA, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    url = Settings().database_url.replace("postgresql://", "postgresql+psycopg://", 1)
    with create_engine(url).connect() as opened:
        run(opened)
        opened.commit()
