"""Shapes of the attempts slice's requests and answers."""
