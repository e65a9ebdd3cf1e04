"""What one uploaded file may cost.

The numbers are for photographed and scanned A4 pages; each says what it lets through and what it
stops. They bound one file: how many files a person may send is decided elsewhere.
"""

from dataclasses import dataclass
from typing import Final

MIB: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds on opening one file. Beyond any of them the file is refused, never degraded.

    Attributes:
        max_pixels: Width times height of a picture, known from its header before it is decoded.
            Telephones take 12 to 48 megapixels; a 13,000 × 13,000 bomb of 500 KB has 169.
        max_pages: Pages of one PDF. A board answer book of one sitting rarely passes 20 sides of
            supplementary sheets in one scan; longer ones are sent in parts.
        max_page_points: Longer side of a PDF page in points (1/72 inch). Tools that wrap pictures
            write one point a pixel; 14,400 is the largest page there is (ISO 32000-1, annex C.2).
        cpu_seconds_per_page: Processor time for one page, granted afresh for each. A 12-megapixel
            photograph takes 0.5, the largest that is allowed 3 as HEIC; the rest is for slower
            machines.
        memory_bytes: Address space of the child. A 50-megapixel picture takes 200 MB decoded and
            at most the same again while its colours are converted; the libraries map up to 120 MB.
        output_bytes: All views of a file together, kept by the kernel. A page takes about 0.7 MB.
        wall_seconds: Time by the clock, for a child that sleeps or is starved. Far above what the
            processor limit allows on an idle machine, so that a busy one refuses nobody.
    """

    max_pixels: int = 50_000_000
    max_pages: int = 20
    max_page_points: int = 14_400
    cpu_seconds_per_page: int = 8
    memory_bytes: int = 1024 * MIB
    output_bytes: int = 64 * MIB
    wall_seconds: float = 60.0
