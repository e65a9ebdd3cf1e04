"""Files of questions, read into drafts, naming every row that has not the right shape.

JSON is a list of objects with the fields of the reference bank. CSV is for what fits a table, which is every
type but the case study; ``tables.COLUMNS`` says what each column holds.
"""

from mathvidya.bank.imports.reading import LARGEST_BYTES, MOST_ROWS, ImportForm, read_documents, read_import
from mathvidya.bank.imports.tables import COLUMNS

__all__ = ["COLUMNS", "LARGEST_BYTES", "MOST_ROWS", "ImportForm", "read_documents", "read_import"]
