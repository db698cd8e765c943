"""The words of a shard: which distinct words, as written, each of its articles has. With it a later engine knows whom a change touches.

A file is a mark and then segments, each a length and so many bytes packed by zlib: a length, so many bytes of words, one a line, and for
each article how many words it has and their numbers. Numbers and lengths have 4 bytes, little endian; an article without an answer has
the number NONE.
"""

from __future__ import annotations

import sys
import zlib
from array import array
from collections.abc import Iterator, Sequence
from typing import BinaryIO, NamedTuple

MARK = b"timeline words 1\n"
SEGMENT = 1000
"""Articles of a segment: it bounds the memory."""
NONE = 0xFFFFFFFF
MET = 64
"""Articles whose words are numbered in one go, with the table of words at hand: far from it each word would cost ten times as much."""


class Segment(NamedTuple):
    """The distinct words of up to SEGMENT articles, and for each article the numbers of its words; None where it has no answer."""

    words: list[str]
    articles: list[Sequence[int] | None]


class _Numbers(dict[str, int]):
    """Numbers words in the order in which they are met."""

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        return number


class WordsWriter:
    """Writes the words of articles, in order."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._numbers, self._articles, self._count = _Numbers(), array("I"), 0
        self._met: list[Sequence[str] | None] = []
        file.write(MARK)

    def add(self, words: Sequence[str] | None) -> None:
        """Add the words of the next article, None where it has no answer."""
        self._met.append(words)
        self._count += 1
        if len(self._met) == MET or self._count == SEGMENT:
            self._number()
        if self._count == SEGMENT:
            self.close()

    def close(self) -> None:
        """Write what is held back."""
        self._number()
        if self._count:
            if sys.byteorder == "big":
                self._articles.byteswap()
            words = "\n".join(self._numbers).encode(errors="surrogatepass")
            data = zlib.compress(len(words).to_bytes(4, "little") + words + self._articles.tobytes(), 1)
            self._file.write(len(data).to_bytes(4, "little") + data)
        self._numbers, self._articles, self._count = _Numbers(), array("I"), 0

    def _number(self) -> None:
        for words in self._met:
            if words is None:
                self._articles.append(NONE)
            else:
                self._articles.append(len(words))
                self._articles.extend(map(self._numbers.__getitem__, words))
        self._met = []


def segments(file: BinaryIO) -> Iterator[Segment]:
    """Yield the segments of a file; raises ValueError where it is none, or not whole."""
    if file.read(len(MARK)) != MARK:
        raise ValueError("not a file of words")
    while head := file.read(4):
        size = int.from_bytes(head, "little")
        data = file.read(size)
        if len(head) < 4 or len(data) < size:
            raise ValueError("cut off")
        try:
            plain = zlib.decompress(data)
        except zlib.error as error:
            raise ValueError("broken") from error
        end = 4 + int.from_bytes(plain[:4], "little")
        yield _segment(plain[4:end].decode(errors="surrogatepass"), plain[end:])


def _segment(text: str, data: bytes) -> Segment:
    numbers = array("I", data)
    if sys.byteorder == "big":
        numbers.byteswap()
    articles: list[Sequence[int] | None] = []
    at = 0
    while at < len(numbers):
        size = numbers[at]
        articles.append(None if size == NONE else numbers[at + 1 : at + 1 + size])
        at += 1 + (0 if size == NONE else size)
    return Segment(text.split("\n"), articles)
