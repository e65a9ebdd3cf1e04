import json
from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from mathvidya.bank.content import PartAlternative, QuestionContent, columns_of
from mathvidya.bank.models import Question, QuestionType
from mathvidya.bank.schemes import Method, Scheme, Step
from mathvidya.exams.assembly.cells import Cell, Item
from mathvidya.exams.assembly.paper import AssembledPaper, PaperQuestion
from mathvidya.exams.assembly.parsing import parse_template
from mathvidya.exams.papers import DrawnPaper, canonical, freeze, questions_of, sha256
from seeds.reference.questions import FOLDER
from tests.factories import make_content, make_part, template_document

SECRET = "SECRET"


def secretive(type_: QuestionType) -> QuestionContent:
    """A question of which everything that answers it says so."""
    content = make_content(type_)
    if type_ is QuestionType.CASE_STUDY:
        return replace(content, parts=tuple(_secretive_part(label) for label in ("i", "ii")))
    scheme = _secretive_scheme(content.classification.marks) if content.scheme else None
    return replace(content, solution=SECRET, scheme=scheme)


def _secretive_scheme(marks: int) -> Scheme:
    steps = (Step(Decimal(marks), SECRET),)
    return Scheme(steps, (Method(SECRET, steps),), SECRET)


def _secretive_part(label: str) -> Any:
    scheme = _secretive_scheme(2)
    alternative = PartAlternative(f"Or find {label}", SECRET, scheme)
    return replace(make_part(label, 2, alternative=alternative), solution=SECRET, scheme=scheme)


def frozen(*types: QuestionType, make: Any = secretive) -> DrawnPaper:
    """A paper of one question for each type, each with an OR partner."""
    rows: dict[tuple[UUID, int], Question] = {}

    def item(type_: QuestionType) -> Item:
        question_id = UUID(int=len(rows) + 1)
        rows[question_id, 1] = Question(question_id=question_id, version=1, **columns_of(make(type_)))
        return Item(question_id, 1, Cell("Algebra", "Matrices", type_, 1, "easy", "apply"), 0)

    questions = tuple(
        PaperQuestion(number, "A", type_, 1, item(type_), item(type_))
        for number, type_ in enumerate(types, start=1)
    )
    paper = AssembledPaper(parse_template(template_document()), 1, questions)
    return freeze(paper, rows, template_id=UUID(int=99), template_version=3)


def test_a_student_sees_nothing_of_an_answer() -> None:
    drawn = frozen(*QuestionType)
    shown = json.dumps(drawn.snapshot)
    assert SECRET not in shown
    assert SECRET in json.dumps(drawn.key)
    for word in ("solution", "scheme", "steps", "correct", "key", "question_id", "version"):
        assert f'"{word}' not in shown


def test_the_key_says_nothing_of_the_right_choice_to_the_snapshot() -> None:
    one = frozen(QuestionType.MCQ)
    other = frozen(QuestionType.MCQ, make=lambda type_: replace(secretive(type_), correct_choices=("D",)))
    assert one.snapshot == other.snapshot
    assert one.paper_sha256 == other.paper_sha256
    assert one.key_sha256 != other.key_sha256


def test_everything_that_asks_is_shown() -> None:
    (section,) = frozen(QuestionType.CASE_STUDY).snapshot["sections"]
    (question,) = section["questions"]
    assert [part["text"] for part in question["parts"]] == ["Find part i", "Find part ii"]
    assert question["parts"][0]["alternative"] == {"text": "Or find i"}
    assert question["parts"][0]["marks"] == "2"
    assert question["alternative"]["type"] == "CASE_STUDY"
    assert "number" not in question["alternative"]


def test_assertion_and_reason_come_with_the_four_choices_of_the_board() -> None:
    facts = json.loads((FOLDER.parent / "cbse_papers.json").read_text())
    (section,) = frozen(QuestionType.ASSERTION_REASON).snapshot["sections"]
    choices = section["questions"][0]["choices"]
    assert [choice["text"] for choice in choices] == facts["assertion_reason_options"]
    assert [choice["label"] for choice in choices] == ["A", "B", "C", "D"]


def test_what_a_teacher_marks_is_listed() -> None:
    assert frozen(*QuestionType).written_numbers == (3, 4, 5, 6)
    assert frozen(QuestionType.MCQ, QuestionType.ASSERTION_REASON).written_numbers == ()


def test_partners_share_a_number() -> None:
    entries = frozen(QuestionType.SA, QuestionType.LA).entries
    assert [(entry.number, entry.is_alternative) for entry in entries] == [
        (1, False),
        (1, True),
        (2, False),
        (2, True),
    ]


def test_a_key_is_read_back_as_it_was_meant() -> None:
    drawn = frozen(QuestionType.MCQ, QuestionType.SA, QuestionType.CASE_STUDY, make=make_content)
    mcq, sa, case = questions_of(json.loads(canonical(drawn.key)))
    assert (mcq.number, mcq.question.choices, mcq.is_written) == (1, {"B"}, False)
    assert mcq.question.scheme is None
    assert (sa.marks, sa.is_written) == (Decimal(3), True)
    assert sa.question.scheme == make_content(QuestionType.SA).scheme
    assert sa.alternative is not None
    assert sa.alternative.question_id == drawn.entries[3].question_id
    assert [(part.label, part.marks) for part in case.question.parts] == [
        ("i", 1),
        ("ii", 1),
        ("iii", 2),
    ]


def test_the_or_inside_a_part_is_read_back_too() -> None:
    (case,) = questions_of(frozen(QuestionType.CASE_STUDY).key)
    alternative = case.question.parts[0].alternative
    assert alternative is not None
    assert alternative.scheme == _secretive_scheme(2)


documents = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner),
)


@given(st.dictionaries(st.text(st.characters(codec="utf-8")), documents))
def test_the_canonical_form_depends_on_the_content_alone(document: dict[str, Any]) -> None:
    shuffled = dict(reversed(list(document.items())))
    assert canonical(shuffled) == canonical(document)
    assert json.loads(canonical(document)) == document
    assert len(sha256(document)) == 32


def test_the_canonical_form_is_what_anybody_can_compute() -> None:
    drawn = frozen(*QuestionType)
    plain = json.dumps(drawn.snapshot, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert canonical(drawn.snapshot) == plain.encode()
