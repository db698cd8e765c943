"""`timeline diff`: two runs in, what changed between them out."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator

from client.diff.answers import answers
from client.diff.formats import FORMATS
from client.diff.pair import Runs, pairs
from client.diff.progress import counted
from client.diff.record import Record
from client.diff.tally import Tally
from client.exits import Exit, Failure
from client.parser import Arguments

DIFFERENT = Exit.SOME_FAILED
"""What --exit-code ends with where there are differences: 1, as diff and git have it."""


def run(arguments: Arguments) -> Exit:
    """Print what changed from the old run to the new one."""
    runs = Runs(arguments.old, arguments.new)
    tally = Tally(runs, arguments.examples, strict=arguments.reworded)
    try:
        for pair in counted(pairs(runs, _records(runs.old), _records(runs.new))):
            tally.add(pair)
    except sqlite3.Error as error:
        raise Failure(
            Exit.CANNOT_WRITE, f"the answers that wait find no room ({error}): set TMPDIR to a larger disk"
        ) from error
    report = tally.report()
    sys.stdout.write(FORMATS[arguments.format](report, terminal=sys.stdout.isatty()))
    return DIFFERENT if arguments.exit_code and report.different else Exit.OK


def _records(path: str) -> Iterator[Record]:
    """Return the lines of a run; what is wrong with its path is said at once."""
    lines = answers(path)
    return (Record(path, ordinal, data) for ordinal, data in enumerate(lines))
