"""What a fresh database is planted with."""
