"""What an author writes: the content of one version of a question, as a value.

It comes from the API, from an imported file or from the reference bank, is checked by ``rules`` and becomes
a row of ``questions``, which never changes afterwards.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from mathvidya.accounts.models import ClassLevel, CourseLevel
from mathvidya.bank.models import CognitiveLevel, Difficulty, Question, QuestionType
from mathvidya.bank.schemes import Scheme, dump_scheme, read_scheme
from workflows.base import JsonObject


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of an MCQ."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class PartAlternative:
    """The OR inside a part of a case study; it carries the part's marks."""

    text: str
    solution: str
    scheme: Scheme


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a case study."""

    label: str
    marks: int
    text: str
    solution: str
    scheme: Scheme
    alternative: PartAlternative | None = None


@dataclass(frozen=True, slots=True)
class Classification:
    """Where a question belongs: all that a template can ask for, and what people search by."""

    type: QuestionType
    class_level: ClassLevel
    unit: str
    chapter: str
    marks: int
    cognitive_level: CognitiveLevel
    difficulty: Difficulty
    levels: tuple[CourseLevel, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionContent:
    """One version of a question as its author means it; ``rules.content`` says what holds of each type."""

    classification: Classification
    text: str = ""
    image_key: str | None = None
    choices: tuple[Choice, ...] = ()
    correct_choices: tuple[str, ...] = ()
    assertion: str | None = None
    reason: str | None = None
    solution: str = ""
    scheme: Scheme | None = None
    parts: tuple[Part, ...] = field(default=())

    @property
    def pattern(self) -> str:
        """The marks of a case study's parts, such as ``1+1+2``; empty for every other type."""
        return "+".join(str(part.marks) for part in self.parts)


def columns_of(content: QuestionContent) -> dict[str, Any]:
    """The columns of ``questions`` that hold this content."""
    about = content.classification
    return {
        "type": about.type,
        "class_level": about.class_level,
        "levels": list(about.levels),
        "unit": about.unit,
        "chapter": about.chapter,
        "marks": about.marks,
        "cognitive_level": about.cognitive_level,
        "difficulty": about.difficulty,
        "tags": list(about.tags),
        "text": content.text,
        "image_key": content.image_key,
        "choices": [{"label": choice.label, "text": choice.text} for choice in content.choices],
        "correct_choices": list(content.correct_choices),
        "assertion": content.assertion,
        "reason": content.reason,
        "solution": content.solution,
        "scheme": dump_scheme(content.scheme),
        "parts": [_dump_part(part) for part in content.parts],
        "pattern": content.pattern,
    }


def content_of(question: Question) -> QuestionContent:
    """The content that a row holds; the inverse of ``columns_of``."""
    return QuestionContent(
        classification=Classification(
            type=question.type,
            class_level=question.class_level,
            unit=question.unit,
            chapter=question.chapter,
            marks=question.marks,
            cognitive_level=question.cognitive_level,
            difficulty=question.difficulty,
            levels=tuple(question.levels),
            tags=tuple(question.tags),
        ),
        text=question.text,
        image_key=question.image_key,
        choices=tuple(Choice(each["label"], each["text"]) for each in question.choices),
        correct_choices=tuple(question.correct_choices),
        assertion=question.assertion,
        reason=question.reason,
        solution=question.solution,
        scheme=read_scheme(question.scheme),
        parts=tuple(_read_part(each) for each in question.parts),
    )


def texts_of(content: QuestionContent) -> Iterator[tuple[str, str]]:
    """Every text that will be typeset, with its place, such as ``parts[1].scheme.steps[0].text``."""
    yield "text", content.text
    yield "assertion", content.assertion or ""
    yield "reason", content.reason or ""
    yield "solution", content.solution
    for number, choice in enumerate(content.choices):
        yield f"choices[{number}].text", choice.text
    yield from _scheme_texts("scheme", content.scheme)
    for number, part in enumerate(content.parts):
        yield from _answerable_texts(f"parts[{number}]", part)
        if part.alternative is not None:
            yield from _answerable_texts(f"parts[{number}].alternative", part.alternative)


def _answerable_texts(place: str, part: Part | PartAlternative) -> Iterator[tuple[str, str]]:
    yield f"{place}.text", part.text
    yield f"{place}.solution", part.solution
    yield from _scheme_texts(f"{place}.scheme", part.scheme)


def _scheme_texts(place: str, scheme: Scheme | None) -> Iterator[tuple[str, str]]:
    if scheme is None:
        return
    for number, step in enumerate(scheme.steps):
        yield f"{place}.steps[{number}].text", step.text
    for number, method in enumerate(scheme.alternatives):
        yield f"{place}.alternatives[{number}].title", method.title
        for position, step in enumerate(method.steps):
            yield f"{place}.alternatives[{number}].steps[{position}].text", step.text
    yield f"{place}.follow_through", scheme.follow_through or ""


def _dump_part(part: Part) -> JsonObject:
    alternative = part.alternative
    return {
        "label": part.label,
        "marks": part.marks,
        "text": part.text,
        "solution": part.solution,
        "scheme": dump_scheme(part.scheme),
        "alternative": alternative
        and {
            "text": alternative.text,
            "solution": alternative.solution,
            "scheme": dump_scheme(alternative.scheme),
        },
    }


def _read_part(document: JsonObject) -> Part:
    alternative = document.get("alternative")
    return Part(
        label=document["label"],
        marks=document["marks"],
        text=document["text"],
        solution=document["solution"],
        scheme=_given_scheme(document),
        alternative=alternative
        and PartAlternative(alternative["text"], alternative["solution"], _given_scheme(alternative)),
    )


def _given_scheme(document: JsonObject) -> Scheme:
    return read_scheme(document["scheme"]) or Scheme(())
