"""Measures speed and size on an article of its own; prints figures to read and, last, one line of JSON.

It reports and judges nothing. Run it on an idle machine: every figure is a median of its runs.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

from bench.resident import worker_mb
from timeline import Article, Extractor, Publication

ROOT = Path(__file__).parent.parent
# A real article of about 2,800 characters, and one of the same length written to hold six times as many times as real news.
REAL = Article(
    (ROOT / "seeds" / "002_a3af3706549eb725.txt").read_text(encoding="utf-8"),
    Publication(at=dt.datetime(2024, 2, 7, 22, tzinfo=ZoneInfo("Asia/Riyadh")), country="SA"),
)
DENSE = Article(
    (ROOT / "bench" / "article.txt").read_text(encoding="utf-8"),
    Publication(at=dt.datetime(2024, 6, 4, 18, tzinfo=ZoneInfo("Africa/Cairo")), country="EG"),
)
PHRASE = "يوم الجمعة"
COMMAND = Path(sys.executable).with_name("timeline")
ROUNDS = 300
STARTS = 5


def median_ms(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the median milliseconds of one call, after a few that warm it up."""
    for _ in range(max(rounds // 20, 1)):
        work()
    taken: list[float] = []
    for _ in range(rounds):
        begin = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begin) * 1000)
    return statistics.median(taken)


def start_seconds() -> tuple[float, float]:
    """Return the median seconds in which a fresh process imports the library, and makes an Extractor."""
    script = """
import time
begin = time.perf_counter()
from timeline import Extractor
imported = time.perf_counter()
Extractor()
print(imported - begin, time.perf_counter() - imported)
"""
    runs = [subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True) for _ in range(STARTS)]
    imports, loads = zip(*(map(float, run.stdout.split()) for run in runs), strict=True)
    return statistics.median(imports), statistics.median(loads)


def explain_seconds() -> float:
    """Return the median wall seconds of one `timeline explain`, from the start of the process to its end."""
    command = [str(COMMAND), "explain", PHRASE, "--published", "2024-03-27"]
    return median_ms(lambda: subprocess.run(command, check=True, capture_output=True), STARTS) / 1000


def speed(extractor: Extractor, article: Article) -> dict[str, float]:
    """Return what an article holds and what it costs, in milliseconds and in times of finding its words with `re`."""
    timeline = extractor.extract(article)
    taken = median_ms(lambda: extractor.extract(article))
    times = median_ms(lambda: extractor.resolve(article))
    words = median_ms(lambda: re.findall(r"\w+", article.text))
    return {
        "characters": len(article.text),
        "times": len(timeline.times),
        "events": len(timeline.events),
        "extract_ms": round(taken, 3),
        "times_stage_ms": round(times, 3),
        "findall_ms": round(words, 4),
        "extract_to_findall": round(taken / words, 1),
    }


def main() -> None:
    """Measure, print."""
    extractor = Extractor()
    real, dense = speed(extractor, REAL), speed(extractor, DENSE)
    # A new word is folded and looked up only once, so the first article costs more than the thousandth.
    cold = Extractor()
    begin = time.perf_counter()
    cold.extract(REAL)
    first = (time.perf_counter() - begin) * 1000
    imports, loads = start_seconds()
    figures = {
        **real,
        "first_extract_ms": round(first, 3),
        "dense": dense,
        "import_s": round(imports, 3),
        "load_s": round(loads, 3),
        "explain_s": round(explain_seconds(), 3),
        "worker_mb": round(worker_mb(REAL.text), 1),
    }
    for name, found in (("a seed", real), ("an article full of times", dense)):
        print(f"{name}: {found['characters']} characters, {found['times']} times, {found['events']} events")
        print(
            f"  extract            {found['extract_ms']:8.3f} ms, median of {ROUNDS}; its times alone {found['times_stage_ms']:.3f} ms"
        )
        print(
            f"                     {found['extract_to_findall']:8.1f} times re.findall on the same text ({found['findall_ms']:.3f} ms)"
        )
    print("start")
    print(f"  first extract      {first:8.3f} ms, with no word seen before")
    print(f"  vocabulary loads   {loads:8.3f} s in a fresh process, after {imports:.3f} s of imports, median of {STARTS}")
    print(f"  timeline explain   {figures['explain_s']:8.3f} s wall, median of {STARTS}")
    print(f"  a server worker    {figures['worker_mb']:8.1f} MB resident after one article")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
