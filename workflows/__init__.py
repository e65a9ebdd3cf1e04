"""States, deadlines and messages. Knows nothing of exams, of Flask or of mathvidya."""
