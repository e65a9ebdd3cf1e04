"""What must hold of a question's content, by type. Every broken rule is named, not only the first."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import chain

from mathvidya.accounts.models import ClassLevel
from mathvidya.bank.content import Classification, Part, PartAlternative, QuestionContent, texts_of
from mathvidya.bank.errors import InvalidQuestion
from mathvidya.bank.models import QuestionType
from mathvidya.bank.rules.latex import problems_in
from mathvidya.bank.schemes import HALF, Scheme, Step, marks_text
from mathvidya.bank.syllabus import Units

Problem = tuple[str, str]
"""A field, and what is wrong with it and how to mend it."""

_WRITTEN = frozenset({"text", "solution", "scheme"})
_FIELDS: Mapping[QuestionType, frozenset[str]] = {
    QuestionType.MCQ: frozenset({"text", "choices", "correct_choices", "solution"}),
    QuestionType.ASSERTION_REASON: frozenset({"assertion", "reason", "correct_choices", "solution"}),
    QuestionType.VSA: _WRITTEN,
    QuestionType.SA: _WRITTEN,
    QuestionType.LA: _WRITTEN,
    QuestionType.CASE_STUDY: frozenset({"text", "parts"}),
}
"""The fields that each type needs; it has no others. The image may stand for the text, or beside it."""

_LABELS = "ABCDEF"
_ASSERTION_REASON_LABELS = "ABCD"
_PART_LABELS = ("i", "ii", "iii", "iv", "v")
_MOST_TAGS = 12
_TAG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def check(content: QuestionContent, units: Units) -> None:
    """Raise InvalidQuestion, naming every field that breaks a rule. ``units``: of the question's class."""
    problems = problems_of(content, units)
    if problems:
        raise InvalidQuestion(
            f"mend {', '.join(sorted(problems))}; nothing was saved",
            {field: problems[field] for field in sorted(problems)},
        )


