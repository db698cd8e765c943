"""Records: what a shard holds, one after the other, with where each stands; memory is bounded by the longest that is allowed."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from client.batch.columns import Row
from client.batch.job import PARQUET
from client.batch.packed import PackedError, unpacked
from client.batch.places import extra, opened
from client.batch.shards import Shard
from client.exits import Exit, Failure
from client.inputs import STDIN, reason, standard_input

BLOCK = 1 << 20
ROWS = 64
"""Rows of Parquet that are held at a time."""


class Record(NamedTuple):
    """A line of JSON or a row, and where it stands: `at` is its first byte in the (unpacked) file or its row in the row groups.

    `number` counts lines, blank ones too, or rows from 1 in the shard. `fault` says why there is no data.
    """

    at: int
    number: int
    data: bytes | Row
    fault: str = ""


class Records:
    """The records of a shard, to be gone over once; blank lines are none.

    Afterwards `digest` is the SHA-256 of what was read: of lines their bytes, of rows the columns asked for. `position` is how many
    bytes of the shard, as it lies there, are read. What can't be read to its end gives a last record with a fault.
    """

    def __init__(self, shard: Shard, longest: int, columns: list[str] | None = None) -> None:
        self._shard = shard
        self._longest = longest
        self._columns = columns
        self._hash = hashlib.sha256()
        self.position = 0

    @property
    def digest(self) -> str:
        """The hash of what was read so far, in hexadecimal digits."""
        return self._hash.hexdigest()

    def __iter__(self) -> Iterator[Record]:
        """Yield the records; raises Failure where the file can't be opened or read."""
        try:
            with _opened(self._shard.place) as file:
                yield from self._rows(file) if self._shard.form == PARQUET else self._lines(file)
        except OSError as error:
            raise Failure(Exit.NO_INPUT, f"{self._shard.place}: {reason(error)}") from error

    def _lines(self, raw: BinaryIO) -> Iterator[Record]:
        shard, number = self._shard, 0
        with unpacked(raw, shard.packing) as stream:
            at = self._first(stream)
            while shard.end == -1 or at < shard.end:
                number += 1
                try:
                    line = stream.readline(self._longest + 1)
                    size = len(line) if len(line) <= self._longest else self._skip(stream, line)
                except PackedError as error:
                    yield Record(at, number, b"", f"{error}; what comes after this place is not read")
                    return
                if not line:
                    return
                self.position = raw.tell() if shard.packing else at + size - shard.start
                if size > self._longest:
                    self._hash.update(b"%d" % size)
                    yield Record(at, number, b"", f"a line of {size:,} bytes, more than {self._longest:,}")
                else:
                    self._hash.update(line)
                    if not line.isspace():
                        yield Record(at, number, line)
                at += size

    def _first(self, stream: BinaryIO) -> int:
        """Go to the first line that begins in the shard and return where that is."""
        start = self._shard.start
        if start == 0:
            return 0
        stream.seek(start - 1)  # a line that begins right at the start is this shard's
        return start - 1 + self._skip(stream, b"")

    def _skip(self, stream: BinaryIO, line: bytes) -> int:
        """Read the rest of a line, which is not this shard's or too long, and return the bytes of all of it."""
        size = len(line)
        while not line.endswith(b"\n") and (line := stream.readline(BLOCK)):
            size += len(line)
        return size

    def _rows(self, file: BinaryIO) -> Iterator[Record]:
        arrow, parquet = extra("pyarrow", "archive"), extra("pyarrow.parquet", "archive")
        shard, number = self._shard, 0
        try:
            source = parquet.ParquetFile(file, buffer_size=BLOCK, pre_buffer=False)
            last = source.num_row_groups if shard.end == -1 else shard.end
            groups = range(shard.start, last)
            names = [name for name in source.schema_arrow.names if self._columns is None or name in self._columns]
            before = sum(source.metadata.row_group(k).num_rows for k in range(shard.start))
            total = sum(source.metadata.row_group(k).num_rows for k in groups)
            for batch in source.iter_batches(batch_size=ROWS, row_groups=list(groups), columns=names, use_threads=False):
                for row in batch.to_pylist():
                    number += 1
                    self.position = shard.size * number // total
                    self._hash.update(json.dumps(row, default=str, sort_keys=True).encode())
                    yield Record(before + number - 1, number, row)
        except (arrow.ArrowException, OSError) as error:
            if isinstance(error, OSError) and number == 0 and error.errno:
                raise
            said = str(error).splitlines()[0] if str(error) else type(error).__name__
            yield Record(
                number, number + 1, b"", f"not Parquet that can be read: {said}; what comes after this place is not read"
            )


def _opened(place: str) -> contextlib.AbstractContextManager[BinaryIO]:
    return contextlib.nullcontext(standard_input()) if place == STDIN else opened(place)
