"""The question paper on paper."""

from mathvidya.attempts.printing.paper import print_paper

__all__ = ["print_paper"]
