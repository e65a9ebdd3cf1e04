"""HTTP of invitations.

A token is shown once, and so no Idempotency-Key keeps it: an answer that was lost is asked for again as a new
invitation, which takes the place of the one before.
"""

from typing import Any
from uuid import UUID

from flask import request

from mathvidya.accounts import service
from mathvidya.accounts.errors import EmailTaken, InvitationRefused, WeakPassword
from mathvidya.accounts.models import User
from mathvidya.accounts.routes import limits
from mathvidya.accounts.schemas.people import (
    InvitationRedemptionSchema,
    InvitationSchema,
    InvitedSchema,
    PersonSchema,
)
from mathvidya.accounts.service import Invited
from mathvidya.platform import db
from mathvidya.platform.errors import Forbidden, Invalid, NotFound, TooMany, WrongState
from mathvidya.platform.http.blueprint import Blueprint
from mathvidya.platform.http.context import current_actor, request_now
from mathvidya.platform.http.versions import etag

blueprint = Blueprint("invitations", __name__, description="Inviting people who choose their password")


@blueprint.post("/users/invitations")
@blueprint.arguments(InvitationSchema, as_kwargs=True)
@blueprint.response(201, InvitedSchema)
@blueprint.problems(Forbidden, Invalid, EmailTaken)
def invite_person(**person: Any) -> Invited:
    """Make a person of any role without a password, and a token good for a week; for admins."""
    with db.transaction() as session:
        return service.invite(session, actor=current_actor(), now=request_now(), **person)


@blueprint.post("/users/<uuid:person_id>/invitation")
@blueprint.response(201, InvitedSchema)
@blueprint.problems(Forbidden, NotFound, WrongState)
def invite_person_again(person_id: UUID) -> Invited:
    """A new token for somebody who has not come in yet; for admins. The one before is void."""
    with db.transaction() as session:
        return service.invite_again(session, actor=current_actor(), person_id=person_id, now=request_now())


@blueprint.post("/auth/invitations/redeem")
@limits.registrations
@blueprint.doc(security=[])
@blueprint.arguments(InvitationRedemptionSchema, as_kwargs=True)
@blueprint.response(200, PersonSchema)
@blueprint.problems(InvitationRefused, WeakPassword, Invalid, TooMany)
def redeem_invitation(token: str, password: str) -> tuple[User, int, dict[str, str]]:
    """Choose a password with the token of an invitation; then sign in."""
    with db.transaction() as session:
        person = service.redeem_invitation(
            session, token=token, password=password, address=request.remote_addr, now=request_now()
        )
    return person, 200, etag(person.version)
