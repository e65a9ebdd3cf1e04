"""Object storage: where originals and views of sheets lie, reached by presigned requests.

The browser puts its bytes straight into the store, so that no page of an answer book passes through the
processes that answer autosaves. Which store this process uses is said once, by its composition root
(``opening.storage_from`` and ``use``); services and queries see the contract only.
"""

from mathvidya.platform.storage.contract import (
    Head,
    KeyTaken,
    ObjectMissing,
    ObjectTooLarge,
    PresignedPut,
    Storage,
    StorageError,
)

__all__ = [
    "Head",
    "KeyTaken",
    "ObjectMissing",
    "ObjectTooLarge",
    "PresignedPut",
    "Storage",
    "StorageError",
    "current",
    "use",
]

_storage: Storage | None = None


def use(store: Storage | None) -> None:
    """Make ``store`` the one of this process: called by composition roots, and by tests."""
    global _storage  # noqa: PLW0603 - one store a process, set by its composition root
    _storage = store


def current() -> Storage:
    """The process's store; an error when no composition root has set it."""
    if _storage is None:
        raise RuntimeError("no object storage is in use: a composition root must call storage.use() first")
    return _storage
