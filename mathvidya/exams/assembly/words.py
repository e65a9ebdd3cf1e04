"""The closed vocabularies that templates are written in.

The tables have the same ones as PostgreSQL types; they stand here once more because assembly is
pure and the tables are SQLAlchemy's. A test keeps them equal.
"""

from enum import StrEnum


class ExamType(StrEnum):
    """What a student can ask to sit."""

    BOARD_EXAM = "board_exam"
    SECTION_MCQ = "section_mcq"
    SECTION_VSA = "section_vsa"
    SECTION_SA = "section_sa"
    UNIT_PRACTICE = "unit_practice"


class ClassLevel(StrEnum):
    """The two classes that sit a board examination."""

    X = "X"
    XII = "XII"


class CourseLevel(StrEnum):
    """Class X has two papers; class XII has one and therefore no level."""

    STANDARD = "standard"
    BASIC = "basic"


class QuestionType(StrEnum):
    """The kinds of question of the board's present pattern."""

    MCQ = "MCQ"
    ASSERTION_REASON = "ASSERTION_REASON"
    VSA = "VSA"
    SA = "SA"
    LA = "LA"
    CASE_STUDY = "CASE_STUDY"


class CognitiveLevel(StrEnum):
    """The three bands in which the board states its mix."""

    REMEMBER_UNDERSTAND = "remember_understand"
    APPLY = "apply"
    ANALYSE_EVALUATE_CREATE = "analyse_evaluate_create"


class Difficulty(StrEnum):
    """How hard the authors judge a question to be."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"
