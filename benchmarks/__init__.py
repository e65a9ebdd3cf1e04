"""The performance claims, each measured beside a plain baseline in the same run."""
