"""Connections to one server, of either API of gRPC, shared by all threads."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

Opened = TypeVar("Opened")


class Line(Generic[Opened]):
    """A connection and how many calls are on it."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        self.calls = 0


class Pool(Generic[Opened]):
    """Opens up to `size` connections, one when all that are open have calls, and gives each call the least busy one."""

    def __init__(self, connect: Callable[[], Opened], size: int) -> None:
        self._connect = connect
        self._size = size
        self._lines: list[Line[Opened]] = []
        self._lock = threading.Lock()
        self._closed = False

    @contextmanager
    def line(self, avoid: Line[Opened] | None = None) -> Iterator[Line[Opened]]:
        """Yield a connection for a call, another one than `avoid` if there may be two; raises ValueError once closed."""
        with self._lock:
            line = self._least_busy(avoid)
            line.calls += 1
        try:
            yield line
        finally:
            with self._lock:
                line.calls -= 1

    def close(self) -> list[Opened]:
        """Give out no more connections, and return those that were opened: they are the caller's to close."""
        with self._lock:
            self._closed = True
            lines, self._lines = self._lines, []
            return [line.opened for line in lines]

    def _least_busy(self, avoid: Line[Opened] | None) -> Line[Opened]:
        if self._closed:
            raise ValueError("the client is closed")
        found = min((line for line in self._lines if line is not avoid), key=lambda line: line.calls, default=None)
        if found is not None and (not found.calls or len(self._lines) == self._size):
            # The least busy ones take turns.
            self._lines.remove(found)
            self._lines.append(found)
            return found
        if len(self._lines) < self._size:
            self._lines.append(Line(self._connect()))
        return self._lines[-1]
