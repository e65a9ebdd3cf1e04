"""The database for commands: the one that runs, or, on a laptop where nothing runs, one for this command."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from mathvidya.local.servers import postgres, running
from mathvidya.platform import clock, db
from mathvidya.platform.db import Database
from mathvidya.prepare import prepare_database
from mathvidya.settings import Settings


@contextmanager
def laptop_database() -> Iterator[Database]:
    """A migrated database with its reference data planted, in use for ``db.transaction()``."""
    settings = Settings()
    clock.use_offset_file(settings.clock_file or settings.var / "clock")
    with ExitStack() as exits:
        held = running(settings.var)
        url = settings.database_url or (held.database_url if held else None)
        if url is None:
            url = exits.enter_context(postgres(settings.var / "postgres"))
        database = Database.connect(url, pool_size=2)
        exits.callback(database.engine.dispose)
        db.use(database)
        if held is None:
            prepare_database(database, settings.environment)
        yield database
