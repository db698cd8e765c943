"""The library in processes of its own, without any batch around it: what the pool is measured against."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from bench.batch.command import ROOT, environment
from eventtimeline.jsonlines import article_from_json
from eventtimeline.lines import timeline_to_line
from timeline import Article, Extractor


class Speed(NamedTuple):
    """How many articles some processes read together in a second, and the milliseconds of a processor that one takes."""

    articles_a_second: float
    processor_ms: float


def speed(archive: Path, count: int, *, processes: int, sample: int, warm: int, lines: bool = False) -> Speed:
    """Return how fast so many processes read together.

    Each reads `sample` of the `count` articles of an archive, parsed before, after it has warmed up on `warm` others. With `lines`
    it makes of each timeline the line of JSON that a batch writes, too, and drops it.
    """
    command = [sys.executable, "-m", "bench.batch.library", str(archive), "lines" if lines else "timelines"]
    room = max(count - sample - warm, 0) + 1
    running = [
        subprocess.Popen(
            [*command, str(number * (sample + warm) % room), str(warm), str(sample)],
            cwd=ROOT,
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(processes)
    ]
    for each in running:
        if each.stdout is None or each.stdout.readline() != "ready\n":
            raise RuntimeError("the library did not get ready; what it said stands above")
    for each in running:  # all begin at one moment
        if each.stdin:
            each.stdin.write("go\n")
            each.stdin.flush()
    rates, taken = zip(*(map(float, each.communicate()[0].split()) for each in running), strict=True)
    return Speed(sum(rates), sum(taken) / processes)


def main() -> int:
    """Get ready, wait for a line, and print how many articles this process reads in a second, and what one takes of a processor."""
    made, skip, warm, sample = sys.argv[2], *map(int, sys.argv[3:])
    extractor = Extractor()
    with Path(sys.argv[1]).open(encoding="utf-8") as file:
        articles = [article_from_json(line) for line in islice(file, skip, skip + warm + sample)]

    def line(article: Article) -> bytes:
        return timeline_to_line(extractor.extract(article), article)

    read: Callable[[Article], object] = line if made == "lines" else extractor.extract
    for article in articles[:warm]:
        read(article)
    print("ready", flush=True)
    sys.stdin.readline()
    begin, begun = time.perf_counter(), time.process_time()
    for article in articles[warm:]:
        read(article)
    done = len(articles) - warm
    print(done / (time.perf_counter() - begin), 1000 * (time.process_time() - begun) / done)
    return 0


if __name__ == "__main__":
    sys.exit(main())
