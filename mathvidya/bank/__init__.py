"""Questions: their versions, their review, their way in and out."""
