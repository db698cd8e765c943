"""Lines whose partner has not come yet: the latest in memory, all others in a private database that goes with the process."""

from __future__ import annotations

import sqlite3
import zlib
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from client.diff.record import Record

ROOM_LINES, ROOM_BYTES = 2048, 8 * 1024 * 1024
"""Lines that a run may leave waiting in memory, and bytes of them; half of them move when there are more."""
CACHE_KIB = 8 * 1024
"""What the database keeps in memory."""
QUICK = 1
"""The level of compression: answers shrink to an eighth, and the disk is the slower part."""


class Kept(NamedTuple):
    """A line that waits: its article and the line."""

    article: bytes
    record: Record


def database() -> sqlite3.Connection:
    """Open a database without a name, which sqlite removes when it is closed; it keeps no journal, as nobody will read it."""
    opened = sqlite3.connect("", isolation_level=None)
    for setting in ("journal_mode=OFF", "synchronous=OFF", f"cache_size=-{CACHE_KIB}", "locking_mode=EXCLUSIVE"):
        opened.execute(f"PRAGMA {setting}")
    opened.execute("CREATE TABLE waiting (run TEXT, article BLOB, ordinal INTEGER, data BLOB)")
    opened.execute("CREATE INDEX first ON waiting (article, run, ordinal)")
    opened.execute("BEGIN")
    return opened


class Waiting:
    """The lines of one run that wait, each article's first come first served."""

    def __init__(self, opened: sqlite3.Connection, side: str, run: str) -> None:
        self._database = opened
        self._side = side
        self._run = run
        self._recent: dict[bytes, deque[Record]] = {}
        self._lines = self._bytes = self._moved = 0

    def __len__(self) -> int:
        return self._lines + self._moved

    def put(self, article: bytes, record: Record) -> None:
        """Let a line wait."""
        self._recent.setdefault(article, deque()).append(record)
        self._lines += 1
        self._bytes += len(record.data)
        if self._lines > ROOM_LINES or self._bytes > ROOM_BYTES:
            self._move()

    def take(self, article: bytes) -> Record | None:
        """Return the line of the article that has waited longest, None where there is none; it waits no more."""
        if self._moved and (found := self._fetch(article)):
            return found
        queue = self._recent.get(article)
        if queue is None:
            return None
        record = queue.popleft()
        if not queue:
            del self._recent[article]
        self._lines -= 1
        self._bytes -= len(record.data)
        return record

    def rest(self) -> Iterator[Record]:
        """Yield all that wait, in the order of the run."""
        self._move(everything=True)
        found = self._database.execute("SELECT ordinal, data FROM waiting WHERE run = ? ORDER BY ordinal", (self._side,))
        for ordinal, data in found:
            yield Record(self._run, ordinal, zlib.decompress(data))

    def _fetch(self, article: bytes) -> Record | None:
        found = self._database.execute(
            "SELECT rowid, ordinal, data FROM waiting WHERE article = ? AND run = ? ORDER BY ordinal LIMIT 1",
            (article, self._side),
        ).fetchone()
        if found is None:
            return None
        row, ordinal, data = found
        self._database.execute("DELETE FROM waiting WHERE rowid = ?", (row,))
        self._moved -= 1
        return Record(self._run, ordinal, zlib.decompress(data))

    def _move(self, *, everything: bool = False) -> None:
        """Move the articles that have waited longest to the database, whole, so that what it has of one is older."""
        least = 0 if everything else ROOM_LINES // 2
        most = 0 if everything else ROOM_BYTES // 2
        moved: list[tuple[str, bytes, int, bytes]] = []
        while self._recent and (self._lines > least or self._bytes > most):
            article = next(iter(self._recent))
            queue = self._recent.pop(article)
            self._lines -= len(queue)
            self._bytes -= sum(len(record.data) for record in queue)
            moved += ((self._side, article, record.ordinal, zlib.compress(record.data, QUICK)) for record in queue)
        self._moved += len(moved)
        self._database.executemany("INSERT INTO waiting VALUES (?, ?, ?, ?)", moved)
