"""The log: one line an entry on standard error, JSON for programs or text for people. It never holds text of an article."""

from __future__ import annotations

import datetime as dt
import json
import logging
import traceback
from types import TracebackType

from server.config import Options

STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}
"""What every record has; all else was given by `extra`."""


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


def set_up(options: Options, process: str) -> None:
    """Log as the options say; `process` says which one it is."""
    handler = logging.StreamHandler()
    handler.setFormatter(Lines(process, as_json=options.log_format == "json"))
    logging.basicConfig(level=options.log_level.upper(), handlers=[handler], force=True)
    # grpc tells of every exception that ends a call; ours are told of once, without their messages.
    logging.getLogger("grpc").setLevel(logging.CRITICAL)
