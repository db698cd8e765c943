"""What a shard writes: answers as JSON lines or Parquet, with the size and the hash of the file. The same answers, the same bytes."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple, Protocol, cast

from client.batch.job import EVENTS, PARQUET, Job
from client.batch.packed import packed
from client.batch.places import look, pyarrow
from client.batch.rows import rows_of, schema
from client.batch.unfinished import written

HELD, GROUP = 16, 256
"""Articles that are held in Python's types, which take ten times as much as Arrow's, and articles of a row group of Parquet."""


class File(NamedTuple):
    """A file that was written: its name beside the manifest, its bytes, their SHA-256, and its stamp once it lies in its place."""

    name: str
    size: int
    sha256: str
    stamp: str = ""


class Lines(Protocol):
    """Takes answers, a line of protobuf JSON each."""

    def write(self, line: bytes) -> None:
        """Take one."""
        ...

    def close(self) -> None:
        """Write what is still held back, and what comes last."""
        ...

    def drop(self) -> None:
        """Let go of what is open; of no effect after `close`. Without either a writer would complain that its file is gone."""
        ...


class Hashing:
    """A file that counts and hashes what is written into it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._hash = hashlib.sha256()
        self.size = 0

    closed = False

    def write(self, data: bytes) -> int:
        """Write bytes."""
        view = memoryview(data)
        self._file.write(view)
        self._hash.update(view)
        self.size += view.nbytes
        return view.nbytes

    def flush(self) -> None:
        """Do nothing: the file is flushed when it is whole."""

    def tell(self) -> int:
        """Return how many bytes there are."""
        return self.size

    def named(self, name: str) -> File:
        """Return what was written, under a name."""
        return File(name, self.size, self._hash.hexdigest())


class Whole:
    """A file of an output folder that is written whole or not at all; `file` tells of it afterwards."""

    def __init__(self, place: str, name: str) -> None:
        self._place = place
        self._name = name
        self.file = File(name, 0, "")

    @contextlib.contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        """Open it; it takes its place when the block ends."""
        with written(self._place) as raw:
            hashing = Hashing(raw)
            yield cast("BinaryIO", hashing)
        found = look(self._place)
        self.file = hashing.named(self._name)._replace(stamp=found.stamp if found else "")


def writer(file: BinaryIO, job: Job) -> Lines:
    """Return what writes answers into a file in the form of a job; closing it leaves the file open."""
    if job.form == PARQUET:
        return _Parquet(file, job.rows)
    return _Json(file, job.packing, exploded=job.rows == EVENTS)


class _Json:
    """JSON lines: an article each as it came, or an event each."""

    def __init__(self, file: BinaryIO, packing: str, *, exploded: bool) -> None:
        self._stream = packed(file, packing)
        self._packed = bool(packing)
        self._exploded = exploded

    def write(self, line: bytes) -> None:
        if not self._exploded:
            self._stream.write(line)
            return
        for row in rows_of(line, EVENTS):
            self._stream.write(
                json.dumps(row, ensure_ascii=False, separators=(",", ":"), default=dt.datetime.isoformat).encode()
            )
            self._stream.write(b"\n")

    def close(self) -> None:
        if self._packed:
            self._stream.close()

    def drop(self) -> None:
        with contextlib.suppress(Exception):
            self.close()


class _Parquet:
    """Parquet, by the schema of client/batch/rows.py."""

    def __init__(self, file: BinaryIO, rows: str) -> None:
        self._arrow = pyarrow()
        self._rows = rows
        self._schema = schema(rows)
        parquet = pyarrow("parquet")
        self._file = parquet.ParquetWriter(file, self._schema, compression="zstd", write_statistics=True)
        self._rows_held: list[dict[str, Any]] = []
        self._held: list[Any] = []
        self._articles = 0

    def write(self, line: bytes) -> None:
        self._rows_held += rows_of(line, self._rows)
        self._articles += 1
        if self._articles % HELD == 0:
            self._pack()
        if self._articles % GROUP == 0:
            self._flush()

    def close(self) -> None:
        self._pack()
        self._flush()
        self._file.close()

    def drop(self) -> None:
        with contextlib.suppress(Exception):
            self._file.close()

    def _pack(self) -> None:
        if self._rows_held:
            self._held.append(self._arrow.Table.from_pylist(self._rows_held, schema=self._schema))
        self._rows_held = []

    def _flush(self) -> None:
        if self._held:
            self._file.write_table(self._arrow.concat_tables(self._held))
        self._held = []
