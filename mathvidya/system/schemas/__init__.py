"""Shapes of the system slice's requests and answers."""
