"""What comes of it: scores, publication, and who may see them."""
