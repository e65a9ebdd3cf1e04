"""Addresses under which a browser reads stored pages, good for some minutes."""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeAlias

from mathvidya.platform import storage
from mathvidya.platform.http.context import request_now

Signer: TypeAlias = Callable[[str], str]
"""From an object key to an address."""


def signer(lifetime: timedelta) -> Signer:
    """Makes addresses that hold for ``lifetime`` from the request's now."""
    store, now = storage.current(), request_now()
    return lambda key: store.presign_get(key, expires=lifetime, now=now)
