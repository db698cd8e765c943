"""Packed files: gzip and Zstandard by the ends of their names, unpacked on the way in and packed, always alike, on the way out."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from typing import Any, BinaryIO, cast

from client.batch.places import extra

GZIP, ZSTD = "gzip", "zstd"
ENDINGS = {".gz": GZIP, ".gzip": GZIP, ".zst": ZSTD, ".zstd": ZSTD}
MARKS = {b"\x1f\x8b": GZIP, b"\x28\xb5\x2f\xfd": ZSTD}
"""What packed files begin with."""
PLAIN_UNTIL, MOST = 64 << 20, 250
"""A file that has given so many bytes may not have grown by more than this factor: no text packs so well, but a bomb does."""


class PackedError(Exception):
    """A packed file that can't be unpacked to its end, with the reason."""


def packing(name: str) -> str:
    """Return how a file is packed, by its name; "" where it is not."""
    return next((kind for ending, kind in ENDINGS.items() if name.lower().endswith(ending)), "")


def packing_of(stream: BinaryIO) -> str:
    """Return how a stream is packed, by its first bytes, which it still has afterwards; "" where that can't be told."""
    begin = stream.peek(4) if isinstance(stream, io.BufferedReader) else b""
    return next((kind for mark, kind in MARKS.items() if begin.startswith(mark)), "")


def without_ending(name: str) -> str:
    """Return a file's name without the ending that says how it is packed."""
    return next((name[: -len(ending)] for ending in ENDINGS if name.lower().endswith(ending)), name)


class Unpacked(io.RawIOBase):
    """The content of a packed file as a stream that can't be sought.

    Reading raises PackedError where the file is cut off or broken, and where it is a bomb.
    """

    def __init__(self, raw: BinaryIO, kind: str) -> None:
        super().__init__()
        self._raw = raw
        self._stream: Any
        self._faults: tuple[type[Exception], ...] = (EOFError, zlib.error, gzip.BadGzipFile)
        if kind == GZIP:
            self._stream = gzip.GzipFile(fileobj=raw)
        else:
            self._stream, self._faults = _zstd().ZstdFile(raw), (EOFError, _zstd().ZstdError)
        self._given = 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill a buffer; raises PackedError."""
        view = memoryview(cast("bytearray", buffer))
        try:
            # What comes before a fault is not lost: read1 gives what there is, where readinto would wait for more and meet it.
            data: bytes = self._stream.read1(len(view))
        except self._faults as error:
            if not self._raw.tell():  # an empty file: some call that packed, some broken off
                return 0
            raise PackedError(f"it can't be unpacked to its end: {error}") from error
        size = len(data)
        view[:size] = data
        self._given += size
        if self._given > PLAIN_UNTIL and self._given > MOST * self._raw.tell():
            raise PackedError(f"it unpacks to more than {MOST} times its size, as no archive of texts does")
        return size

    def close(self) -> None:
        """Close the stream and the file."""
        if not self.closed:
            self._stream.close()
            self._raw.close()
        super().close()


class Told(io.RawIOBase):
    """A pipe that knows how many bytes it has given, as files do."""

    def __init__(self, raw: BinaryIO) -> None:
        super().__init__()
        self._raw = cast("io.BufferedReader", raw)
        self._given = 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill a buffer."""
        view = memoryview(cast("bytearray", buffer))
        data = self._raw.read1(len(view))
        view[: len(data)] = data
        self._given += len(data)
        return len(data)

    def tell(self) -> int:
        """Return how many bytes were given."""
        return self._given


def unpacked(raw: BinaryIO, kind: str) -> BinaryIO:
    """Return the content of a file as a stream: the file itself where it is not packed."""
    return cast("BinaryIO", io.BufferedReader(Unpacked(raw, kind), 1 << 20)) if kind else raw


def packed(raw: BinaryIO, kind: str) -> BinaryIO:
    """Return a stream that packs into a file, to be closed before the file is; the same bytes pack to the same bytes."""
    if kind == GZIP:
        return cast("BinaryIO", gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=raw, mtime=0))
    if kind == ZSTD:
        return cast("BinaryIO", _zstd().ZstdFile(raw, "wb", level=3))
    return raw


def _zstd() -> Any:  # noqa: ANN401 - a module
    """Return the module for Zstandard: Python's own from 3.14 on, before that its backport."""
    return extra("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd", "archive")
