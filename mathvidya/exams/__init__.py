"""Exams: templates, the assembly of papers from the bank, and the papers themselves."""
