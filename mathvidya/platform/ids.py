"""Identifiers: UUIDv7 for machines, short codes for people."""

import secrets

from workflows.base import new_id

__all__ = ["new_id", "short_code"]

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0/O, 1/I/L: the code is read aloud and copied from paper."""


def short_code(prefix: str, length: int = 8) -> str:
    """A random code such as ``E-7KQ2M4XP``: 39 bits at eight letters, unique by constraint, not by hope."""
    return f"{prefix}-{''.join(secrets.choice(_ALPHABET) for _ in range(length))}"
