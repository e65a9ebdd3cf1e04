"""Reads of the evaluation slice."""
