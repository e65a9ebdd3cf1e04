"""Addresses under which a browser reads stored pages, good for some minutes."""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeAlias

from mathvidya.platform import storage
from mathvidya.platform.http.context import request_now

Signer: TypeAlias = Callable[[str], str]
"""From an object key to an address."""


def signer(minutes: int) -> Signer:
    """Makes addresses that hold for ``minutes`` from the request's now."""
    expires = timedelta(minutes=minutes)
    return lambda key: storage.current().presign_get(key, expires=expires, now=request_now())
