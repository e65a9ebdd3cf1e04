"""ETag and If-Match: an edit says which version it was made from, and a stale one is refused, not merged."""

import re

from flask import request

from mathvidya.platform.errors import VersionRequired


def etag(version: int) -> dict[str, str]:
    """The header that names a version of a resource."""
    return {"ETag": f'"{version}"'}


def expected_version() -> int:
    """The version in If-Match; VersionRequired when there is none, or none of ours."""
    given = request.headers.get("If-Match", "")
    match = re.fullmatch(r'(?:W/)?"(\d{1,18})"', given.strip())
    if match is None:
        raise VersionRequired('send the ETag that you read as If-Match: "…", so that nobody is overwritten')
    return int(match[1])
