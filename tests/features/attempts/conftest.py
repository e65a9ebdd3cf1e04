from collections.abc import Iterator
from pathlib import Path

import pytest

from mathvidya.platform import storage
from mathvidya.platform.storage.local import LocalStorage
from mathvidya.platform.storage.signing import SigningKey


@pytest.fixture
def store(tmp_path: Path) -> Iterator[LocalStorage]:
    """A store on the local disk, in use for the length of a test."""
    local = LocalStorage(tmp_path, url="http://127.0.0.1:8000", key=SigningKey("mathvidya", "of the tests"))
    storage.use(local)
    yield local
    storage.use(None)
