"""Records: what a shard holds, one after the other, with where each stands; memory is bounded by the longest that is allowed."""

from __future__ import annotations

import codecs
import contextlib
import hashlib
import io
import json
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple, cast

from client.batch.columns import Columns, Row
from client.batch.job import PARQUET
from client.batch.packed import PackedError, Told, packing_of, unpacked
from client.batch.places import opened, pyarrow
from client.batch.shards import Shard
from client.exits import Exit, Failure
from client.inputs import STDIN, reason, standard_input

BLOCK = 1 << 20
BLANK = 1000
"""Blank lines in a row after which those that follow are read as one: a bomb may hold a million times a million."""
UNHELD = (ValueError, ArithmeticError, LookupError)
"""What pyarrow raises for values that Python's types can't hold: years after 9999, zones that there are not."""
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
                if self._shard.place == STDIN and self._shard.form != PARQUET and (packing := packing_of(file)):
                    self._shard = self._shard._replace(packing=packing)
                    yield from self._lines(cast("BinaryIO", io.BufferedReader(Told(file))))
                    return
                yield from self._rows(file) if self._shard.form == PARQUET else self._lines(file)
        except OSError as error:
            raise Failure(Exit.NO_INPUT, f"{self._shard.place}: {reason(error)}") from error

    def _lines(self, raw: BinaryIO) -> Iterator[Record]:
        shard, number, blank = self._shard, 0, 0
        with unpacked(raw, shard.packing) as stream:
            at = self._first(stream)
            while shard.end == -1 or at < shard.end:
                number += 1
                try:
                    line = stream.readline(self._longest + 1)
                    blank = blank + 1 if line.isspace() or (at == 0 and line.strip() == codecs.BOM_UTF8) else 0
                    if blank == BLANK and shard.packing:
                        line, blank = line + (more := _blank(stream)), 0
                        number += more.count(b"\n")
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
                    if not blank and not line.isspace():
                        yield Record(at, number, line)
                at += size

    def _first(self, stream: BinaryIO) -> int:
        """Go to the first line that begins in the shard and return where that is."""
        start, end = self._shard.start, self._shard.end
        if start == 0:
            return 0
        stream.seek(start - 1)  # a line that begins right at the start is this shard's
        # A line may go on for many shards: none of them reads it to an end that lies beyond its own.
        return start - 1 + self._skip(stream, b"", end - start + 1)

    def _skip(self, stream: BinaryIO, line: bytes, most: int = sys.maxsize) -> int:
        """Read the rest of a line, which is not this shard's or too long, and return its bytes, or so many as reach `most`."""
        size = len(line)
        while not line.endswith(b"\n") and size < most and (line := stream.readline(BLOCK)):
            size += len(line)
        return size

    def _rows(self, file: BinaryIO) -> Iterator[Record]:
        arrow, parquet = pyarrow(), pyarrow("parquet")
        shard, number = self._shard, 0
        if not file.seekable():
            raise Failure(Exit.NO_INPUT, f"{shard.place}: Parquet can't be read through a pipe: give the name of its file")
        try:
            source = parquet.ParquetFile(file, buffer_size=BLOCK, pre_buffer=False)
            last = source.num_row_groups if shard.end == -1 else shard.end
            groups = range(shard.start, last)
            names = self._names(source.schema_arrow)
            before = sum(source.metadata.row_group(k).num_rows for k in range(shard.start))
            total = sum(source.metadata.row_group(k).num_rows for k in groups)
            for batch in source.iter_batches(batch_size=ROWS, row_groups=list(groups), columns=names, use_threads=False):
                for row, fault in _values(arrow, batch):
                    number += 1
                    self.position = shard.size * number // total
                    self._hash.update(json.dumps(row, default=str, sort_keys=True).encode())
                    yield Record(before + number - 1, number, row, fault)
        except (arrow.ArrowException, OSError) as error:
            if isinstance(error, OSError) and error.errno:  # the file could not be read, whatever it holds
                raise
            said = str(error).splitlines()[0] if str(error) else type(error).__name__
            yield Record(
                number, number + 1, b"", f"not Parquet that can be read: {said}; what comes after this place is not read"
            )

    def _names(self, schema: Any) -> list[str]:  # noqa: ANN401 - pyarrow is not typed
        """Return the outermost columns to read of a file; raises Failure where it lacks one, but for the id that nobody named."""
        wanted = Columns().needed() if self._columns is None else self._columns
        missing = [name for name in wanted if name != "id" and not _has(schema, name)]
        if missing:
            said = f"it has no column {', '.join(missing)}; its columns are {', '.join(schema.names)}"
            raise Failure(Exit.INVALID, f"{self._shard.place}: {said}")
        outer = {name.partition(".")[0] for name in wanted}
        return [name for name in schema.names if name in wanted or name in outer]


def _has(kind: Any, name: str) -> bool:  # noqa: ANN401
    """Tell whether a schema or a struct has a column, with dots into nested structs."""
    outer, _, inner = name.partition(".")
    at = kind.get_field_index(outer)
    return kind.get_field_index(name) >= 0 or (inner != "" and at >= 0 and _has(kind.field(at).type, inner))


def _values(arrow: Any, batch: Any) -> Iterator[tuple[Row, str]]:  # noqa: ANN401
    """Yield the rows of a batch in Python's types, and what is wrong with those that have a value which Python can't hold."""
    table = arrow.Table.from_batches([batch])
    table = table.cast(arrow.schema([_coarse(arrow, field) for field in table.schema]), safe=False)
    try:
        rows = table.to_pylist()
    except UNHELD as error:
        if len(table) == 1:
            yield {}, f"a value that can't be read: {error}"
        else:
            for k in range(len(table)):
                yield from _values(arrow, batch.slice(k, 1))
        return
    yield from ((row, "") for row in rows)


def _coarse(arrow: Any, field: Any) -> Any:  # noqa: ANN401
    """Return a field with microseconds in the place of nanoseconds, which Python's times don't have."""
    if arrow.types.is_timestamp(field.type) and field.type.unit == "ns":
        return field.with_type(arrow.timestamp("us", field.type.tz))
    if arrow.types.is_struct(field.type):
        return field.with_type(arrow.struct([_coarse(arrow, inner) for inner in field.type]))
    return field


def _blank(stream: BinaryIO) -> bytes:
    """Read the blank lines that a packed stream holds ready."""
    ahead = cast("io.BufferedReader", stream).peek()
    lines = ahead[: len(ahead) - len(ahead.lstrip())]
    return stream.read(lines.rfind(b"\n") + 1)


def _opened(place: str) -> contextlib.AbstractContextManager[BinaryIO]:
    return contextlib.nullcontext(standard_input()) if place == STDIN else opened(place)
