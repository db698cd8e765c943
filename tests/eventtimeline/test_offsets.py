"""Positions counted in code points, UTF-16 units and bytes agree with Python's own encoders."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventtimeline.offsets import BLOCK, Offsets
from eventtimeline.v1 import timeline_pb2 as pb

CASES = [
    (pb.OFFSET_ENCODING_UNSPECIFIED, "utf-32-le", 4),
    (pb.OFFSET_ENCODING_UTF32, "utf-32-le", 4),
    (pb.OFFSET_ENCODING_UTF16, "utf-16-le", 2),
    (pb.OFFSET_ENCODING_UTF8, "utf-8", 1),
]
LETTERS = st.sampled_from(["a", "é", "ش", "\u200f", "\U0001f4c5", "\x00", "\ud800"])
TEXTS = st.one_of(
    st.text(LETTERS, max_size=20),
    st.builds(
        lambda letters, times: "".join(letters * times), st.lists(LETTERS, min_size=1, max_size=9), st.integers(0, BLOCK)
    ),
)


@pytest.mark.parametrize(("encoding", "codec", "unit"), CASES)
@given(text=TEXTS)
def test_every_position_is_counted_and_found_again(encoding: int, codec: str, unit: int, text: str) -> None:
    offsets = Offsets(text, encoding)
    points = range(len(text) + 1)
    units = [offsets.to_units(point) for point in points]
    step = max(1, len(text) // 50)
    checked = points[::step]
    assert [units[point] for point in checked] == [
        len(text[:point].encode(codec, "surrogatepass")) // unit for point in checked
    ]
    assert [offsets.to_points(unit) for unit in units] == list(points)


def test_a_position_inside_a_character_is_that_character() -> None:
    offsets = Offsets("a\U0001f4c5ب", pb.OFFSET_ENCODING_UTF8)
    assert [offsets.to_points(units) for units in range(8)] == [0, 1, 1, 1, 1, 2, 2, 3]
