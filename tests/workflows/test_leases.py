from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from workflows import leases
from workflows.base import new_id
from workflows.leases import Held, Lapsed, LapsedLease
from workflows.models import Lease


@pytest.fixture
def subject() -> UUID:
    return new_id()


def claim(session: Session, subject: UUID, holder: UUID | None = None, minutes: int = 45) -> int:
    return leases.claim(
        session,
        subject_type="script",
        subject_id=subject,
        holder_id=holder or new_id(),
        minutes=minutes,
    )


def check(session: Session, subject: UUID, token: int) -> datetime:
    return leases.check(session, subject_type="script", subject_id=subject, token=token)


def let_it_lapse(session: Session, subject: UUID, minutes_ago: int = 1) -> None:
    then = func.clock_timestamp() - timedelta(minutes=minutes_ago)
    session.execute(update(Lease).where(Lease.subject_id == subject).values(expires_at=then))


def minutes_left(session: Session, until: datetime) -> float:
    now: datetime = session.execute(select(func.clock_timestamp())).scalar_one()
    return (until - now).total_seconds() / 60


def test_a_claimed_lease_is_good_for_its_minutes(session: Session, subject: UUID) -> None:
    until = check(session, subject, claim(session, subject, minutes=45))
    assert minutes_left(session, until) == pytest.approx(45, abs=1)


def test_another_one_is_told_who_holds_it_and_until_when(session: Session, subject: UUID) -> None:
    holder = new_id()
    until = check(session, subject, claim(session, subject, holder))
    with pytest.raises(Held) as refusal:
        claim(session, subject)
    assert (refusal.value.holder_id, refusal.value.until) == (holder, until)


def test_a_lapsed_lease_is_taken_over_and_the_old_token_fenced_off(session: Session, subject: UUID) -> None:
    old = claim(session, subject)
    let_it_lapse(session, subject)
    new = claim(session, subject)
    assert new > old
    with pytest.raises(Lapsed):
        check(session, subject, old)
    check(session, subject, new)


def test_a_holder_who_claims_again_fences_off_their_older_device(session: Session, subject: UUID) -> None:
    holder = new_id()
    old, new = claim(session, subject, holder), claim(session, subject, holder)
    with pytest.raises(Lapsed):
        check(session, subject, old)
    check(session, subject, new)


def test_a_lapsed_lease_is_no_longer_good_even_while_nobody_has_taken_it(
    session: Session, subject: UUID
) -> None:
    token = claim(session, subject)
    let_it_lapse(session, subject)
    with pytest.raises(Lapsed):
        check(session, subject, token)
    with pytest.raises(Lapsed):
        leases.renew(session, subject_type="script", subject_id=subject, token=token, minutes=45)


def test_renewing_counts_the_minutes_from_now(session: Session, subject: UUID) -> None:
    token = claim(session, subject, minutes=2)
    until = leases.renew(session, subject_type="script", subject_id=subject, token=token, minutes=45)
    assert minutes_left(session, until) == pytest.approx(45, abs=1)
    assert check(session, subject, token) == until


def test_a_released_lease_is_free_and_its_token_no_longer_good(session: Session, subject: UUID) -> None:
    token = claim(session, subject)
    assert leases.release(session, subject_type="script", subject_id=subject, token=token)
    with pytest.raises(Lapsed):
        check(session, subject, token)
    assert claim(session, subject) > token


def test_releasing_with_an_old_token_leaves_the_new_holder_alone(session: Session, subject: UUID) -> None:
    old = claim(session, subject)
    let_it_lapse(session, subject)
    new = claim(session, subject)
    assert not leases.release(session, subject_type="script", subject_id=subject, token=old)
    check(session, subject, new)


def test_a_revoked_lease_is_free_and_its_token_no_longer_good(session: Session, subject: UUID) -> None:
    token = claim(session, subject)
    leases.revoke(session, subject_type="script", subject_id=subject)
    with pytest.raises(Lapsed):
        leases.renew(session, subject_type="script", subject_id=subject, token=token, minutes=45)
    assert claim(session, subject) > token


def test_a_token_is_good_for_its_own_subject_only(session: Session, subject: UUID) -> None:
    token = claim(session, subject)
    with pytest.raises(Lapsed, match="claim it again"):
        check(session, new_id(), token)


def test_lapsed_leases_are_listed_longest_ago_first(session: Session) -> None:
    holder, first, second, live, given_back = (new_id() for _ in range(5))
    tokens = {subject: claim(session, subject, holder) for subject in (second, first, live, given_back)}
    let_it_lapse(session, second, minutes_ago=1)
    let_it_lapse(session, first, minutes_ago=9)
    leases.release(session, subject_type="script", subject_id=given_back, token=tokens[given_back])
    assert leases.lapsed(session, subject_type="script", limit=9) == [
        LapsedLease(first, holder, tokens[first]),
        LapsedLease(second, holder, tokens[second]),
    ]
    assert len(leases.lapsed(session, subject_type="script", limit=1)) == 1
    assert leases.lapsed(session, subject_type="other", limit=9) == []
