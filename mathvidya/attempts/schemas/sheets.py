"""Shapes of sheets, upload slots and requests for a page."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from mathvidya.attempts.rules.sheets import MOST_PAGES, FileClaim, WarningKind
from mathvidya.attempts.schemas.exams import Hash

_LARGEST_INTEGER = 2**31 - 1


class FileClaimSchema(Schema):
    """What a browser says of a file before it sends it."""

    media_type = fields.String(
        required=True,
        validate=validate.Length(1, 100),
        metadata={"description": "image/jpeg, image/png, image/heic or application/pdf, as configured"},
    )
    size_bytes = fields.Integer(required=True, strict=True, validate=validate.Range(1, _LARGEST_INTEGER))
    sha256 = Hash(
        required=True,
        validate=validate.Regexp(r"[0-9a-f]{64}\Z", error="Send 64 hexadecimal digits in lower case."),
    )

    @post_load
    def _claim(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        claim = FileClaim(
            media_type=data.pop("media_type"),
            size_bytes=data.pop("size_bytes"),
            sha256=bytes.fromhex(data.pop("sha256")),
        )
        return {**data, "file": claim}


class SlotRequestSchema(FileClaimSchema):
    """A file and the page that it is; of a PDF the first of its pages."""

    page_number = fields.Integer(required=True, strict=True, validate=validate.Range(1, MOST_PAGES))


class SlotSchema(Schema):
    """Leave to put one file into storage: send ``method`` to ``url`` with ``headers`` as they are."""

    id = fields.UUID(required=True, attribute="slot.id")
    page_number = fields.Integer(required=True, attribute="slot.page_number")
    expires_at = fields.AwareDateTime(required=True, attribute="slot.expires_at")
    method = fields.String(required=True, attribute="put.method")
    url = fields.String(required=True, attribute="put.url")
    headers = fields.Dict(
        keys=fields.String(), values=fields.String(), required=True, attribute="put.headers"
    )


class SheetWarningSchema(Schema):
    """Advice about a page that opens; it refuses nothing."""

    kind = fields.Enum(WarningKind, by_value=True, required=True)
    says = fields.String(required=True)
    equals_page = fields.Integer(required=True, allow_none=True)


class ViewUrlsSchema(Schema):
    """Addresses of the upright views without metadata, good for some minutes."""

    thumbnail = fields.String(required=True)
    half = fields.String(required=True)
    full = fields.String(required=True)


class SheetSchema(Schema):
    """One sheet of an answer book."""

    id = fields.UUID(required=True, attribute="sheet.id")
    page_number = fields.Integer(required=True, attribute="sheet.page_number")
    question_numbers = fields.List(fields.Integer(), required=True, attribute="sheet.question_numbers")
    media_type = fields.String(required=True, attribute="sheet.media_type")
    size_bytes = fields.Integer(required=True, attribute="sheet.size_bytes")
    sha256 = Hash(required=True, attribute="sheet.sha256")
    page_in_file = fields.Integer(required=True, attribute="sheet.page_in_file")
    width = fields.Integer(required=True, attribute="sheet.width")
    height = fields.Integer(required=True, attribute="sheet.height")
    uploaded_at = fields.AwareDateTime(required=True, attribute="sheet.uploaded_at")
    superseded_at = fields.AwareDateTime(required=True, allow_none=True, attribute="sheet.superseded_at")
    warnings = fields.List(fields.Nested(SheetWarningSchema), required=True)
    urls = fields.Nested(ViewUrlsSchema, required=True)


class SheetsSchema(Schema):
    """Sheets of one exam: at most sixty, so all at once."""

    items = fields.List(fields.Nested(SheetSchema), required=True)


class SheetOrderSchema(Schema):
    """Every live sheet of the exam, once, in the order in which it is read."""

    sheet_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(0, MOST_PAGES))


class SheetQuestionsSchema(Schema):
    """The questions that are answered on a sheet; none: a rough page."""

    question_numbers = fields.List(
        fields.Integer(strict=True), required=True, validate=validate.Length(0, 100)
    )


class PageRequestSchema(Schema):
    """A page that is asked for again after hand-in."""

    id = fields.UUID(required=True)
    sheet_id = fields.UUID(required=True)
    requested_at = fields.AwareDateTime(required=True)
    answer_by = fields.AwareDateTime(required=True)
    answered_at = fields.AwareDateTime(required=True, allow_none=True)
    replacement_id = fields.UUID(required=True, allow_none=True)


class PageRequestsSchema(Schema):
    """The pages of an exam that were asked for again, the latest first."""

    items = fields.List(fields.Nested(PageRequestSchema), required=True)
