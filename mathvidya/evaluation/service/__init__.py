"""Verbs of the evaluation slice."""
