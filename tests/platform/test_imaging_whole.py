from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathvidya.platform.imaging.sniff import OPENABLE, FileType, sniff
from mathvidya.platform.imaging.whole import is_whole
from tests.platform import hostile

# Bytes after the end mark's first byte that a cut may spare without touching content.
_END_MARK = {FileType.JPEG: 2, FileType.PNG: 12, FileType.HEIC: 1, FileType.PDF: 6}


@cache
def samples() -> tuple[bytes, ...]:
    with_thumbnail = hostile.jpeg(exif=hostile.exif().tobytes() + hostile.jpeg()[:2] + b"\xff\xd9")
    return (
        hostile.jpeg(),
        hostile.jpeg(progressive=True),
        with_thumbnail,
        hostile.png(),
        hostile.heic(),
        hostile.pdf(3),
    )


@pytest.mark.parametrize("data", samples())
def test_a_complete_file_is_whole(data: bytes) -> None:
    assert is_whole(sniff(data), data)


@pytest.mark.parametrize("kind", [FileType.JPEG, FileType.PNG])
def test_what_a_telephone_appends_does_not_matter(kind: FileType) -> None:
    data = {FileType.JPEG: hostile.jpeg, FileType.PNG: hostile.png}[kind]()
    assert is_whole(kind, data + b"trailer" * 500)


@given(st.data())
def test_no_file_cut_before_its_end_mark_is_whole(data: st.DataObject) -> None:
    sample = data.draw(st.sampled_from(samples()))
    kind = sniff(sample)
    length = data.draw(st.integers(16, len(sample) - _END_MARK[kind]))
    assert not is_whole(kind, sample[:length])


@given(st.sampled_from(sorted(OPENABLE)), st.binary(max_size=200))
def test_garbage_is_judged_without_an_error(kind: FileType, data: bytes) -> None:
    assert is_whole(kind, data) in {True, False}
