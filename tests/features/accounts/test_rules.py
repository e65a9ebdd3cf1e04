from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathvidya.accounts import passwords
from mathvidya.accounts.errors import WeakPassword
from mathvidya.accounts.models import ClassLevel, CourseLevel
from mathvidya.accounts.rules import (
    LOCK_OUT,
    Profile,
    SignInState,
    audited_change,
    check_password,
    check_profile,
    idle_limit,
    normal_code,
    token_end,
)
from mathvidya.platform.actors import Role
from mathvidya.platform.errors import Invalid
from tests.factories import MONDAY_TEN

PARENT = Profile(Role.PARENT, "asha@home.example", "Asha Rao")
STUDENT = replace(PARENT, role=Role.STUDENT, class_level=ClassLevel.XII)
TEACHER = replace(PARENT, role=Role.TEACHER, may_mark=[ClassLevel.X], daily_cap=12)


@pytest.mark.parametrize(
    "profile",
    [
        PARENT,
        STUDENT,
        TEACHER,
        replace(STUDENT, class_level=ClassLevel.X, course_level=CourseLevel.BASIC, extra_time_percent=25),
        replace(PARENT, role=Role.ADMIN),
    ],
)
def test_profiles_that_fit_their_role_pass(profile: Profile) -> None:
    check_profile(profile)


@pytest.mark.parametrize(
    ("profile", "fields"),
    [
        (replace(STUDENT, class_level=None), {"class_level"}),
        (replace(STUDENT, class_level=ClassLevel.X), {"course_level"}),
        (replace(STUDENT, course_level=CourseLevel.BASIC), {"course_level"}),
        (replace(STUDENT, may_mark=[ClassLevel.X], daily_cap=3), {"may_mark", "daily_cap"}),
        (replace(TEACHER, class_level=ClassLevel.XII), {"class_level"}),
        (replace(TEACHER, extra_time_percent=10), {"extra_time_percent"}),
        (replace(PARENT, course_level=CourseLevel.BASIC), {"course_level"}),
    ],
)
def test_every_misfit_is_named_by_its_field(profile: Profile, fields: set[str]) -> None:
    with pytest.raises(Invalid) as refusal:
        check_profile(profile)
    assert set(refusal.value.extra["errors"]) == fields


@pytest.mark.parametrize("password", ["ten chars!", "x" * 128, "गणित अभ्यास है"])
def test_long_passwords_pass(password: str) -> None:
    check_password(password, "asha@home.example")


@pytest.mark.parametrize("password", ["nine char", "x" * 129, "ASHA@home.example", "Long.Local.Part"])
def test_short_endless_and_guessable_passwords_are_refused(password: str) -> None:
    email = "long.local.part@home.example" if password.startswith("Long") else "asha@home.example"
    with pytest.raises(WeakPassword):
        check_password(password, email)


@given(limit=st.integers(1, 20), failures=st.integers(0, 40))
def test_sign_in_rests_exactly_from_the_last_allowed_failure_on(limit: int, failures: int) -> None:
    state = SignInState()
    for _ in range(failures):
        state = state.after_failure(limit, MONDAY_TEN)
    assert state.is_locked(MONDAY_TEN) == (failures >= limit)
    assert state.failed == min(failures, limit)


def test_a_rest_ends_on_its_moment_and_is_not_prolonged_by_more_failures() -> None:
    locked = SignInState(4).after_failure(5, MONDAY_TEN)
    later = locked.after_failure(5, MONDAY_TEN + timedelta(minutes=10))
    assert later.is_locked(MONDAY_TEN + LOCK_OUT - timedelta(microseconds=1))
    assert not later.is_locked(MONDAY_TEN + LOCK_OUT)


def test_after_a_rest_the_count_begins_anew() -> None:
    locked = SignInState(4).after_failure(5, MONDAY_TEN)
    assert locked.after_failure(5, MONDAY_TEN + LOCK_OUT) == SignInState(1)


@pytest.mark.parametrize(
    ("role", "rests"), [(Role.STUDENT, False), (Role.PARENT, False), (Role.TEACHER, True), (Role.ADMIN, True)]
)
def test_only_people_who_see_others_data_are_signed_out_when_idle(role: Role, rests: bool) -> None:
    hour = timedelta(hours=1)
    assert idle_limit(role, hour) == (hour if rests else None)


@given(left=st.timedeltas(timedelta(0), timedelta(days=30)), idle=st.timedeltas(timedelta(0), timedelta(1)))
def test_a_token_outlives_neither_its_session_nor_the_idle_limit(left: timedelta, idle: timedelta) -> None:
    end = MONDAY_TEN + left
    assert token_end(end, None, MONDAY_TEN) == end
    assert token_end(end, idle, MONDAY_TEN) == MONDAY_TEN + min(left, idle)


@pytest.mark.parametrize("copied", ["P-7KQ2M4XP", "p-7kq2m4xp", " P-7KQ2 M4XP\n"])
def test_a_code_is_the_same_however_it_was_copied(copied: str) -> None:
    assert normal_code(copied) == "P-7KQ2M4XP"


def test_the_audit_of_an_edit_holds_no_personal_values() -> None:
    after = replace(STUDENT, full_name="Asha R", email="a@home.example", extra_time_percent=25)
    assert audited_change(STUDENT, after) == {
        "email": "changed",
        "full_name": "changed",
        "extra_time_percent": {"was": 0, "is": 25},
    }


def test_a_hash_fits_its_password_however_the_keyboard_composed_it() -> None:
    kept = passwords.make_hash("cafe\u0301 und mehr")
    assert passwords.matches(kept, "caf\u00e9 und mehr")
    assert not passwords.matches(kept, "cafe und mehr")
    assert not passwords.is_dated(kept)


def test_what_is_not_a_hash_fits_nothing() -> None:
    assert not passwords.matches("!", "!")


def test_a_hash_of_other_parameters_is_dated() -> None:
    assert passwords.is_dated("$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$aGFzaGhhc2hoYXNo")
