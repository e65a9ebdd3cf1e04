"""Templates, assembly, and the frozen paper."""
