"""The hash chain over the audit trail: what one batch of rows is sealed with.

A seal covers the digest before it, its range of transactions and every row in it, so that a row that is
changed, removed or slipped in later no longer fits, and neither does a seal that is taken out.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

GENESIS = bytes(32)
"""What the first seal says came before it."""


def canonical(row: Mapping[str, Any]) -> bytes:
    """A row as bytes that are the same wherever and whenever they are made."""
    return json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain).encode()


def _plain(value: object) -> str:
    """Moments in UTC, whatever the zone of the connection that read them."""
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value)


@dataclass
class Digest:
    """The digest of a batch as it grows; rows carry their length, so that no two batches read alike."""

    previous: bytes
    from_transaction: int
    to_transaction: int
    rows: int = 0
    _hash: Any = field(default_factory=hashlib.sha256, repr=False)

    def __post_init__(self) -> None:
        """Begin with what the batch stands on."""
        self._hash.update(self.previous)
        self._hash.update(f"{self.from_transaction}:{self.to_transaction}".encode())

    def add(self, rows: Iterable[Mapping[str, Any]]) -> "Digest":
        """Take in rows, in order of transaction and id."""
        for row in rows:
            content = canonical(row)
            self._hash.update(len(content).to_bytes(8, "big"))
            self._hash.update(content)
            self.rows += 1
        return self

    @property
    def value(self) -> bytes:
        """SHA-256 of everything taken in so far."""
        digest: bytes = self._hash.digest()
        return digest
