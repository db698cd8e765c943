"""The command `timeline-server`, also `python -m server`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from server import supervisor, tokens
from server.build import build
from server.config import TABLE, Settings, check, read

WRONG = 2
"""The exit code for options that are wrong."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; return the exit code: 0 after a drain, 1 where serving failed, 2 for wrong options."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    match words[:1]:
        case ["new-token"]:
            return _new_token(words[1:])
        case ["check-config"]:
            return _check(read(words[1:], os.environ))
        case _:
            return _serve(read(words, os.environ))


def _serve(settings: Settings) -> int:
    if settings.version:
        print(f"timeline-server {_version()} (build {build()})")  # noqa: T201 - asked for
        return 0
    return _complain(settings) or supervisor.run(settings.options)


def _check(settings: Settings) -> int:
    code = _complain(settings)
    if not code:
        for option in TABLE:
            value = option.show(getattr(settings.options, option.name))
            print(f"{option.name:<20} {value or '-':<24} {settings.sources[option.name]}")  # noqa: T201 - asked for
    return code


def _complain(settings: Settings) -> int:
    """Say every fault at once; return the exit code, 0 where there is none."""
    faults = [*settings.faults, *check.faults(settings.options)]
    for fault in faults:
        print(f"timeline-server: {fault}", file=sys.stderr)  # noqa: T201 - to whoever starts it
    return WRONG if faults else 0


def _new_token(words: Sequence[str]) -> int:
    try:
        (name,) = words
        token, entry = tokens.new(name)
    except ValueError as error:
        print(f"timeline-server new-token NAME: {error}", file=sys.stderr)  # noqa: T201 - as above
        return WRONG
    print(f"{token}\n\n{entry}", end="")  # noqa: T201 - asked for
    return 0


def _version() -> str:
    from importlib.metadata import version

    return version("eventtimeline")


if __name__ == "__main__":
    sys.exit(main())
