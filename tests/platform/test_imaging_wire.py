import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathvidya.platform.imaging import wire
from mathvidya.platform.imaging.limits import Limits
from mathvidya.platform.imaging.quality import Quality
from mathvidya.platform.imaging.sniff import FileType

measures = st.floats(0, 1e6)
pages = st.builds(
    wire.PageViews,
    width=st.integers(1, 2200),
    height=st.integers(1, 2200),
    full=st.binary(max_size=30),
    half=st.binary(max_size=30),
    thumbnail=st.binary(max_size=30),
    quality=st.builds(Quality, sharpness=measures, brightness=measures),
)


@given(st.lists(pages, max_size=4))
def test_pages_arrive_as_they_were_sent(sent: list[wire.PageViews]) -> None:
    stream = io.BytesIO()
    wire.write_pages(stream, sent)
    stream.seek(0)
    assert wire.read_answer(stream) == tuple(sent)


@given(st.sampled_from(FileType), st.binary(max_size=100), st.integers(1, 99))
def test_an_order_arrives_as_it_was_sent(kind: FileType, data: bytes, cap: int) -> None:
    stream = io.BytesIO()
    wire.write_order(stream, kind, data, Limits(max_pages=cap))
    stream.seek(0)
    assert wire.read_order(stream) == (kind, Limits(max_pages=cap))
    assert wire.read_frame(stream) == data


@given(st.lists(pages, min_size=1, max_size=2), st.data())
def test_an_answer_cut_short_is_never_taken_for_pages(
    sent: list[wire.PageViews], data: st.DataObject
) -> None:
    stream = io.BytesIO()
    wire.write_pages(stream, sent)
    cut = data.draw(st.integers(0, len(stream.getvalue()) - 1))
    with pytest.raises(wire.FrameError):
        wire.read_answer(io.BytesIO(stream.getvalue()[:cut]))


@pytest.mark.parametrize(
    "said",
    [b"[]", b"7", b"{}", b"\xff", b'{"pages": 3}', b'{"pages": [{}]}', b'{"pages": [[1, 2]]}'],
)
def test_nonsense_from_a_hijacked_child_is_an_error_and_nothing_else(said: bytes) -> None:
    frames = b"".join(len(part).to_bytes(4, "big") + part for part in (said, b"", b"", b""))
    with pytest.raises(wire.FrameError):
        wire.read_answer(io.BytesIO(frames))
