from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect

from alembic import command
from mathvidya import tables
from mathvidya.platform import migrations


def test_the_migrated_schema_is_the_one_the_models_describe(connection: Connection) -> None:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    assert compare_metadata(context, tables.METADATA) == []


def test_migrations_go_up_down_and_up(connection: Connection) -> None:
    configuration = migrations.configuration(connection)
    command.downgrade(configuration, "base")
    assert inspect(connection).get_table_names() == ["alembic_version"]
    command.upgrade(configuration, "head")
    assert set(tables.METADATA.tables) < set(inspect(connection).get_table_names())
