"""Figures of questions: opened like any untrusted picture, and kept as a view of our own.

The key is made of the view's content. Two questions may share a figure, keeping it twice keeps it once, and
whoever knows a key has been shown a question that has it: the key itself is the leave to look.
"""

import hashlib
import re
from dataclasses import dataclass

from mathvidya.bank import policy
from mathvidya.bank.errors import ImageRefused
from mathvidya.platform.actors import Actor
from mathvidya.platform.errors import NotFound
from mathvidya.platform.imaging.errors import UnreadableFile
from mathvidya.platform.imaging.pages import PageViews, open_pages
from mathvidya.platform.storage.contract import VIEW_MEDIA_TYPE, Storage

_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class StoredImage:
    """A figure that questions can show; width and height in pixels."""

    image_key: str
    width: int
    height: int


def keep_image(store: Storage, *, actor: Actor, data: bytes) -> StoredImage:
    """Open a picture and keep it, upright and without metadata. Raises NotFound, ImageRefused.

    Takes a process and up to a second: never call it inside a transaction.
    """
    policy.may_write(actor)
    view = _only_page(data)
    key = _key(hashlib.sha256(view.full).hexdigest())
    store.write(key, view.full, VIEW_MEDIA_TYPE)
    return StoredImage(key, view.width, view.height)


def image_key_of(store: Storage, digest: str) -> str:
    """The key of the figure with this digest. Raises NotFound when there is none."""
    if _DIGEST.fullmatch(digest) is None or store.head(_key(digest)) is None:
        raise NotFound("there is no such figure")
    return _key(digest)


def _only_page(data: bytes) -> PageViews:
    try:
        pages = open_pages(data)
    except UnreadableFile as error:
        raise ImageRefused(str(error), code=error.code) from error
    if len(pages) != 1:
        raise ImageRefused(f"a figure is one picture; this file has {len(pages)} pages", code="many-pages")
    return pages[0]


def _key(digest: str) -> str:
    return f"questions/{digest}.webp"
