"""The log: one line an entry on standard error, JSON for programs or text for people. It never holds text of an article."""

from __future__ import annotations

import datetime as dt
import json
import logging
import os
import queue
import sys
import threading
import time
import traceback
from types import TracebackType

from server.config import Options

STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}
"""What every record has; all else was given by `extra`."""

MOST_LINES = 100_000
"""Lines that may wait to be taken."""
CLOSE_SECONDS = 2.0
RETRY_SECONDS = 0.1


class Lines(logging.Formatter):
    """Formats a record as one line.

    Of an error the line tells its type and where it happened, not its message: that may quote what the caller sent.
    """

    def __init__(self, process: str, *, as_json: bool) -> None:
        super().__init__()
        self._process = process
        self._as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        at = dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        more = {name: value for name, value in vars(record).items() if name not in STANDARD}
        if record.exc_info and record.exc_info[0] is not None:
            more["error"] = record.exc_info[0].__name__
            more["where"] = _places(record.exc_info[2])
        level, message = record.levelname.lower(), record.getMessage()
        if self._as_json:
            fields = {"at": at, "level": level, "process": self._process, "message": message}
            return json.dumps(fields | more, default=str, ensure_ascii=False)
        said = " ".join(f"{name}={value}" for name, value in more.items())
        return f"{at} {level} {self._process}: {message}{' ' if said else ''}{said}"


def _places(tail: TracebackType | None) -> list[str]:
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(tail, limit=-12)]


class Writer(logging.Handler):
    """Writes lines to a file descriptor from a thread of its own, many at a time.

    Whoever logs only leaves a line here: a write lets go of the interpreter, and in a process that computes it takes milliseconds
    to get it back, for which every thread that logs would wait. Lines that nobody takes are dropped beyond `MOST_LINES`, and counted.
    """

    def __init__(self, descriptor: int) -> None:
        super().__init__()
        self._descriptor = descriptor
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._dropped = 0
        self._thread = threading.Thread(target=self._write, daemon=True)
        self._thread.start()

    def createLock(self) -> None:  # noqa: N802 - as logging names it
        """Make no lock: a queue needs none."""
        self.lock = None

    def emit(self, record: logging.LogRecord) -> None:
        """Leave a record's line."""
        if self._lines.qsize() < MOST_LINES:
            self._lines.put(self.format(record))
        else:
            self._dropped += 1

    def close(self) -> None:
        """Write what is left, unless nobody takes it."""
        self._lines.put(None)
        self._thread.join(CLOSE_SECONDS)
        super().close()

    def _write(self) -> None:
        line = self._lines.get()
        while line is not None:
            lines = [line]
            while not self._lines.empty() and (line := self._lines.get()) is not None:
                lines.append(line)
            if self._dropped:
                lines.append(f'{{"level": "error", "message": "{self._dropped} lines were dropped: nobody took them"}}')
                self._dropped = 0
            data = "".join(f"{each}\n" for each in lines).encode(errors="backslashreplace")
            try:
                while data:
                    data = data[os.write(self._descriptor, data) :]
            except OSError:  # nobody takes them just now, or the disk is full
                self._dropped += len(lines)
                time.sleep(RETRY_SECONDS)
            if line is not None:
                line = self._lines.get()


def set_up(options: Options, process: str) -> None:
    """Log to standard error as the options say; `process` says which one it is."""
    handler = Writer(sys.stderr.fileno())
    handler.setFormatter(Lines(process, as_json=options.log_format == "json"))
    logging.basicConfig(level=options.log_level.upper(), handlers=[handler], force=True)
    # grpc tells of every exception that ends a call; ours are told of once, without their messages.
    logging.getLogger("grpc").setLevel(logging.CRITICAL)
