"""Everything that knows the word *exam*: the product's slices and its three composition roots."""
