"""What must hold of a question: its form, its marks, its LaTeX, its place in the syllabus, its review."""
