"""Shapes of questions: as the API takes and gives them, and as authors' files hold them."""

from mathvidya.bank.schemas.answers import (
    ImageAddressSchema,
    ImportedSchema,
    ImportExaminationSchema,
    QuestionSchema,
    QuestionSummarySchema,
    StoredImageSchema,
)
from mathvidya.bank.schemas.authoring import AuthoredQuestionSchema
from mathvidya.bank.schemas.content import QuestionContentSchema, QuestionDraftSchema
from mathvidya.bank.schemas.requests import ImageSchema, QuestionArguments, SendBackSchema

__all__ = [
    "AuthoredQuestionSchema",
    "ImageAddressSchema",
    "ImageSchema",
    "ImportExaminationSchema",
    "ImportedSchema",
    "QuestionArguments",
    "QuestionContentSchema",
    "QuestionDraftSchema",
    "QuestionSchema",
    "QuestionSummarySchema",
    "SendBackSchema",
    "StoredImageSchema",
]
