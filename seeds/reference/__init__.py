"""Reference data: planted at every start, by natural keys, so that planting again changes nothing."""
