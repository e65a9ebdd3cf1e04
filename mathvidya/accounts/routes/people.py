"""HTTP of people."""

from typing import Any
from uuid import UUID

from flask import Response

from mathvidya.accounts import queries, service
from mathvidya.accounts.errors import EmailTaken, StillLinked, WeakPassword, WrongPassword
from mathvidya.accounts.models import User, UserSession
from mathvidya.accounts.routes import limits
from mathvidya.accounts.schemas.people import (
    LockSchema,
    ManagedPersonSchema,
    NewPersonSchema,
    OwnEditSchema,
    PasswordChangeSchema,
    PeopleArguments,
    PeoplePageSchema,
    PersonEditSchema,
    PersonSchema,
)
from mathvidya.accounts.schemas.sign_in import SessionPageSchema
from mathvidya.platform import db
from mathvidya.platform.errors import (
    Forbidden,
    Invalid,
    NotFound,
    StaleVersion,
    VersionRequired,
    WrongState,
)
from mathvidya.platform.http.blueprint import Blueprint
from mathvidya.platform.http.context import actor_id, current_actor, request_now
from mathvidya.platform.http.idempotency import answer_once
from mathvidya.platform.http.pages import Page, PageArguments
from mathvidya.platform.http.versions import etag, expected_version

Versioned = tuple[User, int, dict[str, str]]

blueprint = Blueprint("users", __name__, url_prefix="/users", description="People")


@blueprint.get("/me")
@blueprint.response(200, PersonSchema)
def read_me() -> Versioned:
    """Oneself."""
    with db.reading() as session:
        return _versioned(queries.person(session, current_actor(), actor_id()))


@blueprint.patch("/me")
@blueprint.arguments(OwnEditSchema)
@blueprint.response(200, PersonSchema)
@blueprint.problems(Invalid, VersionRequired, StaleVersion)
def edit_me(changes: dict[str, Any]) -> Versioned:
    """Change one's own name or phone."""
    with db.transaction() as session:
        person = service.edit_own(
            session, actor=current_actor(), changes=changes, version=expected_version(), now=request_now()
        )
    return _versioned(person)


@blueprint.put("/me/password")
@limits.codes
@blueprint.arguments(PasswordChangeSchema, as_kwargs=True)
@blueprint.response(204)
@blueprint.problems(WrongPassword, WeakPassword)
def change_password(present: str, new: str) -> None:
    """Take another password; every other session ends."""
    with db.transaction() as session:
        service.change_password(session, actor=current_actor(), present=present, new=new, now=request_now())


@blueprint.get("")
@blueprint.arguments(PeopleArguments, location="query", as_kwargs=True)
@blueprint.response(200, PeoplePageSchema)
@blueprint.problems(Forbidden)
def list_people(**arguments: Any) -> Page[User]:
    """People by role and by what their name or e-mail address contains, newest first; for admins."""
    with db.reading() as session:
        return queries.people(session, current_actor(), **arguments)


@blueprint.post("")
@blueprint.arguments(NewPersonSchema, as_kwargs=True)
@blueprint.response(201, ManagedPersonSchema)
@blueprint.problems(Forbidden, Invalid, WeakPassword, EmailTaken)
def create_person(**person: Any) -> Response:
    """Make a person of any role; for admins."""
    actor, now = current_actor(), request_now()
    with db.transaction() as session:
        return answer_once(
            session,
            ManagedPersonSchema(),
            lambda: service.create_person(session, actor=actor, now=now, **person),
        )


@blueprint.get("/<uuid:person_id>")
@blueprint.response(200, ManagedPersonSchema)
@blueprint.problems(NotFound)
def read_person(person_id: UUID) -> Versioned:
    """A person; for admins, and for oneself."""
    with db.reading() as session:
        return _versioned(queries.person(session, current_actor(), person_id))


@blueprint.patch("/<uuid:person_id>")
@blueprint.arguments(PersonEditSchema)
@blueprint.response(200, ManagedPersonSchema)
@blueprint.problems(Forbidden, NotFound, Invalid, EmailTaken, StillLinked, VersionRequired, StaleVersion)
def edit_person(changes: dict[str, Any], person_id: UUID) -> Versioned:
    """Change what is said of a person; for admins. Another role ends their sessions."""
    with db.transaction() as session:
        person = service.edit_person(
            session,
            actor=current_actor(),
            person_id=person_id,
            changes=changes,
            version=expected_version(),
            now=request_now(),
        )
    return _versioned(person)


@blueprint.post("/<uuid:person_id>/lock")
@blueprint.arguments(LockSchema, as_kwargs=True)
@blueprint.response(200, ManagedPersonSchema)
@blueprint.problems(Forbidden, NotFound, Invalid)
def lock_person(person_id: UUID, **lock: Any) -> Versioned:
    """Keep a person out until a moment, and end their sessions; for admins."""
    with db.transaction() as session:
        person = service.lock_person(
            session, actor=current_actor(), person_id=person_id, now=request_now(), **lock
        )
    return _versioned(person)


@blueprint.post("/<uuid:person_id>/unlock")
@blueprint.response(200, ManagedPersonSchema)
@blueprint.problems(Forbidden, NotFound, WrongState)
def unlock_person(person_id: UUID) -> Versioned:
    """Let a locked person sign in at once; for admins."""
    with db.transaction() as session:
        person = service.unlock(session, actor=current_actor(), person_id=person_id, now=request_now())
    return _versioned(person)


@blueprint.post("/<uuid:person_id>/disable")
@blueprint.response(200, ManagedPersonSchema)
@blueprint.problems(Forbidden, NotFound, WrongState)
def disable_person(person_id: UUID) -> Versioned:
    """Keep a person out for good, and end their sessions; for admins."""
    with db.transaction() as session:
        person = service.disable(session, actor=current_actor(), person_id=person_id, now=request_now())
    return _versioned(person)


@blueprint.post("/<uuid:person_id>/enable")
@blueprint.response(200, ManagedPersonSchema)
@blueprint.problems(Forbidden, NotFound, WrongState)
def enable_person(person_id: UUID) -> Versioned:
    """Let a disabled person in again; for admins."""
    with db.transaction() as session:
        person = service.enable(session, actor=current_actor(), person_id=person_id, now=request_now())
    return _versioned(person)


@blueprint.get("/<uuid:person_id>/sessions")
@blueprint.arguments(PageArguments, location="query", as_kwargs=True)
@blueprint.response(200, SessionPageSchema)
@blueprint.problems(Forbidden, NotFound)
def list_sessions_of_person(person_id: UUID, **page: Any) -> Page[UserSession]:
    """Where a person is signed in, newest first; for admins."""
    with db.reading() as session:
        return queries.sessions_of(session, current_actor(), person_id, **page)


@blueprint.delete("/<uuid:person_id>/sessions")
@blueprint.response(204)
@blueprint.problems(Forbidden, NotFound)
def end_sessions_of_person(person_id: UUID) -> None:
    """Sign a person out everywhere; for admins."""
    with db.transaction() as session:
        service.end_sessions(session, actor=current_actor(), person_id=person_id, now=request_now())


def _versioned(person: User) -> Versioned:
    return person, 200, etag(person.version)
