"""Decisions of an evaluation, pure: its life, what marks come to, what may be put on a page."""
