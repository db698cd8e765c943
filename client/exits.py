"""How the command ends: its exit codes, and the error that carries one to the top."""

from __future__ import annotations

import enum
import os


class Exit(enum.IntEnum):
    """Exit codes of `timeline`: those of sysexits.h where it has one."""

    OK = 0
    SOME_FAILED = 1
    USAGE = 64
    INVALID = 65
    NO_INPUT = 66
    UNAVAILABLE = 69
    INTERNAL = 70
    CANNOT_WRITE = 73
    TRY_LATER = 75
    REFUSED = 77
    INTERRUPTED = 130


class Failure(Exception):
    """Ends the command (or, among several articles, one article) with a code and a message that a person can act on."""

    def __init__(self, code: Exit, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


OPTIONS = {
    "article.text": "the text",
    "article.publication.publish_time": "--published",
    "article.publication.publish_date": "--published",
    "article.publication.time_zone": "--zone",
    "article.publication.country": "--country",
}
"""What a person at the command line calls the fields that an error may name."""


CONVERT = "convert it first, Windows files with: iconv -f WINDOWS-1256 -t UTF-8"
"""What to do with text that is not UTF-8: most Arabic text that is not is in the code page of Windows."""


def invalid(field: str, reason: str) -> Failure:
    """Return the failure for an article that can't be read, in terms of the command line."""
    name = OPTIONS.get(field, field)
    return Failure(Exit.INVALID, reason if reason.startswith(name) else f"{name}: {reason}")


def bug(error: Exception) -> Failure:
    """Return the failure for an error that should not happen; raises it instead where TIMELINE_DEBUG is set."""
    if os.environ.get("TIMELINE_DEBUG"):
        raise error
    return Failure(
        Exit.INTERNAL,
        f"internal error: {type(error).__name__}: {error}. Please report it; TIMELINE_DEBUG=1 shows where it happened",
    )
