"""Rate limits, by account: a school shares one address, which counts only where nobody is signed in.

Autosave and hand-in carry no limit: their cost is one statement, and refusing one loses work.
"""

from flask import request
from flask_limiter import Limiter

from mathvidya.platform.errors import Unauthenticated
from mathvidya.platform.http.context import current_actor


def account_or_address() -> str:
    """The bucket that a request is counted in."""
    try:
        return f"account:{current_actor().id}"
    except Unauthenticated:
        return f"address:{request.remote_addr}"


limiter = Limiter(key_func=account_or_address, swallow_errors=True, headers_enabled=True)
"""``swallow_errors``: while Redis is away people go on working, unlimited, rather than not at all."""
