"""Shapes of marking: a save, a batch of operations on the sheets, and the script they belong to."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from mathvidya.evaluation.models import AnnotationKind
from mathvidya.evaluation.queries.sheets import SheetView
from mathvidya.evaluation.rules import stamps
from mathvidya.evaluation.rules.marks import Alternative, StepKey
from mathvidya.evaluation.service.annotations import Add, Erase, Move, Operation, Outcome
from mathvidya.evaluation.service.marking import SentMark
from mathvidya.platform.http.fields import Marks

_LONGEST_REMARK = 1000
_MOST_STEPS = 100
_MOST_OPERATIONS = 200
_LARGEST = 2**63 - 1

_TOKEN = {"description": "of the lease, as the claim gave it"}


def _whole(smallest: int, largest: int, **options: Any) -> fields.Integer:
    return fields.Integer(strict=True, validate=validate.Range(smallest, largest), **options)


def _lease_token() -> fields.Integer:
    return _whole(1, _LARGEST, required=True, metadata=_TOKEN)


class StepMarkSchema(Schema):
    """Marks of one step of the scheme."""

    part = fields.String(load_default="", validate=validate.Length(max=20))
    alternative = fields.Enum(Alternative, by_value=True, load_default=Alternative.FIRST)
    method = _whole(0, 50, load_default=0)
    step = _whole(1, 50, required=True)
    awarded = Marks(required=True)


class MarkSchema(Schema):
    """One question's mark, whole: steps that are left out are taken away."""

    steps = fields.List(
        fields.Nested(StepMarkSchema), load_default=list, validate=validate.Length(max=_MOST_STEPS)
    )
    awarded = Marks(load_default=None, metadata={"description": "only where the scheme has no steps"})
    not_attempted = fields.Boolean(load_default=False)
    remark = fields.String(load_default="", validate=validate.Length(max=_LONGEST_REMARK))
    revision = _whole(
        0,
        _LARGEST,
        required=True,
        metadata={"description": "of the mark that this was made from; 0 for none"},
    )
    lease_token = _lease_token()

    @post_load
    def _as_sent(self, data: dict[str, Any], **_: object) -> dict[str, Any]:
        token = data.pop("lease_token")
        return {"sent": SentMark(**{**data, "steps": _by_key(data["steps"])}), "lease_token": token}


def _by_key(steps: list[dict[str, Any]]) -> dict[StepKey, Any]:
    found = {StepKey(s["part"], s["alternative"], s["method"], s["step"]): s["awarded"] for s in steps}
    if len(found) < len(steps):
        raise ValidationError("a step is there twice; send each once", "steps")
    return found


class StepViewSchema(Schema):
    """A step of a mark as it stands."""

    part = fields.String(required=True)
    alternative = fields.String(required=True)
    method = fields.Integer(required=True)
    step = fields.Integer(required=True)
    awarded = Marks(required=True)
    possible = Marks(required=True)


class LostSaveSchema(Schema):
    """A save that came too late, as it was sent."""

    sent = fields.Dict(required=True)
    sent_at = fields.AwareDateTime(required=True)


class MarkViewSchema(Schema):
    """A mark as it stands."""

    question_number = fields.Integer(required=True)
    awarded = Marks(required=True)
    possible = Marks(required=True)
    not_attempted = fields.Boolean(required=True)
    counted = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        required=True,
        metadata={"description": "by part, which alternative counts"},
    )
    remark = fields.String(required=True)
    revision = fields.Integer(required=True)
    steps = fields.List(fields.Nested(StepViewSchema), required=True)
    lost_saves = fields.List(
        fields.Nested(LostSaveSchema),
        required=True,
        metadata={"description": "saves that came too late, until the question is saved again"},
    )


class OperationSchema(Schema):
    """One operation: ``add`` needs sheet, kind and place, ``move`` a place, ``erase`` the id alone."""

    op = fields.String(required=True, validate=validate.OneOf(("add", "move", "erase")))
    id = fields.UUID(required=True, metadata={"description": "made by the client, once per annotation"})
    sheet_id = fields.UUID(load_default=None)
    kind = fields.Enum(AnnotationKind, by_value=True, load_default=None)
    x = fields.Float(load_default=None, validate=validate.Range(0, 1))
    y = fields.Float(load_default=None, validate=validate.Range(0, 1))
    points = fields.List(
        fields.List(
            _whole(0, stamps.GRID), validate=validate.Length(min=2, max=2 * stamps.POINTS_PER_STROKE)
        ),
        load_default=list,
        validate=validate.Length(max=stamps.STROKES_PER_ANNOTATION),
        metadata={"description": "ink: strokes, each x and y in turn, from 0 to 10000"},
    )
    text = fields.String(load_default="", validate=validate.Length(max=stamps.LONGEST_TEXT))
    question_number = _whole(1, 1000, load_default=None, allow_none=True)
    marks = Marks(load_default=None, allow_none=True)

    @validates_schema(skip_on_field_errors=True)
    def _has_what_it_needs(self, data: Mapping[str, Any], **_: object) -> None:
        needed = {"add": ("sheet_id", "kind", "x", "y"), "move": ("x", "y"), "erase": ()}[data["op"]]
        for name in needed:
            if data[name] is None:
                raise ValidationError(f"is needed to {data['op']}", name)
        if any(len(stroke) % 2 for stroke in data["points"]):
            raise ValidationError("a stroke has as many x as y", "points")
        if data["op"] == "add":
            _check_contents(data)

    @post_load
    def _as_operation(self, data: dict[str, Any], **_: object) -> Operation:
        match data.pop("op"):
            case "add":
                return Add(**data)
            case "move":
                return Move(data["id"], data["x"], data["y"], data["points"])
            case _:
                return Erase(data["id"])


