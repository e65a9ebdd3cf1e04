"""Why a file was refused, as one small tree without HTTP.

``code`` is stable: problem types, the browser's texts and metrics hang on it. The message is a
sentence for the person who sent the file and says what to do instead.
"""

from typing import ClassVar

from mathvidya.platform.imaging.sniff import FileType


class UnreadableFile(Exception):
    """A file that cannot become pages. Raised only as one of the classes below."""

    code: ClassVar[str]


class EmptyFile(UnreadableFile):
    """There is not one byte."""

    code = "empty"

    def __init__(self) -> None:
        super().__init__("The file is empty. Choose the photograph again.")


class UnsupportedType(UnreadableFile):
    """The bytes are of a type that is not accepted, whatever name or MIME type they came with."""

    code = "unsupported-type"

    def __init__(self, found: FileType) -> None:
        self.found = found
        super().__init__(f"This is {found.described}. Send a JPEG, PNG or HEIC picture, or a PDF.")


class TruncatedFile(UnreadableFile):
    """The file stops before its own end: what is missing may be somebody's work."""

    code = "truncated"

    def __init__(self) -> None:
        super().__init__("The file stops before its end. Send it again over a steady connection.")


class TooManyPixels(UnreadableFile):
    """The picture, or a page of the PDF, is larger than any photograph of a page."""

    code = "too-many-pixels"

    def __init__(self) -> None:
        super().__init__("The picture is too large. Photograph one page at normal resolution.")


class TooManyPages(UnreadableFile):
    """The PDF has more pages than one file may bring."""

    code = "too-many-pages"

    def __init__(self, limit: int) -> None:
        self.limit = limit
        super().__init__(f"The PDF has more than {limit} pages. Send it in parts.")


class EncryptedPdf(UnreadableFile):
    """The PDF opens only with a password."""

    code = "encrypted-pdf"

    def __init__(self) -> None:
        super().__init__("The PDF is locked by a password. Save it without one and send it again.")


class TooExpensive(UnreadableFile):
    """Opening the file ran into a limit of time, memory or output, or killed the process."""

    code = "too-expensive"

    def __init__(self) -> None:
        super().__init__("The file takes too much work to open. Send a plain photograph instead.")


class CorruptFile(UnreadableFile):
    """The file claims a type that is accepted but is not well formed."""

    code = "corrupt"

    def __init__(self) -> None:
        super().__init__("The file is damaged and cannot be opened. Photograph the page again.")
