import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from mathvidya.attempts.models import AnswerSheetUpload
from mathvidya.evaluation.models import AnnotationKind
from mathvidya.evaluation.service.annotations import Add, annotate
from mathvidya.platform import db, storage
from mathvidya.platform.storage.contract import VIEW_MEDIA_TYPE
from tests.api.people import signed_in
from tests.api.test_results import STRANGERS, mark_rest, person, publish
from tests.factories import MONDAY_TEN
from tests.platform.pdf_pages import pictures_on, texts_of
from tests.scripts import Script, make_script, save, sent
from workflows.base import new_id


@pytest.fixture
def script(app: Flask) -> Script:
    with db.transaction() as session:
        script = make_script(session)
        save(session, script, 3, sent({"1": "0.5", "/second/0/1": "1.5"}, remark="first #way struck"))
        mark_rest(session, script)
        annotate(
            session,
            actor=script.actor,
            evaluation_id=script.evaluation.id,
            operations=[
                Add(
                    new_id(),
                    script.sheets[0].id,
                    AnnotationKind.INK,
                    0,
                    0,
                    [[10, 10, 90, 90], [5, 5]],
                    "",
                    2,
                    None,
                ),
                Add(new_id(), script.sheets[0].id, AnnotationKind.TEXT, 0.5, 0.2, [], "why *so*?", 2, None),
            ],
            lease_token=script.token,
            now=MONDAY_TEN,
        )
        keep_view(script.sheets[0])
    publish(script)
    return script


def keep_view(sheet: AnswerSheetUpload) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (620, 877), (240, 240, 240)).save(buffer, "WEBP")
    storage.current().write(sheet.half_key, buffer.getvalue(), VIEW_MEDIA_TYPE)


def test_the_result_is_printed_with_marks_pages_and_remarks(
    app: Flask, client: FlaskClient, script: Script
) -> None:
    answer = client.get(f"/api/v1/exams/{script.exam.id}/result.pdf", headers=signed_in(app, script.student))
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    marks, first, second, remarks = texts_of(answer.data)
    assert "7 of 12" in marks
    assert all(f"{number}." in marks for number in range(1, 6))
    assert "why *so*?" in first
    assert "cannot be shown" in second
    assert "first #way struck" in remarks
    assert pictures_on(answer.data, 1) == 1


@pytest.mark.parametrize("who", STRANGERS)
def test_a_stranger_finds_nothing_to_print(app: Flask, client: FlaskClient, script: Script, who: str) -> None:
    headers = signed_in(app, person(script, who))
    assert client.get(f"/api/v1/exams/{script.exam.id}/result.pdf", headers=headers).status_code == 404