def _check_contents(data: Mapping[str, Any]) -> None:
    if (data["kind"] is AnnotationKind.INK) != bool(data["points"]):
        raise ValidationError("ink has strokes, and nothing else has", "points")
    if (data["kind"] is AnnotationKind.TEXT) != bool(data["text"].strip()):
        raise ValidationError("a text has words, and nothing else has", "text")


class AnnotateSchema(Schema):
    """A batch of operations, carried out in order."""

    operations = fields.List(
        fields.Nested(OperationSchema), required=True, validate=validate.Length(1, _MOST_OPERATIONS)
    )
    lease_token = _lease_token()


class OperationResultSchema(Schema):
    """The answer to one operation."""

    id = fields.UUID(required=True)
    outcome = fields.Enum(Outcome, by_value=True, required=True)
    reason = fields.String(required=True, allow_none=True)


class AnnotateResultSchema(Schema):
    """The answer to each operation, in order."""

    results = fields.List(fields.Nested(OperationResultSchema), required=True)


class AnnotationSchema(Schema):
    """A stamp, ink or words on a sheet."""

    id = fields.UUID(required=True)
    sheet_id = fields.UUID(required=True)
    kind = fields.String(required=True)
    x = fields.Float(required=True)
    y = fields.Float(required=True)
    points = fields.List(fields.List(fields.Integer()), required=True)
    text = fields.String(required=True)
    question_number = fields.Integer(required=True, allow_none=True)
    marks = Marks(required=True, allow_none=True)
    revision = fields.Integer(required=True)


class AnnotationsSchema(Schema):
    """What is on the sheets."""

    items = fields.List(fields.Nested(AnnotationSchema), required=True)


class AnnotationsArguments(Schema):
    """Which sheet; all of the script's when none is named."""

    sheet_id = fields.UUID(load_default=None)


class ScriptSheetSchema(Schema):
    """One page to be read, with addresses that hold for some minutes."""

    id = fields.UUID(required=True)
    page_number = fields.Integer(required=True)
    question_numbers = fields.List(fields.Integer(), required=True)
    width = fields.Integer(required=True)
    height = fields.Integer(required=True)
    is_blurred = fields.Boolean(required=True)
    is_dark = fields.Boolean(required=True)
    half_url = fields.String(required=True)
    full_url = fields.String(required=True)


def addressed(sheets: Sequence[SheetView], sign: Callable[[str], str]) -> list[dict[str, Any]]:
    """Pages as ScriptSheetSchema wants them, the keys of their views turned into addresses by ``sign``."""
    return [
        {**asdict(sheet), "half_url": sign(sheet.half_key), "full_url": sign(sheet.full_key)}
        for sheet in sheets
    ]


class NoteViewSchema(Schema):
    """What the teacher noted at a question."""

    question_number = fields.Integer(required=True)
    come_back = fields.Boolean(required=True)
    words = fields.String(required=True)
    sheet_ids = fields.List(
        fields.UUID(), required=True, metadata={"description": "pages on which the answer goes on"}
    )


class ScriptSchema(Schema):
    """A script as its teacher reads it; nothing in it says whose it is."""

    evaluation_id = fields.UUID(required=True)
    exam_id = fields.UUID(required=True)
    state = fields.String(required=True)
    version = fields.Integer(required=True)
    due_at = fields.AwareDateTime(required=True, allow_none=True)
    class_level = fields.String(required=True)
    written_numbers = fields.List(fields.Integer(), required=True)
    unanswered = fields.List(fields.Integer(), required=True)
    paper = fields.Dict(required=True)
    key = fields.Dict(required=True, metadata={"description": "solutions and schemes"})
    sheets = fields.List(fields.Nested(ScriptSheetSchema), required=True)
    marks = fields.List(fields.Nested(MarkViewSchema), required=True)
    annotations = fields.List(fields.Nested(AnnotationSchema), required=True)
    notes = fields.List(fields.Nested(NoteViewSchema), required=True)


class CompleteSchema(Schema):
    """Completing asks for nothing but the lease."""

    lease_token = _lease_token()


class CompletedSchema(Schema):
    """A script that is done."""

    id = fields.UUID(required=True)
    state = fields.Function(lambda evaluation: evaluation.state.value, required=True)
    total = Marks(required=True)
    completed_at = fields.AwareDateTime(required=True)
    published_at = fields.AwareDateTime(required=True, allow_none=True)
    version = fields.Integer(required=True)
