"""Pure decisions of the accounts slice: who a person can be, when sign-in rests, how long a session lasts."""

import hashlib
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from mathvidya.accounts.errors import WeakPassword
from mathvidya.accounts.models import ClassLevel, CourseLevel, User
from mathvidya.platform.actors import Role
from mathvidya.platform.errors import Invalid

SELF_REGISTERING = (Role.STUDENT, Role.PARENT)
LOCK_OUT = timedelta(minutes=15)
LINK_CODE_LIFETIME = timedelta(hours=24)
WRONG_CODES_AN_HOUR = 5
INVITATION_LIFETIME = timedelta(days=7)

_SHORTEST_PASSWORD = 10
_LONGEST_PASSWORD = 128
"""Far beyond any passphrase; without a bound the hash would be a way to keep the server busy."""

_PERSONAL = frozenset({"email", "full_name", "phone"})


@dataclass(frozen=True)
class Profile:
    """What an admin can say of a person; the defaults suit a parent."""

    role: Role
    email: str
    full_name: str
    phone: str | None = None
    class_level: ClassLevel | None = None
    course_level: CourseLevel | None = None
    extra_time_percent: int = 0
    may_mark: Sequence[ClassLevel] = ()
    daily_cap: int | None = None

    def __post_init__(self) -> None:
        """One form for the classes, however they came: a profile is compared."""
        object.__setattr__(self, "may_mark", tuple(self.may_mark))


def profile_of(person: User) -> Profile:
    """A person as a profile."""
    return Profile(**{field.name: getattr(person, field.name) for field in fields(Profile)})


def check_profile(profile: Profile) -> None:
    """Whether the parts of a profile fit its role. Raises Invalid with every misfit by field."""
    errors = {field: [remedy] for field, remedy in _misfits(profile)}
    if errors:
        raise Invalid("some fields do not fit the role; nothing was changed", errors)


def _misfits(profile: Profile) -> Iterator[tuple[str, str]]:
    is_student, is_teacher = profile.role is Role.STUDENT, profile.role is Role.TEACHER
    if is_student and profile.class_level is None:
        yield "class_level", "a student has a class: X or XII"
    if not is_student and profile.class_level is not None:
        yield "class_level", "only a student has a class: leave it out"
    if profile.class_level is ClassLevel.X and profile.course_level is None:
        yield "course_level", "class X has two papers: choose standard or basic"
    if profile.class_level is not ClassLevel.X and profile.course_level is not None:
        yield "course_level", "only class X has levels: leave it out"
    if not is_student and profile.extra_time_percent:
        yield "extra_time_percent", "only a student gets extra time: leave it out"
    if not is_teacher and profile.may_mark:
        yield "may_mark", "only a teacher marks: leave it out"
    if not is_teacher and profile.daily_cap is not None:
        yield "daily_cap", "only a teacher has a daily cap: leave it out"


def audited_change(before: Profile, after: Profile) -> dict[str, Any]:
    """What changed, for the audit: values of personal fields stay out of it, so that they can be erased."""
    was, now_is = asdict(before), asdict(after)
    return {
        field: "changed" if field in _PERSONAL else {"was": was[field], "is": now_is[field]}
        for field in was
        if was[field] != now_is[field]
    }


def check_password(password: str, email: str) -> None:
    """Whether a password may be chosen. Raises WeakPassword."""
    complaint = None
    if not _SHORTEST_PASSWORD <= len(password) <= _LONGEST_PASSWORD:
        complaint = f"use {_SHORTEST_PASSWORD} to {_LONGEST_PASSWORD} characters; several words are good"
    elif password.casefold() in {email.casefold(), email.partition("@")[0].casefold()}:
        complaint = "do not use your e-mail address"
    if complaint:
        raise WeakPassword(complaint, {"password": [complaint]})


@dataclass(frozen=True)
class SignInState:
    """Wrong passwords in a row, and until when sign-in rests because of them."""

    failed: int = 0
    locked_until: datetime | None = None

    def is_locked(self, now: datetime) -> bool:
        """Whether sign-in rests; at the moment at which the rest ends it no longer does."""
        return self.locked_until is not None and now < self.locked_until

    def after_failure(self, limit: int, now: datetime) -> "SignInState":
        """One wrong password more. A rest that is over begins a new count; one that lasts is not prolonged.

        Prolonging would let anybody keep a student out for as long as they like.
        """
        if self.is_locked(now):
            return self
        failed = 1 if self.locked_until is not None else self.failed + 1
        return SignInState(failed, now + LOCK_OUT if failed >= limit else None)


def idle_limit(role: Role, timeout: timedelta) -> timedelta | None:
    """How long a session may lie unused: people who see others' data sign in again, a family does not.

    A student writes on paper for three hours with the phone asleep, and must not meet a password then.
    """
    return timeout if role in {Role.TEACHER, Role.ADMIN} else None


def token_end(session_end: datetime, idle: timedelta | None, now: datetime) -> datetime:
    """When a refresh token issued now is over: with its session, or when that has lain idle."""
    return session_end if idle is None else min(session_end, now + idle)


def new_token() -> str:
    """A refresh token: 256 random bits."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """What is kept of a token or a code; random secrets need no slow hash."""
    return hashlib.sha256(token.encode()).digest()


def normal_code(code: str) -> str:
    """A link code as it was issued, however it was copied from paper."""
    return "".join(code.split()).upper()
