"""Frozen papers: what the student sees, what the markers see, and how both are fingerprinted.

A paper is two documents. The *snapshot* is what the student sees and holds nothing of an answer; the *key*
holds right choices, solutions and schemes. They are written by ``freezing``, fingerprinted by ``canonical``
and read back, typed, by ``reading``.
"""

from mathvidya.exams.papers.canonical import canonical, sha256
from mathvidya.exams.papers.freezing import SCHEMA, DrawnPaper, PaperEntry, freeze
from mathvidya.exams.papers.reading import Answerable, KeyPart, KeyQuestion, questions_of

__all__ = [
    "SCHEMA",
    "Answerable",
    "DrawnPaper",
    "KeyPart",
    "KeyQuestion",
    "PaperEntry",
    "canonical",
    "freeze",
    "questions_of",
    "sha256",
]
