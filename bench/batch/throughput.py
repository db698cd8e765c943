"""What the pool makes of the machine's cores: `timeline batch` on N of them against N times the library in process.

    python -m bench.batch.throughput [--articles 20000] [--rounds 3] [--workers N] [--sample 2000] [--archive FILE]

Of the pool the wall time of the real command counts, its start included; of the library only `extract`, of articles that are parsed
already, in the mean of a run before the pool's and one after it, since machines have moods; a figure is the median of its rounds.
Two virtual cores may be less than twice one, so the pool is measured against the library in N processes at once too; and against
the same with each timeline made a line of JSON, which is the least that writing answers takes; and the time of processors that an
article takes here and there, which does not hang on whether two cores are two. FILE, plain JSON lines of `Article`, is read over and
over in the place of articles that are made up. Exits with 1 under the bound.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from bench.batch.articles import COUNT, RARE, write
from bench.batch.command import ran, sizes
from bench.batch.library import Speed, speed

LEAST = 0.88


def measured(folder: Path, said: argparse.Namespace) -> dict[str, list[float]]:
    """Return the figures, a value a round each."""
    archive, out = folder / "archive" / "news.jsonl", folder / "out"
    if said.archive:
        repeated(said.archive, archive, said.articles)
    else:
        write(archive, said.articles, said.rare)
    figures: dict[str, list[float]] = {}
    for number in range(said.rounds):
        shutil.rmtree(out, ignore_errors=True)
        before = library(archive, said)
        run = ran(archive.parent, out, "--workers", str(said.workers), "--shard-size", said.shard_size)
        pool, taken = said.articles / run.seconds, 1000 * run.processor / said.articles
        speeds = [
            Speed(*map(statistics.mean, zip(*each, strict=True))) for each in zip(before, library(archive, said), strict=True)
        ]
        alone, together, lines = (each.articles_a_second for each in speeds)
        found = {
            "library_a_second": alone,
            "library_together_a_second": together,
            "lines_together_a_second": lines,
            "pool_a_second": pool,
            "pool_share": pool / (said.workers * alone),
            "pool_share_of_together": pool / together,
            "pool_share_of_lines": pool / lines,
            "library_processor_ms": speeds[1].processor_ms,
            "pool_processor_ms": taken,
            "pool_processor_share": speeds[1].processor_ms / taken,
        }
        for name, value in (found | (sizes(out) if not number else {})).items():
            figures.setdefault(name, []).append(value)
    return figures


def repeated(source: Path, archive: Path, count: int) -> None:
    """Write so many lines of a file, over and over, each time with ids of their own; raises ValueError where it has none."""
    articles = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines() if line.strip()]
    if not articles:
        raise ValueError(f"{source} holds no article")
    archive.parent.mkdir(parents=True)
    with archive.open("w", encoding="utf-8") as file:
        for number in range(count):
            article = articles[number % len(articles)] | {"id": f"a{number:07}"}
            file.write(json.dumps(article, ensure_ascii=False, separators=(",", ":")) + "\n")


def library(archive: Path, said: argparse.Namespace) -> list[Speed]:
    """Return how fast the library is in one process, in as many as there are workers, and in these with lines."""
    return [
        speed(archive, said.articles, processes=count, sample=said.sample, warm=said.warm, lines=lines)
        for count, lines in ((1, False), (said.workers, False), (said.workers, True))
    ]


def main() -> int:
    """Print the figures and, last, one line of JSON; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=COUNT)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--sample", type=int, default=2000, help="articles that each process with the library reads")
    parser.add_argument("--warm", type=int, default=1000, help="other articles that it reads before")
    parser.add_argument("--rare", type=int, default=RARE)
    parser.add_argument("--archive", type=Path, help="articles to read, in the place of such as are made up")
    parser.add_argument("--shard-size", default="1M", help="as of the command; smaller for small trials")
    said = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = measured(Path(folder), said)
    medians = {name: round(statistics.median(values), 3) for name, values in figures.items()}
    for name, value in medians.items():
        rounds = " ".join(f"{each:.3f}" for each in figures[name]) if len(figures[name]) > 1 else ""
        print(f"{name:<28} {value:>10}   {rounds}")
    print(f"throughput of the pool on {said.workers} cores against {said.workers} times the library: {medians['pool_share']}")
    print(json.dumps({"workers": said.workers, **medians, "least_share": LEAST}))
    return 0 if medians["pool_share"] >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main())
