"""HTTP of the links between parents and students."""

from typing import Any
from uuid import UUID

from mathvidya.accounts import notice, queries, service
from mathvidya.accounts.errors import (
    AlreadyLinked,
    LinkCodeRefused,
    NoticeOutdated,
    PrimaryParentExists,
    TooManyLinkCodes,
)
from mathvidya.accounts.notice import Notice
from mathvidya.accounts.queries import LinkView
from mathvidya.accounts.routes import limits
from mathvidya.accounts.routes.sign_in import settled
from mathvidya.accounts.schemas.links import (
    ConsentSchema,
    IssuedCodeSchema,
    LinkPageSchema,
    LinkSchema,
    NoticeSchema,
    RedemptionSchema,
)
from mathvidya.accounts.service import IssuedCode, Redemption
from mathvidya.platform import db
from mathvidya.platform.errors import Forbidden, NotFound, WrongState
from mathvidya.platform.http.blueprint import Blueprint
from mathvidya.platform.http.context import current_actor, request_now
from mathvidya.platform.http.pages import Page, PageArguments

blueprint = Blueprint(
    "parent-links", __name__, url_prefix="/parent-links", description="Parents and their children"
)


@blueprint.post("/codes")
@limits.codes
@blueprint.response(201, IssuedCodeSchema)
@blueprint.problems(Forbidden)
def issue_link_code() -> IssuedCode:
    """A code for a parent, good once and for a day; for students.

    Asking again is safe: the newer code replaces the older. It is shown this once, and so no
    Idempotency-Key keeps it.
    """
    with db.transaction() as session:
        return service.issue_code(session, actor=current_actor(), now=request_now())


@blueprint.get("/notice")
@blueprint.doc(security=[])
@blueprint.response(200, NoticeSchema)
def read_notice() -> Notice:
    """The wording to show a parent before asking for consent."""
    return notice.CURRENT


@blueprint.post("")
@limits.codes
@blueprint.arguments(RedemptionSchema)
@blueprint.response(201, LinkSchema)
@blueprint.problems(
    Forbidden, LinkCodeRefused, TooManyLinkCodes, NoticeOutdated, AlreadyLinked, PrimaryParentExists
)
def redeem_link_code(redemption: Redemption) -> LinkView:
    """Link oneself to a student by their code, with consent; for parents. Twice gives the same link."""
    with db.transaction() as session:
        outcome = service.redeem_code(
            session, actor=current_actor(), redemption=redemption, now=request_now()
        )
    link = settled(outcome)
    with db.reading() as session:
        return queries.link_view(session, link)


@blueprint.get("")
@blueprint.arguments(PageArguments, location="query", as_kwargs=True)
@blueprint.response(200, LinkPageSchema)
def list_links(**page: Any) -> Page[LinkView]:
    """A parent's children, or a student's parents."""
    with db.reading() as session:
        return queries.links(session, current_actor(), **page)


@blueprint.delete("/<uuid:link_id>")
@blueprint.response(204)
@blueprint.problems(NotFound)
def remove_link(link_id: UUID) -> None:
    """End a link, and with it the consent; for the parent, and for admins."""
    with db.transaction() as session:
        service.unlink(session, actor=current_actor(), link_id=link_id, now=request_now())


@blueprint.put("/<uuid:link_id>/consent")
@blueprint.arguments(ConsentSchema, as_kwargs=True)
@blueprint.response(200, LinkSchema)
@blueprint.problems(Forbidden, NotFound, NoticeOutdated)
def give_consent(link_id: UUID, notice_version: str) -> LinkView:
    """Consent anew, or to a new notice; for the parent."""
    with db.transaction() as session:
        link = service.give_consent(
            session,
            actor=current_actor(),
            link_id=link_id,
            notice_version=notice_version,
            now=request_now(),
        )
        return queries.link_view(session, link)


@blueprint.delete("/<uuid:link_id>/consent")
@blueprint.response(200, LinkSchema)
@blueprint.problems(NotFound, WrongState)
def withdraw_consent(link_id: UUID) -> LinkView:
    """Withdraw consent: from now on no pages of the student are stored; for the parent, and for admins."""
    with db.transaction() as session:
        link = service.withdraw_consent(session, actor=current_actor(), link_id=link_id, now=request_now())
        return queries.link_view(session, link)
