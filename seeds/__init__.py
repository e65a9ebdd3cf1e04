"""What an installation starts from: reference data, and a demo that tells a story."""
