"""Shapes of questions: as the API takes and gives them, and as authors' files hold them."""

from mathvidya.bank.schemas.answers import (
    ImportedSchema,
    ImportExaminationSchema,
    QuestionSchema,
    QuestionSummarySchema,
)
from mathvidya.bank.schemas.authoring import AuthoredQuestionSchema
from mathvidya.bank.schemas.content import QuestionContentSchema, QuestionDraftSchema
from mathvidya.bank.schemas.requests import ImageSchema, QuestionArguments, SendBackSchema

__all__ = [
    "AuthoredQuestionSchema",
    "ImageSchema",
    "ImportExaminationSchema",
    "ImportedSchema",
    "QuestionArguments",
    "QuestionContentSchema",
    "QuestionDraftSchema",
    "QuestionSchema",
    "QuestionSummarySchema",
    "SendBackSchema",
]
