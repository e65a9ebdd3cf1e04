"""Decisions of a sitting, pure: its clock, its life, what may be saved, what a choice scores."""
