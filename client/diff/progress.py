"""How far the comparison is, on the terminal that standard error is; nothing where it is none."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

EVERY = 0.2
"""Seconds between two redrawings."""
Thing = TypeVar("Thing")


def counted(things: Iterable[Thing]) -> Iterator[Thing]:
    """Yield what comes, and show how many have come, and how fast; the line is wiped in the end."""
    if not sys.stderr.isatty():
        yield from things
        return
    begun = drawn = time.monotonic()
    try:
        for number, thing in enumerate(things, start=1):
            yield thing
            now = time.monotonic()
            if now - drawn >= EVERY:
                drawn = now
                _draw(f"{number:,} articles  {number / (now - begun):,.0f}/s")
    finally:
        if drawn > begun:
            _draw("")


def _draw(line: str) -> None:
    # To the left, the line, and away with what is left of the one before.
    sys.stderr.write(f"\r{line}\x1b[K")
    sys.stderr.flush()
