"""The demo story: pages that a student could have written and photographed."""
