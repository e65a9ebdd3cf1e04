"""The worker and beat: where ticks meet the handlers of every slice.

Each Celery setting carries its reason. Nothing that matters is scheduled by Celery: deadlines are timer rows,
facts are outbox rows, and a tick only asks what is due (see workflows/timers.py and workflows/outbox.py).
"""

from celery import Celery
from celery.signals import worker_process_init

from mathvidya.accounts import tasks as accounts_tasks
from mathvidya.attempts import handlers as attempts_handlers
from mathvidya.evaluation import handlers as evaluation_handlers
from mathvidya.evaluation import tasks as evaluation_tasks
from mathvidya.notices import handlers as notices_handlers
from mathvidya.plans import tasks as plans_tasks
from mathvidya.platform import clock, db, logging, work
from mathvidya.platform.db import Database
from mathvidya.settings import Settings
from mathvidya.system import tasks as system_tasks

_CONSUMERS = work.consumers_of((evaluation_handlers.CONSUMERS, notices_handlers.CONSUMERS))
_TIMERS = work.handlers_of((attempts_handlers.TIMERS, evaluation_handlers.TIMERS))
_TICKS = {
    **system_tasks.TICKS,
    **accounts_tasks.TICKS,
    **plans_tasks.TICKS,
    **evaluation_tasks.TICKS,
    **work.engine_ticks(_CONSUMERS, _TIMERS),
}


def create_worker(settings: Settings) -> Celery:
    """The Celery application for worker and beat."""
    logging.configure(settings.log_level)
    app = Celery("mathvidya", broker=settings.redis_url)
    app.conf.update(
        task_serializer="json",  # pickle would let whoever reaches the broker run code
        accept_content=["json"],
        result_backend=None,  # results are rows; nobody waits for a task
        task_ignore_result=True,
        task_acks_late=True,  # a killed child's tick comes again; ticks are idempotent
        task_reject_on_worker_lost=False,  # the next tick does the same work: no poison loop
        task_time_limit=60,  # a tick works in small batches; beyond this it hangs
        task_soft_time_limit=45,
        worker_prefetch_multiplier=1,  # a slow tick must not hold the others
        worker_hijack_root_logger=False,  # our logs are JSON already
        broker_connection_retry_on_startup=True,
        broker_transport_options={"visibility_timeout": 3600},
        worker_cancel_long_running_tasks_on_connection_loss=True,
        timezone="UTC",
        enable_utc=True,
        beat_schedule={
            name: {
                "task": tick.task,
                "schedule": tick.every_seconds,
                "options": {"expires": tick.every_seconds * 5},
            }
            for name, tick in _TICKS.items()
        },
    )
    for tick in _TICKS.values():
        app.task(name=tick.task)(tick.run)
    return app


@worker_process_init.connect
def _open_pool(**_: object) -> None:
    """Open the pool after the fork: a connection shared by two processes corrupts both."""
    settings = Settings()
    clock.use_offset_file(settings.clock_file)
    db.use(Database.connect(settings.database_url, pool_size=2))


app = create_worker(Settings())
