"""Files that may change while the server runs: read anew when they do, and kept as they were where the new ones are bad."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Generic, TypeVar

LOOK_SECONDS = 1.0
"""Files are looked at no more often than this."""

log = logging.getLogger("server")

Value = TypeVar("Value")


class Reloaded(Generic[Value]):
    """A value that is read from files, and read anew after one of them has changed.

    `load` raises OSError or ValueError where they can't be used: at the beginning that is the caller's, later it is logged once
    and the former value stays. `loaded` is called with whether each later reading succeeded.
    """

    def __init__(
        self, paths: Sequence[str], load: Callable[[], Value], loaded: Callable[[bool], None] = lambda _: None
    ) -> None:
        self._paths = [Path(path) for path in paths]
        self._load = load
        self._loaded = loaded
        self._lock = threading.Lock()
        self._stamp = self._stamps()
        self._value = load()
        self._looked = time.monotonic()

    def get(self) -> Value:
        """Return the newest value that could be read."""
        if time.monotonic() - self._looked >= LOOK_SECONDS and self._lock.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._lock.release()
        return self._value

    def _look(self) -> None:
        self._looked = time.monotonic()
        stamp = self._stamps()
        if stamp == self._stamp:
            return
        self._stamp = stamp
        names = ", ".join(map(str, self._paths))
        try:
            self._value = self._load()
        except (OSError, ValueError) as error:
            log.error("%s: what changed can't be used, so what was read before stays: %s", names, error)  # noqa: TRY400
            self._loaded(False)  # noqa: FBT003 - what happened
        else:
            log.info("%s: read anew", names)
            self._loaded(True)  # noqa: FBT003 - what happened

    def _stamps(self) -> tuple[tuple[int, int, int] | None, ...]:
        return tuple(map(_stamp, self._paths))


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
