"""The command `timeline`: dispatches to a subcommand and turns what ends it into an exit code and a message."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Sequence
from typing import Any, BinaryIO, TextIO, cast

from client.exits import Exit, Failure, bug
from client.parser import Arguments, build


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line (by default the process's own) and return its exit code."""
    # Python has no such stream where the process was started without one.
    sys.stderr = sys.stderr or io.StringIO()
    if sys.stdout is None:
        print("timeline: standard output is closed", file=sys.stderr)
        return Exit.CANNOT_WRITE
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    with contextlib.redirect_stderr(_patient(sys.stderr)):
        return _main(argv)


def _main(argv: Sequence[str] | None) -> int:
    arguments = Arguments()
    try:
        build().parse_args(argv, arguments)
        code = _run(arguments)
        sys.stdout.flush()
    except Failure as failure:
        print(f"timeline {arguments.command}: {failure.message}", file=sys.stderr)
        code = failure.code
    except BrokenPipeError:  # who reads our output has seen enough
        _discard_output()
        code = Exit.OK
    except OSError as error:
        _discard_output()
        print(f"timeline: the output can't be written: {error.strerror}", file=sys.stderr)
        code = Exit.CANNOT_WRITE
    except KeyboardInterrupt:
        print("\ntimeline: interrupted", file=sys.stderr)
        code = Exit.INTERRUPTED
    except Exception as error:  # noqa: BLE001 - whatever it is, the person at the terminal gets a message
        print(f"timeline: {bug(error).message}", file=sys.stderr)
        code = Exit.INTERNAL
    return code


class _Patient(io.FileIO):
    """A file of messages: what nobody takes (a pipe whose reader is gone, a full disk) is dropped, for no work is to end by that."""

    def write(self, data: Any, /) -> int:  # noqa: ANN401 - whatever has bytes
        """Write bytes, or lose them."""
        size = memoryview(data).nbytes
        with contextlib.suppress(OSError):
            taken = super().write(data)
            return size if taken is None else taken  # None where it would block: nobody reads
        return size


def _patient(stream: TextIO) -> TextIO:
    """Return a stream to the same file that never fails; the same stream where there is no file."""
    try:
        raw = _Patient(stream.fileno(), "w", closefd=False)
    except (OSError, ValueError):
        return stream
    buffer = cast("BinaryIO", io.BufferedWriter(cast("io.RawIOBase", raw)))
    return io.TextIOWrapper(buffer, encoding="utf-8", errors="backslashreplace", newline="\n", line_buffering=True)


def _discard_output() -> None:
    """Let the last flush, at the exit of the process, go nowhere: what it would complain of has been handled."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(arguments: Arguments) -> Exit:
    match arguments.command:
        case "extract":
            from client.extract import run as extract

            return extract(arguments)
        case "batch":
            from client.batch.command import run as batch

            return batch(arguments)
        case "explain":
            from client.explain import run as explain

            return explain(arguments)
        case "diff":
            from client.diff.command import run as diff

            return diff(arguments)
        case _:
            from client.kinds import run as kinds

            return kinds(arguments)


if __name__ == "__main__":
    sys.exit(main())
