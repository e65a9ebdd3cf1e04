"""The result on paper."""

from mathvidya.results.printing.result import print_result

__all__ = ["print_result"]
