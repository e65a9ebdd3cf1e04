"""One sequence of bytes for one document, so that a hash means the content and not its spelling."""

import hashlib

import orjson

from workflows.base import JsonObject


def canonical(document: JsonObject) -> bytes:
    """The document as UTF-8 JSON with sorted keys and no spaces.

    It survives a round trip through JSONB, which keeps neither order nor spacing.
    """
    return orjson.dumps(document, option=orjson.OPT_SORT_KEYS)


def sha256(document: JsonObject) -> bytes:
    """The SHA-256 of the canonical form: 32 bytes."""
    return hashlib.sha256(canonical(document)).digest()
