"""Progress that a person can trust: a line that is redrawn on a terminal, elsewhere a line of JSON a minute, and a file of metrics."""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from client.batch.places import extra
from client.exits import Exit, Failure
from client.inputs import reason

BAR, NARROW = 30, 5
"""Columns of the bar, and the least of which there is one."""
DRAWN, TOLD, MEASURED = 0.1, 60.0, 5.0
"""Seconds between two redrawings, two lines of JSON, and two writings of the file of metrics."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How much there is to do: bytes of input, 0 where nobody knows, and shards."""

    size: int = 0
    shards: int = 0


@dataclass(frozen=True, slots=True)
class State:
    """What is done at a moment, what is in flight included; `left` are the seconds that it will still take, None where unknown."""

    articles: int
    failed: int
    size: int
    shards: int
    elapsed: float
    left: float | None

    @property
    def rate(self) -> float:
        """Articles a second."""
        return self.articles / max(self.elapsed, 0.001)


class Progress:
    """Counts what is done, and shows it."""

    def __init__(self, extent: Extent, metrics: str = "") -> None:
        self._extent = extent
        self._metrics = metrics
        self._shown = sys.stderr.isatty()
        self._begun = self._told = time.monotonic()
        self._first: tuple[float, int] | None = None
        self._drawn = self._measured = 0.0
        self._done = [0, 0, 0, 0]
        self._live = (0, 0, 0)

    def __enter__(self) -> Self:
        """Begin; raises Failure where the file of metrics can't be written."""
        if self._metrics:
            if Path(self._metrics).exists() and not Path(self._metrics).is_file():
                raise Failure(Exit.USAGE, f"--metrics-file {self._metrics}: not a file, and a file would take its place")
            try:
                self._write()
            except OSError as error:
                raise Failure(Exit.CANNOT_WRITE, f"{self._metrics}: {reason(error)}") from error
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Leave the last state on a line of its own, and in the file of metrics."""
        self._live = (0, 0, 0)
        if self._shown and self._drawn:
            self._draw("\n")
        if self._metrics:
            self._measure()

    def advance(self, size: int, articles: int, failed: int, shards: int = 0) -> None:
        """Add what is done for good: bytes of input, the articles in them and those that failed, shards."""
        for k, more in enumerate((articles, failed, size, shards)):
            self._done[k] += more
        self._show()

    def live(self, articles: int, failed: int, size: int) -> None:
        """Take what is in flight."""
        self._live = articles, failed, size
        self._show()

    def state(self) -> State:
        """Return what is done now."""
        now = time.monotonic()
        articles, failed, size = (done + live for done, live in zip(self._done, self._live, strict=False))
        if articles and self._first is None:
            self._first = now, size
        # Engines take time to load; it is not part of the speed from which the rest is reckoned.
        since, before = self._first or (now, 0)
        speed = (size - before) / (now - since) if now > since else 0
        left = (self._extent.size - size) / speed if speed and self._extent.size else None
        return State(articles, failed, size, self._done[3], now - self._begun, None if left is None else max(left, 0.0))

    def _show(self) -> None:
        now = time.monotonic()
        if self._shown and now - self._drawn >= DRAWN:
            self._drawn = now
            self._draw("")
        elif not self._shown and now - self._told >= TOLD:
            self._told = now
            print(json.dumps(self._report()), file=sys.stderr, flush=True)
        if self._metrics and now - self._measured >= MEASURED:
            self._measured = now
            self._measure()

    def _report(self) -> dict[str, float | None]:
        state = self.state()
        return {
            "articles": state.articles,
            "articlesPerSecond": round(state.rate, 1),
            "failed": state.failed,
            "bytes": state.size,
            "totalBytes": self._extent.size or None,
            "shards": state.shards,
            "totalShards": self._extent.shards or None,
            "elapsedSeconds": round(state.elapsed, 1),
            "remainingSeconds": None if state.left is None else round(state.left, 1),
        }

    def _draw(self, end: str) -> None:
        state = self.state()
        line = f"{state.articles:,} articles  {state.rate:,.0f}/s  {in_bytes(state.size)}"
        if state.failed:
            line += f"  {state.failed:,} failed"
        if self._extent.shards:
            line = f"{state.shards}/{self._extent.shards} shards  {line}"
        columns = os.get_terminal_size(sys.stderr.fileno()).columns or 80
        if self._extent.size:
            part = min(state.size / self._extent.size, 1.0)
            rest = "" if state.left is None else f"  {clock(state.left)} left"
            line = f"{part:4.0%}  {line}{rest}"
            bar = min(BAR, columns - len(line) - len("[] ") - 1)  # in a narrow terminal the figures come first
            line = f"[{'#' * int(part * bar):<{bar}}] {line}" if bar >= NARROW else line
        sys.stderr.write(f"\r{line[: columns - 1]:<{columns - 1}}{end}")
        sys.stderr.flush()

    def _measure(self) -> None:
        try:
            self._write()
        except OSError as error:  # it costs the figures, not the work
            print(f"timeline batch: {self._metrics}: {reason(error)}; going on without it", file=sys.stderr, flush=True)
            self._metrics = ""

    def _write(self) -> None:
        """Write the file of metrics for Prometheus' textfile collector, whole or not at all."""
        prometheus = extra("prometheus_client", "archive")
        registry = prometheus.CollectorRegistry()
        for name, value in self._report().items():
            if value is not None:
                gauge = prometheus.Gauge(f"eventtimeline_batch_{METRICS[name]}", HELP[name], registry=registry)
                gauge.set(value)
        prometheus.write_to_textfile(self._metrics, registry)


METRICS = {
    "articles": "articles_done", "articlesPerSecond": "articles_per_second", "failed": "articles_failed", "bytes": "input_bytes_done",
    "totalBytes": "input_bytes", "shards": "shards_done", "totalShards": "shards", "elapsedSeconds": "elapsed_seconds",
    "remainingSeconds": "remaining_seconds",
}  # fmt: skip
HELP = {
    "articles": "Articles done, failed ones included.", "articlesPerSecond": "Articles a second since the start.",
    "failed": "Articles without an answer.", "bytes": "Bytes of input done.", "totalBytes": "Bytes of input of this run.",
    "shards": "Shards finished.", "totalShards": "Shards of this run.", "elapsedSeconds": "Seconds since the start.",
    "remainingSeconds": "Seconds that the rest will take at the present speed.",
}  # fmt: skip


def clock(seconds: float) -> str:
    """Return a length of time as a clock shows it."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def in_bytes(size: float) -> str:
    """Return a number of bytes in a unit that one can read: 3.4 MB."""
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} TB"
