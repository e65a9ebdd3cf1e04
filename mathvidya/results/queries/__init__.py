"""Reads of the results slice, each within the scope of who asks."""

from mathvidya.results.queries.accesses import Access, accesses
from mathvidya.results.queries.progress import progress_of
from mathvidya.results.queries.result import result_of

__all__ = ["Access", "accesses", "progress_of", "result_of"]
