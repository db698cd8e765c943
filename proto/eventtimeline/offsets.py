"""Positions in a text, counted as different languages count them: code points, UTF-16 units, bytes of UTF-8."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from itertools import accumulate, pairwise

from eventtimeline.v1 import timeline_pb2 as pb

BLOCK = 128
"""Code points between two stored positions: small enough to measure a rest quickly, large enough to build quickly."""

CODECS: Mapping[int, tuple[str, int]] = {pb.OFFSET_ENCODING_UTF16: ("utf-16-le", 2), pb.OFFSET_ENCODING_UTF8: ("utf-8", 1)}
"""The codec and the bytes a unit of each encoding that is not code points."""

ENCODINGS = (*CODECS, pb.OFFSET_ENCODING_UTF32, pb.OFFSET_ENCODING_UNSPECIFIED)
"""Every encoding that spans may be counted in; UNSPECIFIED counts code points, as UTF32 does."""


class Offsets:
    """Turns code-point positions of one text into units of an encoding, and back.

    Building costs one pass over the text; a position costs the same wherever it lies. Raises ValueError for an encoding
    that is none of `ENCODINGS`.
    """

    def __init__(self, text: str, encoding: int) -> None:
        if encoding not in ENCODINGS:
            raise ValueError(f"unknown offset encoding {encoding}")
        self._text = text
        self._codec, self._unit = CODECS.get(encoding, ("", 0))
        # A pure ASCII text counts the same in every encoding.
        self._starts = [] if not self._codec or text.isascii() else self._measure()
        self.points = not self._starts
        """Whether units are code points, so that no position needs turning."""

    def to_units(self, point: int) -> int:
        """Return how many units stand before a code point."""
        if not self._starts:
            return point
        block = point // BLOCK
        return self._starts[block] + self._width(self._text[block * BLOCK : point])

    def to_points(self, units: int) -> int:
        """Return the code point that begins at, or holds, a position in units; the inverse of `to_units`."""
        if not self._starts:
            return units
        block = bisect_right(self._starts, units) - 1
        point = min(block * BLOCK, len(self._text))
        widths = accumulate(map(self._width, self._text[point : point + BLOCK]), initial=self._starts[block])
        for _, after in pairwise(widths):
            if after > units:
                break
            point += 1
        return point

    def _measure(self) -> list[int]:
        blocks = (self._text[at : at + BLOCK] for at in range(0, len(self._text), BLOCK))
        return list(accumulate(map(self._width, blocks), initial=0))

    def _width(self, part: str) -> int:
        # A lone surrogate is as wide as the replacement character that stands for it on the wire.
        return len(part.encode(self._codec, "surrogatepass")) // self._unit
