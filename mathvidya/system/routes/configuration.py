"""HTTP of the configuration."""

from typing import Any

from mathvidya.platform import db
from mathvidya.platform.errors import Forbidden, Invalid, NotFound, StaleVersion, VersionRequired
from mathvidya.platform.http.blueprint import Blueprint
from mathvidya.platform.http.context import current_actor, request_now
from mathvidya.platform.http.versions import etag, expected_version
from mathvidya.system import queries, service
from mathvidya.system.errors import SettingKeptElsewhere
from mathvidya.system.models import SystemConfig
from mathvidya.system.schemas.configuration import SettingSchema, SettingsSchema, SettingValueSchema

blueprint = Blueprint(
    "config", __name__, url_prefix="/config", description="Settings that an admin may change"
)


@blueprint.get("")
@blueprint.response(200, SettingsSchema)
@blueprint.problems(Forbidden)
def list_settings() -> dict[str, Any]:
    """Every setting by its key; for admins."""
    with db.reading() as session:
        return {"items": queries.settings_list(session, current_actor())}


@blueprint.get("/<key>")
@blueprint.response(200, SettingSchema)
@blueprint.problems(Forbidden, NotFound)
def read_setting(key: str) -> tuple[SystemConfig, int, dict[str, str]]:
    """One setting; for admins."""
    with db.reading() as session:
        row = queries.setting_row(session, current_actor(), key)
    return row, 200, etag(row.version)


@blueprint.put("/<key>")
@blueprint.arguments(SettingValueSchema)
@blueprint.response(200, SettingSchema)
@blueprint.problems(Forbidden, NotFound, Invalid, VersionRequired, StaleVersion, SettingKeptElsewhere)
def change_setting(body: dict[str, Any], key: str) -> tuple[SystemConfig, int, dict[str, str]]:
    """Give a setting another value; for admins."""
    with db.transaction() as session:
        row = service.change_setting(
            session,
            actor=current_actor(),
            key=key,
            value=body["value"],
            version=expected_version(),
            now=request_now(),
        )
    return row, 200, etag(row.version)
