"""Shapes of the accounts slice's requests and answers."""
