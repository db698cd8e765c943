"""A progress line on the terminal that standard error is; nothing where it is none."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from client.inputs import STDIN

BAR = 30
EVERY = 0.1
"""Seconds between two redrawings."""


class Progress:
    """Counts what is done against the size of the input, which a stream doesn't tell."""

    def __init__(self, path: str) -> None:
        self._shown = sys.stderr.isatty()
        self._total = Path(path).stat().st_size if path != STDIN and Path(path).is_file() else 0
        self._begun = time.monotonic()
        self._drawn = 0.0
        self._bytes = self._articles = self._failed = 0

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Leave the last state on a line of its own."""
        if self._shown and self._drawn:
            self._draw("\n")

    def advance(self, size: int, articles: int, failed: int) -> None:
        """Add bytes of input and the articles in them that are done, and that failed."""
        self._bytes += size
        self._articles += articles
        self._failed += failed
        if self._shown and time.monotonic() - self._drawn >= EVERY:
            self._drawn = time.monotonic()
            self._draw("")

    def _draw(self, end: str) -> None:
        elapsed = max(time.monotonic() - self._begun, 0.001)
        line = f"{self._articles:,} articles  {self._articles / elapsed:,.0f}/s"
        if self._failed:
            line += f"  {self._failed:,} failed"
        if self._total:
            part = min(self._bytes / self._total, 1.0)
            bar = "#" * int(part * BAR)
            line = f"[{bar:<{BAR}}] {part:4.0%}  {line}  {_clock(elapsed / part - elapsed)} left"
        columns = os.get_terminal_size(sys.stderr.fileno()).columns or 80
        sys.stderr.write(f"\r{line[: columns - 1]:<{columns - 1}}{end}")
        sys.stderr.flush()


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
