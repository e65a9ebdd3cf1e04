"""Shapes of the evaluation slice's requests and answers."""
