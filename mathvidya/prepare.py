"""Makes a database ready for use: the newest schema, a durable server, the reference data."""

from mathvidya.platform import clock, db, migrations
from mathvidya.platform.db import Database
from seeds import reference


def prepare_database(database: Database) -> None:
    """Bring ``database`` up to date; safe to run again and by several processes at once."""
    migrations.migrate(database.engine)
    with db.reading() as session:
        db.assert_durable(session)
    with db.transaction() as session:
        reference.plant(session, clock.now())
