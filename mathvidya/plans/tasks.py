"""Ticks of the plans slice."""

import structlog

from mathvidya.plans import queries, service
from mathvidya.platform import clock, db
from mathvidya.platform.ticks import Tick

_BATCH = 100

_log = structlog.get_logger(__name__)


def expire() -> None:
    """Note which subscriptions have ended; the next tick takes what is beyond a batch."""
    with db.transaction() as session:
        service.expire_subscriptions(session, now=clock.now(), limit=_BATCH)


def check_quota() -> None:
    """Ring when a counter and its ledger disagree: somebody wrote past the service."""
    with db.reading() as session:
        for mismatch in queries.check_counters(session):
            _log.error("quota counter and ledger disagree", mismatch=mismatch)


TICKS = {
    "expire-subscriptions": Tick("plans.expire", 60.0, expire),
    "check-quota": Tick("plans.check_quota", 3600.0, check_quota),
}
