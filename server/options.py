"""What the server's command line says."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

MAX_TEXT_BYTES = 1 << 20
GRACE = 20.0
LONGEST_GRACE = 86_400.0
"""Seconds of a day: a drain that is to last longer is a slip of the pen, and more than a timer can hold."""


class Address(NamedTuple):
    """Where the server listens. `host` is a name or a number, IPv6 without brackets; port 0 asks for any free port."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


LISTEN = Address("127.0.0.1", 50051)


@dataclass(frozen=True, slots=True)
class Options:
    """How to serve: where, with how many processes, the largest text in bytes of UTF-8, and how many seconds a drain lasts."""

    listen: Address
    workers: int
    max_text_bytes: int
    grace: float

    def to_arguments(self) -> list[str]:
        """Return the arguments from which `parse` reads these options back."""
        return [
            f"--listen={self.listen}",
            f"--workers={self.workers}",
            f"--max-text-bytes={self.max_text_bytes}",
            f"--grace={self.grace}",
        ]


def parse(arguments: Sequence[str] | None = None) -> Options:
    """Read the command line (by default this process's own); ends the process with code 2 where it can't be read."""
    parser = argparse.ArgumentParser(
        prog="timeline-server",
        description="Serve event timelines of Arabic news articles over gRPC.",
        epilog="examples:\n  timeline-server\n  timeline-server --listen 0.0.0.0:50051 --workers 4\n\n"
        "Stop it with Ctrl-C or SIGTERM: calls that have begun are finished first. Again, and they are cut at once.\n\n"
        "exit codes:\n"
        "  0  every worker ended in order\n"
        "  1  it could not listen or start, or a worker had to be killed: the grace was over, or a second signal came\n"
        "  2  the command line is wrong",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--listen",
        type=_address,
        default=LISTEN,
        metavar="HOST:PORT",
        help="where to listen; port 0 takes any free one (default: %(default)s)",
    )
    parser.add_argument(
        "--workers", type=_positive, default=_cores(), metavar="N", help="processes to serve with (default: one a core)"
    )
    parser.add_argument(
        "--max-text-bytes",
        type=_positive,
        default=MAX_TEXT_BYTES,
        metavar="N",
        help="the largest text of an article, in bytes of UTF-8 (default: %(default)s)",
    )
    parser.add_argument(
        "--grace",
        type=_grace,
        default=GRACE,
        metavar="SECONDS",
        help="how long calls may take to finish when the server stops (default: %(default)s)",
    )
    read = parser.parse_args(arguments)
    return Options(read.listen, read.workers, read.max_text_bytes, read.grace)


def _address(text: str) -> Address:
    host, colon, port = text.rpartition(":")
    if not (colon and host and port.isascii() and port.isdigit() and int(port) <= 65_535):
        raise argparse.ArgumentTypeError(f"{text!r} is not HOST:PORT, as in 127.0.0.1:50051")
    return Address(host.removeprefix("[").removesuffix("]"), int(port))


def _positive(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() else 0
    if not number:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return number


def _grace(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= LONGEST_GRACE:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds from 0 to {LONGEST_GRACE:.0f}")
    return seconds


def _cores() -> int:
    # Counts the cores that this process may use, where the system can tell.
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
