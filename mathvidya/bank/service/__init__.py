"""What can be done to the bank: write, review, import, plant, and count what papers use.

Versions and currency. A row is one version and its content never changes; an edit makes the next one. Exactly
one version of a question is *current*: the one that papers are drawn from and that people are shown. While no
version has been approved that is the newest draft. Once one is in use it stays current, untouched by an edit
under work, until the edit is approved and takes its place in the same transaction: a half-finished correction
never takes a good question out of the bank, and there is no moment without a version to draw. A version that
another replaces is archived. Edits start from the *latest* version, and name it (If-Match).
"""

from mathvidya.bank.service.exposure import count_uses
from mathvidya.bank.service.images import StoredImage, image_key_of, keep_image
from mathvidya.bank.service.importing import examine, import_drafts
from mathvidya.bank.service.planting import plant_questions
from mathvidya.bank.service.review import approve, archive, send_back, submit
from mathvidya.bank.service.writing import attach_image, create_question, revise

__all__ = [
    "StoredImage",
    "approve",
    "archive",
    "attach_image",
    "count_uses",
    "create_question",
    "examine",
    "image_key_of",
    "import_drafts",
    "keep_image",
    "plant_questions",
    "revise",
    "send_back",
    "submit",
]
