"""Marking by people: allocation, the SLA clock, marks, stamps, and what is wrong with a page."""
