"""HTTP of registering, signing in and sessions."""

from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

from flask import Response, current_app, request

from mathvidya.accounts import queries, service
from mathvidya.accounts.errors import EmailTaken, RefreshRefused, SignInRefused, WeakPassword
from mathvidya.accounts.models import User, UserSession
from mathvidya.accounts.routes import cookie, limits
from mathvidya.accounts.schemas.people import PersonSchema, RegistrationSchema
from mathvidya.accounts.schemas.sign_in import (
    GrantSchema,
    Keeping,
    RefreshSchema,
    SessionPageSchema,
    SignInSchema,
)
from mathvidya.accounts.service import Device, Grant
from mathvidya.platform import db, tokens
from mathvidya.platform.errors import DomainError, Invalid, NotFound, TooMany
from mathvidya.platform.http.blueprint import Blueprint
from mathvidya.platform.http.context import current_actor, request_now
from mathvidya.platform.http.pages import Page, PageArguments
from mathvidya.platform.http.versions import etag
from mathvidya.settings import Settings

Outcome = TypeVar("Outcome")
Granted = tuple[dict[str, Any], int, dict[str, str]]

blueprint = Blueprint("auth", __name__, url_prefix="/auth", description="Coming in, staying in, going out")


@blueprint.post("/register")
@limits.registrations
@blueprint.doc(security=[])
@blueprint.arguments(RegistrationSchema, as_kwargs=True)
@blueprint.response(201, PersonSchema)
@blueprint.problems(Invalid, WeakPassword, EmailTaken, TooMany)
def register(**registration: Any) -> tuple[User, int, dict[str, str]]:
    """Let a student or a parent in. An e-mail address registers once, so that sending twice does no harm."""
    with db.transaction() as session:
        person = service.register(session, address=request.remote_addr, now=request_now(), **registration)
    return person, 201, etag(person.version)


@blueprint.post("/sign-in")
@limits.sign_ins
@limits.one_account
@blueprint.doc(security=[])
@blueprint.arguments(SignInSchema, as_kwargs=True)
@blueprint.response(200, GrantSchema)
@blueprint.problems(SignInRefused, Invalid, TooMany)
def sign_in(email: str, password: str, refresh_token_in: Keeping) -> Granted:
    """Open a session with e-mail and password. One answer for all that can be wrong."""
    if refresh_token_in is Keeping.COOKIE:
        cookie.must_come_from_our_pages()
    device = Device(request.user_agent.string, request.remote_addr)
    lifetime = timedelta(days=_settings().refresh_token_days)
    with db.transaction() as session:
        outcome = service.sign_in(
            session,
            email=email.strip(),
            password=password,
            device=device,
            lifetime=lifetime,
            now=request_now(),
        )
    return _grant(settled(outcome), refresh_token_in)


@blueprint.post("/refresh")
@limits.refreshes
@blueprint.doc(security=[])
@blueprint.arguments(RefreshSchema, as_kwargs=True)
@blueprint.response(200, GrantSchema)
@blueprint.problems(RefreshRefused, Invalid, TooMany)
def refresh_session(refresh_token: str | None) -> Granted:
    """Exchange a refresh token for the next one and a new access token.

    A token that is used twice ends the session. A browser sends no token: its cookie does.
    """
    keeping = Keeping.COOKIE if refresh_token is None else Keeping.BODY
    token = refresh_token or cookie.token_of_browser()
    with db.transaction() as session:
        outcome = service.refresh(session, token=token, now=request_now())
    return _grant(settled(outcome), keeping)


@blueprint.post("/sign-out")
@blueprint.response(204)
def sign_out() -> Response:
    """End this session. Its access token still works until it is over, within minutes."""
    with db.transaction() as session:
        service.sign_out(session, actor=current_actor(), now=request_now())
    response = Response(status=204)
    cookie.forget(response.headers)
    return response


@blueprint.get("/sessions")
@blueprint.arguments(PageArguments, location="query", as_kwargs=True)
@blueprint.response(200, SessionPageSchema)
def list_sessions(**page: Any) -> Page[UserSession]:
    """Where one is signed in, newest first."""
    with db.reading() as session:
        return queries.open_sessions(session, current_actor(), **page)


@blueprint.delete("/sessions")
@blueprint.response(204)
def end_own_sessions() -> None:
    """Sign out everywhere."""
    with db.transaction() as session:
        service.revoke_own_sessions(session, actor=current_actor(), now=request_now())


@blueprint.delete("/sessions/<uuid:session_id>")
@blueprint.response(204)
@blueprint.problems(NotFound)
def end_session(session_id: UUID) -> None:
    """Sign out on one device."""
    with db.transaction() as session:
        service.revoke_session(session, actor=current_actor(), session_id=session_id, now=request_now())


def settled(outcome: Outcome | DomainError) -> Outcome:
    """What a verb gave; its refusal is raised here, now that what it wrote is committed."""
    if isinstance(outcome, DomainError):
        raise outcome
    return outcome


def _grant(grant: Grant, keeping: Keeping) -> Granted:
    headers = cookie.keep(grant.refresh_token, grant.refresh_ends) if keeping is Keeping.COOKIE else {}
    body = _grant_body(grant)
    if keeping is Keeping.COOKIE:
        body["refresh_token"] = None
    return body, 200, headers


def _grant_body(grant: Grant) -> dict[str, Any]:
    settings, now = _settings(), request_now()
    lifetime = timedelta(minutes=settings.access_token_minutes)
    secret = settings.token_secret.get_secret_value()
    return {
        "access_token": tokens.issue(grant.actor(), secret=secret, now=now, lifetime=lifetime),
        "expires_at": now + lifetime,
        "refresh_token": grant.refresh_token,
        "refresh_expires_at": grant.refresh_ends,
        "session_id": grant.session.id,
        "person": grant.person,
    }


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
