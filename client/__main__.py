"""The command `timeline`: dispatches to a subcommand and turns what ends it into an exit code and a message."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence

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
