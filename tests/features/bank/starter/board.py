"""What the board prescribes for the two papers that the starter bank has to fill.

Facts of the CBSE mathematics papers of 2025-26, class X standard and class XII (code 041).
"""

from __future__ import annotations

UNITS = {
    "X": {
        "Number Systems": {"Real Numbers"},
        "Algebra": {
            "Polynomials",
            "Pair of Linear Equations in Two Variables",
            "Quadratic Equations",
            "Arithmetic Progressions",
        },
        "Coordinate Geometry": {"Coordinate Geometry"},
        "Geometry": {"Triangles", "Circles"},
        "Trigonometry": {
            "Introduction to Trigonometry",
            "Trigonometric Identities",
            "Heights and Distances",
        },
        "Mensuration": {"Areas Related to Circles", "Surface Areas and Volumes"},
        "Statistics and Probability": {"Statistics", "Probability"},
    },
    "XII": {
        "Relations and Functions": {"Relations and Functions", "Inverse Trigonometric Functions"},
        "Algebra": {"Matrices", "Determinants"},
        "Calculus": {
            "Continuity and Differentiability",
            "Applications of Derivatives",
            "Integrals",
            "Applications of Integrals",
            "Differential Equations",
        },
        "Vectors and Three-dimensional Geometry": {"Vectors", "Three-dimensional Geometry"},
        "Linear Programming": {"Linear Programming"},
        "Probability": {"Probability"},
    },
}
MARKS = {"MCQ": 1, "ASSERTION_REASON": 1, "VSA": 2, "SA": 3, "LA": 5, "CASE_STUDY": 4}
# One paper of the board, by unit: how many questions of each type give the unit's marks.
PAPERS: dict[str, dict[str, dict[str, int]]] = {
    "X": {
        "Number Systems": {"MCQ": 1, "VSA": 1, "SA": 1},
        "Algebra": {"MCQ": 5, "SA": 2, "LA": 1, "CASE_STUDY": 1},
        "Coordinate Geometry": {"MCQ": 2, "CASE_STUDY": 1},
        "Geometry": {"MCQ": 4, "ASSERTION_REASON": 1, "VSA": 1, "SA": 1, "LA": 1},
        "Trigonometry": {"MCQ": 3, "VSA": 1, "SA": 1, "CASE_STUDY": 1},
        "Mensuration": {"MCQ": 3, "VSA": 1, "LA": 1},
        "Statistics and Probability": {"ASSERTION_REASON": 1, "VSA": 1, "SA": 1, "LA": 1},
    },
    "XII": {
        "Relations and Functions": {"MCQ": 1, "VSA": 1, "LA": 1},
        "Algebra": {"MCQ": 5, "LA": 1},
        "Calculus": {"MCQ": 6, "VSA": 2, "SA": 4, "LA": 1, "CASE_STUDY": 2},
        "Vectors and Three-dimensional Geometry": {
            "MCQ": 4,
            "ASSERTION_REASON": 1,
            "VSA": 2,
            "LA": 1,
        },
        "Linear Programming": {"MCQ": 2, "SA": 1},
        "Probability": {"ASSERTION_REASON": 1, "SA": 1, "CASE_STUDY": 1},
    },
}
UNIT_MARKS = {"X": [6, 20, 6, 15, 12, 10, 11], "XII": [8, 10, 35, 14, 5, 8]}
SECTION_COUNTS = {"MCQ": 18, "ASSERTION_REASON": 2, "VSA": 5, "SA": 6, "LA": 4, "CASE_STUDY": 3}
# Questions that an OR adds to a paper: a partner of the same type, marks and unit.
OR_PARTNERS = {"X": {"VSA": 2, "SA": 2, "LA": 2}, "XII": {"VSA": 2, "SA": 3, "LA": 2}}
# The board's marks of a paper by cognitive level; the bank stays within a tenth of their shares.
COGNITIVE_MARKS = {
    "X": {"remember_understand": 43, "apply": 19, "analyse_evaluate_create": 18},
    "XII": {"remember_understand": 44, "apply": 20, "analyse_evaluate_create": 16},
}
