"""How often the doors may be knocked at.

A school shares one address: a whole class signs in within a minute, so that the limit by address is wide, and
the narrow one counts the address together with the account that is tried.
"""

import hashlib

from flask import request

from mathvidya.platform.http.limits import limiter


def account_tried() -> str:
    """The bucket of one account tried from one address; hashed, since addresses of people are theirs."""
    body = request.get_json(silent=True)
    email = str(body.get("email", "")).strip().lower() if isinstance(body, dict) else ""
    return f"{request.remote_addr}:{hashlib.sha256(email.encode()).hexdigest()}"


def address() -> str:
    """The bucket of an address."""
    return f"address:{request.remote_addr}"


one_account = limiter.limit("10 per minute", key_func=account_tried)
sign_ins = limiter.limit("120 per minute", key_func=address)
registrations = limiter.limit("60 per minute", key_func=address)
refreshes = limiter.limit("600 per minute", key_func=address)
codes = limiter.limit("10 per minute")
"""By account: whoever redeems or issues a code is signed in."""
