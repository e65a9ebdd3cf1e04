"""Sitting an exam: the instance, its clock, answers, sheets and the hand-in."""