def problems_of(content: QuestionContent, units: Units) -> Mapping[str, list[str]]:
    """By field, everything that is wrong; empty for a question that may stand."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for field, problem in chain(
        _classification(content.classification, units),
        _presence(content),
        _choices(content),
        _written(content),
        _parts(content),
        _latex(content),
    ):
        found[field].append(problem)
    return dict(found)


def _classification(about: Classification, units: Units) -> Iterator[Problem]:
    if about.unit not in units:
        yield "unit", f"{about.unit!r} is no unit of class {about.class_level}; use one of {_listed(units)}"
    elif about.chapter not in units[about.unit]:
        known = _listed(units[about.unit])
        yield "chapter", f"{about.chapter!r} is no chapter of {about.unit}; use one of {known}"
    if not 1 <= about.marks <= 6:
        yield "marks", f"{about.marks} is not possible; a question carries 1 to 6 whole marks"
    if (about.class_level is ClassLevel.X) != bool(about.levels):
        yield "levels", "class X names the papers that it suits, standard or basic or both; class XII none"
    if len(set(about.levels)) != len(about.levels):
        yield "levels", "a level is named twice"
    yield from _tags(about.tags)


def _tags(tags: tuple[str, ...]) -> Iterator[Problem]:
    if len(tags) > _MOST_TAGS:
        yield "tags", f"there are {len(tags)}; give at most {_MOST_TAGS}"
    for tag in tags:
        if not _TAG.fullmatch(tag):
            yield "tags", f"{tag!r} is no tag; use small letters, digits and single hyphens"
    if len(set(tags)) != len(tags):
        yield "tags", "a tag is named twice"


def _presence(content: QuestionContent) -> Iterator[Problem]:
    """Each type has its own fields and no others."""
    kind = content.classification.type
    needed = _FIELDS[kind]
    for field in ("text", "choices", "correct_choices", "assertion", "reason", "solution", "scheme", "parts"):
        given = _is_given(getattr(content, field))
        if given and field not in needed:
            yield field, f"has no place in a question of type {kind}; leave it out"
        if field in needed and not given and not (field == "text" and content.image_key):
            yield field, f"is missing; a question of type {kind} needs it"


def _is_given(value: object) -> bool:
    return bool(value.strip() if isinstance(value, str) else value)


def _choices(content: QuestionContent) -> Iterator[Problem]:
    kind = content.classification.type
    labels = [choice.label for choice in content.choices]
    if kind is QuestionType.ASSERTION_REASON:
        labels = list(_ASSERTION_REASON_LABELS)
    elif kind is QuestionType.MCQ and content.choices:
        yield from _choice_list(content, labels)
    if not content.correct_choices or kind not in {QuestionType.MCQ, QuestionType.ASSERTION_REASON}:
        return
    if len(content.correct_choices) != 1:
        yield "correct_choices", f"names {len(content.correct_choices)} choices; exactly one is right"
    for label in content.correct_choices:
        if label not in labels:
            yield "correct_choices", f"{label!r} is none of the choices {', '.join(labels)}"


def _choice_list(content: QuestionContent, labels: list[str]) -> Iterator[Problem]:
    if not 2 <= len(labels) <= len(_LABELS):
        yield "choices", f"there are {len(labels)}; give four, or at least 2 and at most {len(_LABELS)}"
    if labels != list(_LABELS[: len(labels)]):
        yield "choices", f"are labelled {', '.join(labels)}; label them A, B, C, … in order"
    wordings = [_plain(choice.text) for choice in content.choices]
    for number, wording in enumerate(wordings):
        if not wording:
            yield f"choices[{number}].text", "is empty"
        elif wording in wordings[:number]:
            twin = labels[wordings.index(wording)]
            yield f"choices[{number}].text", f"says the same as choice {twin}; choices differ pairwise"


def _plain(text: str) -> str:
    """A wording without the signs and spaces that do not change what is read."""
    return " ".join(text.replace("$", " ").split())


def _written(content: QuestionContent) -> Iterator[Problem]:
    if content.scheme is not None:
        yield from _scheme("scheme", content.scheme, content.classification.marks)


def _scheme(place: str, scheme: Scheme, marks: int) -> Iterator[Problem]:
    """The steps of every method sum to the marks, each in halves and above nothing."""
    yield from _steps(f"{place}.steps", scheme.steps, marks)
    for number, method in enumerate(scheme.alternatives):
        yield from _steps(f"{place}.alternatives[{number}].steps", method.steps, marks)
        if not method.title.strip():
            yield f"{place}.alternatives[{number}].title", "is empty; name the method"


def _steps(place: str, steps: tuple[Step, ...], marks: int) -> Iterator[Problem]:
    total = sum((step.marks for step in steps), Decimal(0))
    if total != marks:
        yield place, f"sum to {marks_text(total)}; they must sum to the {marks} marks that are to be had"
    for number, step in enumerate(steps):
        if step.marks <= 0 or step.marks % HALF:
            yield f"{place}[{number}].marks", f"{marks_text(step.marks)} is no step; award halves, above 0"
        if not step.text.strip():
            yield f"{place}[{number}].text", "is empty; say what earns the marks"


def _parts(content: QuestionContent) -> Iterator[Problem]:
    if content.classification.type is not QuestionType.CASE_STUDY or not content.parts:
        return
    labels = tuple(part.label for part in content.parts)
    if not 2 <= len(labels) <= len(_PART_LABELS):
        yield "parts", f"there are {len(labels)}; a case study has 2 to {len(_PART_LABELS)}"
    elif labels != _PART_LABELS[: len(labels)]:
        yield "parts", f"are labelled {', '.join(labels)}; label them i, ii, iii, … in order"
    total = sum(part.marks for part in content.parts)
    if total != content.classification.marks:
        yield "parts", f"carry {total} marks; they must carry the question's {content.classification.marks}"
    for number, part in enumerate(content.parts):
        yield from _part(f"parts[{number}]", part, part.marks)
        if part.alternative is not None:
            yield from _part(f"parts[{number}].alternative", part.alternative, part.marks)


def _part(place: str, part: Part | PartAlternative, marks: int) -> Iterator[Problem]:
    if marks < 1:
        yield f"{place}.marks", f"{marks} is not possible; a part carries at least 1 mark"
    if not part.text.strip():
        yield f"{place}.text", "is empty"
    if not part.solution.strip():
        yield f"{place}.solution", "is empty; write the model solution"
    yield from _scheme(f"{place}.scheme", part.scheme, marks)


def _latex(content: QuestionContent) -> Iterator[Problem]:
    for place, text in texts_of(content):
        for problem in problems_in(text):
            yield place, str(problem)


def _listed(names: Mapping[str, object] | frozenset[str]) -> str:
    return ", ".join(sorted(names))
