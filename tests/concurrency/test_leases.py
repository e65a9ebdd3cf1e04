from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select, update

from mathvidya.platform import db
from tests.concurrency.racing import race
from workflows import leases
from workflows.base import new_id
from workflows.leases import Held
from workflows.models import Lease

pytestmark = pytest.mark.usefixtures("committed_database")

THREADS = 32


def claim(subject: UUID) -> int | None:
    try:
        with db.transaction() as session:
            return leases.claim(
                session, subject_type="script", subject_id=subject, holder_id=new_id(), minutes=45
            )
    except Held:
        return None


def winners(subject: UUID) -> list[int]:
    return [token for token in race(THREADS, lambda _: claim(subject)) if token is not None]


def test_of_many_who_claim_a_new_lease_at_once_one_wins() -> None:
    assert winners(new_id()) == [1]


def test_of_many_who_take_over_a_lapsed_lease_at_once_one_wins() -> None:
    subject = new_id()
    claim(subject)
    with db.transaction() as session:
        session.execute(update(Lease).values(expires_at=func.clock_timestamp() - timedelta(minutes=1)))
    assert winners(subject) == [2]


def test_nobody_takes_a_lease_over_between_a_check_and_the_commit_that_it_allows() -> None:
    subject = new_id()
    token = claim(subject)
    assert token is not None
    with db.transaction() as session:
        leases.check(session, subject_type="script", subject_id=subject, token=token)
        with db.transaction() as other:
            free = select(Lease.token).where(Lease.subject_id == subject).with_for_update(skip_locked=True)
            assert other.execute(free).all() == []
