"""Measures whether time grows with the text and no faster; prints milliseconds a KB at four sizes and, last, one line of JSON.

It reports and judges nothing. A text is real news over and over, or one pattern over and over that once made an engine look back
too far. Sizes are of UTF-8. Every figure is the best of its runs, so that another process on the machine counts less.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from timeline import Article, Extractor, Publication

ROOT = Path(__file__).parent.parent
KB = 1024
SIZES = (10 * KB, 100 * KB, 400 * KB, 1024 * KB)
ONCE = 200 * KB  # texts of this size and more are timed once
RUNS = 3
PUBLICATION = Publication(at=dt.datetime(2024, 3, 27, 9, tzinfo=ZoneInfo("Africa/Cairo")), country="EG")
NEWS = "news"
PATTERNS = (
    "قال ",
    "أمس قال ",
    "الجمعة ",
    "الجمعة والسبت و",
    "27 مارس 2024 ",
    "27/3/2024 ",
    "2019-",
    "12:30 ",
    "12/",
    "7 رمضان 1445هـ الموافق 17 مارس ",
    "ثلاثة أيام و",
    "بعد ذلك بيومين ",
    "في اليوم نفسه قال. ",
    "الساعة 5 صباحا، ",
    "(2019) ",
    "«قال ",
    "من 14 إلى 18 أبريل ",
    "وأضاف أنه زار\n",
    "ستدخل ",
)


class Run(NamedTuple):
    """What one text of one size costs: the bytes of its UTF-8, and seconds."""

    size: int
    extract_s: float
    times_s: float

    def ms_a_kb(self) -> tuple[float, float]:
        """Return the milliseconds a KB of the extraction, and of its times alone."""
        return self.extract_s * 1000 / (self.size / KB), self.times_s * 1000 / (self.size / KB)


def repeated(unit: str, size: int) -> str:
    """Return a text over and over, whole, until it has that many bytes of UTF-8."""
    return unit * -(-size // len(unit.encode()))


def news() -> str:
    """Return the bench's own article and the seeds, one after the other."""
    paths = [ROOT / "bench" / "article.txt", *sorted((ROOT / "seeds").glob("*.txt"))]
    return "".join(path.read_text(encoding="utf-8").strip() + "\n\n" for path in paths)


def best_seconds(work: Callable[[], object], runs: int) -> float:
    """Return the wall seconds of the fastest of some calls."""
    taken: list[float] = []
    for _ in range(runs):
        begin = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begin)
    return min(taken)


def measure(unit: str, extractor: Extractor, sizes: Sequence[int] = SIZES) -> list[Run]:
    """Return what a text over and over costs at each size."""
    runs: list[Run] = []
    for size in sizes:
        article = Article(repeated(unit, size), PUBLICATION)
        rounds = 1 if size >= ONCE else RUNS
        extract = best_seconds(partial(extractor.extract, article), rounds)
        times = best_seconds(partial(extractor.resolve, article), rounds)
        runs.append(Run(len(article.text.encode()), extract, times))
    return runs


def main() -> None:
    """Measure, print."""
    extractor = Extractor()
    units = {NEWS: news(), **{pattern.strip(): pattern for pattern in PATTERNS}}
    print("milliseconds a KB, extract / times only, at", ", ".join(f"{size // KB} KB" for size in SIZES))
    found: dict[str, list[Run]] = {}
    for name, unit in units.items():
        found[name] = measure(unit, extractor)
        print(
            "  ",
            *(f"{extract:6.2f} /{times:6.2f} " for extract, times in map(Run.ms_a_kb, found[name])),
            f" \u2068{name}\u2069",
        )
        sys.stdout.flush()
    worst = max(found, key=lambda name: found[name][-1].extract_s)
    growth = {name: runs[-1].ms_a_kb()[0] / runs[1].ms_a_kb()[0] for name, runs in found.items()}
    steepest = max(growth, key=lambda name: growth[name])
    print(f"worst     \u2068{worst}\u2069: {found[worst][-1].extract_s:.2f} s for {SIZES[-1] // KB} KB")
    print(
        f"steepest  \u2068{steepest}\u2069: a KB of {SIZES[-1] // KB} KB costs {growth[steepest]:.2f} times a KB of {SIZES[1] // KB} KB"
    )
    figures = {
        "sizes_kb": [size // KB for size in SIZES],
        "news": _figures(found[NEWS]),
        "worst": {"pattern": worst, **_figures(found[worst])},
        "steepest": {"pattern": steepest, "growth": round(growth[steepest], 2)},
        "worst_ms_a_kb": round(max(run.ms_a_kb()[0] for runs in found.values() for run in runs), 3),
        "seconds_a_mb": {name: round(runs[-1].extract_s, 3) for name, runs in found.items()},
    }
    print(json.dumps(figures, ensure_ascii=False))


def _figures(runs: Sequence[Run]) -> dict[str, list[float]]:
    return {
        "extract_s": [round(run.extract_s, 4) for run in runs],
        "times_s": [round(run.times_s, 4) for run in runs],
        "extract_ms_a_kb": [round(run.ms_a_kb()[0], 3) for run in runs],
        "times_ms_a_kb": [round(run.ms_a_kb()[1], 3) for run in runs],
    }


if __name__ == "__main__":
    main()
