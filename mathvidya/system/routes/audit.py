"""HTTP of the audit trail."""

from typing import Any

from mathvidya.platform import db
from mathvidya.platform.errors import Forbidden
from mathvidya.platform.http.blueprint import Blueprint
from mathvidya.platform.http.context import current_actor
from mathvidya.platform.http.pages import Page
from mathvidya.system import queries
from mathvidya.system.models import AuditLog
from mathvidya.system.schemas.audit import AuditArguments, AuditPageSchema, ChainSchema

blueprint = Blueprint("audit", __name__, url_prefix="/audit", description="Who did what, and when")


@blueprint.get("")
@blueprint.arguments(AuditArguments, location="query", as_kwargs=True)
@blueprint.response(200, AuditPageSchema)
@blueprint.problems(Forbidden)
def list_acts(**arguments: Any) -> Page[AuditLog]:
    """The acts that changed a mark, a right, a deadline or a price, newest first; for admins."""
    with db.reading() as session:
        return queries.acts(session, current_actor(), **arguments)


@blueprint.get("/chain")
@blueprint.response(200, ChainSchema)
@blueprint.problems(Forbidden)
def read_audit_chain() -> queries.ChainReport:
    """Recompute every seal from the acts under it: has anybody bent the trail? For admins."""
    with db.reading() as session:
        return queries.chain(session, current_actor())
