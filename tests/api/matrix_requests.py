"""For each route what its rightful asker would send: whoever is refused is refused for who they are."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from mathvidya.accounts import notice
from mathvidya.accounts.models import User
from mathvidya.exams.queries import template_by_code
from mathvidya.platform import db
from tests.answer_books import picture
from tests.api.desks import claimed
from tests.api.matrix_world import PASSWORD, World
from tests.api.people import signed_in
from tests.factories import MONDAY_TEN, template_document

PARAMETER = re.compile(r"<(?:[^:<>]+:)?([^<>]+)>")

UNDOCUMENTED = frozenset({"openapi_document"})
"""Not of the API: its description."""

NOT_STARTED = frozenset({"exams.start_exam", "exams.discard_exam"})
"""Ask these of an exam that was drawn and not yet started."""

_HANDED_IN = frozenset(
    {
        "hand_in.read_receipt",
        "results.read_result",
        "results.print_result",
        "sla.explain_sla_clock",
        "sheets.list_page_requests",
        "sheets.open_page_request_slot",
    }
)
_IN_REVIEW = frozenset({"questions.approve_question", "questions.send_question_back"})
_WRITTEN = frozenset({"hand_in.declare_unanswered", "hand_in.take_back_unanswered"})

_QUESTION = {
    "type": "SA",
    "class_level": "XII",
    "unit": "Algebra",
    "chapter": "Matrices",
    "marks": 3,
    "cognitive_level": "apply",
    "difficulty": "easy",
    "text": "Find $A$.",
    "solution": "It is $A$.",
    "scheme": {"steps": [{"marks": "3", "text": "Finds it"}]},
}
_FILE = (
    "code,type,class,unit,chapter,marks,cognitive,difficulty,text,solution,steps\n"
    "xii-matrices-sa-90,SA,XII,Algebra,Matrices,3,apply,easy,Find it.,Found.,3 | All\n"
)
_HOLIDAY = {"date": "2026-07-20", "name": "Another day off"}
_PLAN = {
    "title": "Centum",
    "exams_per_month": 10,
    "teacher_hours": None,
    "exam_types": ["board_exam"],
    "mcq_only": False,
    "leaderboard": True,
    "sla_policy": {"unit": "working_day", "amount": 1},
    "monthly_paise": 100,
    "yearly_paise": 1000,
}
_ANSWER = {"choices": ["A"], "sequence": 1, "answered_at": MONDAY_TEN.isoformat()}
_REGISTRATION = {
    "email": "new@school.example",
    "password": "seven green bicycles",
    "full_name": "New Here",
    "class_level": "XII",
    "role": "student",
}


def _lease(world: World) -> dict[str, Any]:
    return {"lease_token": world.script.token}


def _template(_: World) -> dict[str, Any]:
    with db.reading() as session:
        return {"spec": template_by_code(session, "small-mcq").spec}


BODIES: Mapping[str, Callable[[World], Any]] = {
    "auth.register": lambda _: _REGISTRATION,
    "auth.sign_in": lambda world: {"email": world.people["student"].email, "password": PASSWORD},
    "auth.refresh_session": lambda world: {"refresh_token": world.refresh_token},
    "users.edit_me": lambda _: {"full_name": "Another Name"},
    "users.change_password": lambda _: {"present": PASSWORD, "new": "seven green bicycles"},
    "users.create_person": lambda _: _REGISTRATION,
    "invitations.invite_person": lambda _: {
        name: value for name, value in _REGISTRATION.items() if name != "password"
    },
    "invitations.redeem_invitation": lambda _: {"token": "of nobody", "password": "seven green bicycles"},
    "users.edit_person": lambda _: {"full_name": "Another Name"},
    "users.lock_person": lambda _: {"until": "2026-02-01T00:00:00+00:00"},
    "parent-links.redeem_link_code": lambda world: {
        "code": world.link_code,
        "relationship": "father",
        "notice_version": notice.CURRENT.version,
    },
    "parent-links.give_consent": lambda _: {"notice_version": notice.CURRENT.version},
    "plans.edit_plan": lambda _: _PLAN,
    "subscriptions.subscribe_student": lambda world: {
        "plan": "centum",
        "student_id": str(world.things["student_id"]),
        "starts_on": "2027-06-01",
        "months": 1,
    },
    "questions.create_question": lambda _: _QUESTION,
    "questions.revise_question": lambda _: _QUESTION,
    "questions.attach_question_image": lambda _: {"image_key": None},
    "questions.send_question_back": lambda _: {"reason": "Say which field."},
    "templates.create_template": lambda _: {"spec": template_document()},
    "templates.revise_template": _template,
    "exams.create_exam": lambda _: {"template": "small-mixed"},
    "exams.void_exam": lambda _: {"reason": "The school was flooded."},
    "answers.save_answer": lambda _: _ANSWER,
    "answers.save_answers": lambda _: {"answers": [{"number": 1, **_ANSWER}]},
    "sheets.open_sheet_slot": lambda _: {**claimed(picture(1)), "page_number": 2},
    "sheets.open_page_request_slot": lambda _: claimed(picture(1)),
    "sheets.order_exam_sheets": lambda world: {"sheet_ids": [str(world.things["sheet_id"])]},
    "sheets.set_sheet_questions": lambda _: {"question_numbers": [5]},
    "evaluations.begin_marking": _lease,
    "evaluations.renew_lease": _lease,
    "evaluations.release_script": _lease,
    "marking.complete_evaluation": _lease,
    "evaluations.reassign_script": lambda world: {"teacher_id": str(world.people["other teacher"].id)},
    "evaluations.reassign_scripts": lambda world: {
        "teacher_id": str(world.people["other teacher"].id),
        "evaluation_ids": [str(world.script.evaluation.id)],
    },
    "evaluations.flag_page": lambda world: {
        **_lease(world),
        "sheet_id": str(world.script.sheets[1].id),
        "reason": "unreadable",
    },
    "marking.save_question_mark": lambda world: {
        **_lease(world),
        "revision": 0,
        "steps": [{"step": 1, "awarded": "1"}],
    },
    "notes.save_note": lambda world: {**_lease(world), "come_back": True},
    "notes.ask_colleague": lambda world: {
        **_lease(world),
        "question_number": 2,
        "sheet_id": str(world.script.sheets[0].id),
        "question": "Would you give the second step?",
    },
    "consultations.answer_colleague": lambda _: {"answer": "Yes."},
    "marking.save_annotations": lambda world: {
        **_lease(world),
        "operations": [{"op": "erase", "id": "01900000-0000-7000-8000-000000000000"}],
    },
    "calendars.edit_calendar": lambda _: {
        "name": "Another",
        "weekly_hours": {"monday": [["09:00", "18:00"]]},
    },
    "calendars.set_override": lambda _: {"hours": []},
    "config.change_setting": lambda _: {"value": 12},
    "holidays.add_holiday": lambda _: _HOLIDAY,
    "holidays.edit_holiday": lambda _: _HOLIDAY,
    "holiday-previews.preview_new_holiday": lambda _: _HOLIDAY,
    "holiday-previews.preview_holiday_change": lambda _: {"step": "remove"},
}

_TYPED = {"questions.import_questions": _FILE, "questions.examine_question_import": _FILE}
_QUERIES: Mapping[str, Callable[[World], dict[str, str]]] = {
    "quota.read_quota": lambda world: {"student_id": str(world.things["student_id"])},
    "holidays.propose_holidays": lambda _: {"year": "2026"},
}


def rules(client: FlaskClient) -> dict[tuple[str, str], Rule]:
    """Every route of the API by method and path as OpenAPI writes it, without the prefix that all share."""
    found = (rule for rule in client.application.url_map.iter_rules() if rule.rule.startswith("/api/v1/"))
    return {
        (method, PARAMETER.sub(r"{\1}", rule.rule.removeprefix("/api/v1"))): rule
        for rule in found
        if rule.endpoint not in UNDOCUMENTED
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def ask(client: FlaskClient, world: World, who: User | None, method: str, rule: Rule) -> TestResponse:
    """Send the request of a route in somebody's name, or in nobody's."""
    headers = {"If-Match": '"1"', **(signed_in(client.application, who) if who else {})}
    return client.open(
        _address(world, rule), method=method, headers=headers, **_content(world, rule.endpoint)
    )


def _content(world: World, endpoint: str) -> dict[str, Any]:
    if endpoint in _TYPED:
        return {"data": _TYPED[endpoint], "content_type": "text/csv"}
    if endpoint in _QUERIES:
        return {"query_string": _QUERIES[endpoint](world)}
    return {"json": BODIES[endpoint](world)} if endpoint in BODIES else {}


def _address(world: World, rule: Rule) -> str:
    things = {**world.things, "digest": "0" * 64}
    if rule.endpoint in _HANDED_IN:
        things["exam_id"] = things["handed_in_id"]
    if rule.endpoint in _IN_REVIEW:
        things["question_id"] = things["in_review_id"]
    if rule.endpoint in _WRITTEN or rule.endpoint == "marking.save_question_mark":
        things["number"] = 5
    if rule.endpoint in {"marking.save_question_mark", "notes.save_note"}:
        things["number"] = 2
    found = rule.build({name: things[name] for name in rule.arguments})
    assert found is not None
    return str(found[1])
