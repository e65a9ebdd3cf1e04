"""Makes a database ready for use: the newest schema, a durable server, the reference data."""

from mathvidya.plans.service import plant_plans
from mathvidya.platform import clock, db, migrations
from mathvidya.platform.db import Database
from mathvidya.settings import Environment
from mathvidya.system.service import plant_reference
from seeds import reference
from seeds.demo.people import plant_people


def prepare_database(database: Database, environment: Environment) -> None:
    """Bring ``database`` up to date; safe to run again and by several processes at once.

    A laptop gets the demo's people too; production never does.
    """
    migrations.migrate(database.engine)
    with db.reading() as session:
        db.assert_durable(session)
    with db.transaction() as session:
        now = clock.now()
        plant_reference(session, now=now)
        plant_plans(session)
        reference.plant(session, now)
        if environment is Environment.LAPTOP:
            plant_people(session, now=now)
