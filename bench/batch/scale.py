"""What archives of a million to a billion articles take, from measured figures: a table in Markdown, and what gives way first.

    python -m bench.batch.scale [--figures FILE ...] [--planning 5000] [--cores 2 64 1000] [--price 0.04]

FILE holds what bench.batch.throughput printed, of which the last line counts; without one a small run gives the figures. Planning is
measured here, on a folder of so many tiny shards; what the driver costs is the pool's driver, not a cluster's. Bounds that can't be
measured here are arguments.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from bench.batch.articles import write
from bench.batch.command import ran, sizes
from bench.batch.planning import measured

SIZES = (10**6, 10**8, 10**9)
LEAST_SHARD, MOST_SHARD = 4 << 20, 1 << 30
NEEDED = ("workers", "pool_a_second", "bytes_in", "bytes_out", "bytes_words", "files_a_shard")
GBIT = 10**9 / 8


class Need(NamedTuple):
    """What a run needs of something, how much there is of it, and in words."""

    name: str
    share: float
    said: str


class Scale(NamedTuple):
    """A run over so many articles: what decides its cost."""

    articles: int
    figures: Mapping[str, float]
    most_shards: int

    @property
    def rate(self) -> float:
        """Articles a second and core."""
        return self.figures["pool_a_second"] / self.figures["workers"]

    @property
    def core_hours(self) -> float:
        """Hours on one core."""
        return self.articles / self.rate / 3600

    @property
    def bytes_in(self) -> float:
        """Bytes of input."""
        return self.articles * self.figures["bytes_in"]

    @property
    def bytes_out(self) -> float:
        """Bytes of output, its words included."""
        return self.articles * (self.figures["bytes_out"] + self.figures["bytes_words"])

    @property
    def shard_size(self) -> int:
        """The proposed size of a shard: the least power of two with which there are not too many."""
        size = LEAST_SHARD
        while size < MOST_SHARD and self.bytes_in / size > self.most_shards:
            size *= 2
        return size

    @property
    def shards(self) -> float:
        """How many shards there are."""
        return max(self.bytes_in / self.shard_size, 1)

    def needs(self, cores: int, said: argparse.Namespace) -> list[Need]:
        """Return what it needs on so many cores, what is scarcest first."""
        figures, thousands = self.figures, self.shards / 1000
        seconds = self.core_hours * 3600 / cores
        memory = thousands * (figures["list_mb_per_1000"] + figures["plan_done_mb_per_1000"])
        planning = thousands * (figures["list_s_per_1000"] + figures["plan_done_s_per_1000"])
        files = self.shards * figures["files_a_shard"]
        network = min(cores, said.cores_a_machine) * self.rate * (self.bytes_in + self.bytes_out) / self.articles / GBIT
        driving = thousands * figures["driver_cpu_s_per_1000"] / seconds
        waves = self.shards / cores
        return sorted(
            (
                Need("driver memory", memory / said.driver_mb, f"{memory:,.0f} MB to resume, of {said.driver_mb:,}"),
                Need("planning", planning / seconds, f"{planning:,.1f} s to resume, of {seconds:,.0f} s"),
                Need("driver's core", driving, f"{driving:.1%} of one"),
                Need("files", files / said.files, f"{files:,.0f}, of {said.files:,}"),
                Need("writes", files / seconds / said.writes, f"{files / seconds:,.1f} files a second, of {said.writes:,}"),
                Need("network", network / said.gbit, f"{network:.2f} Gbit/s a machine, of {said.gbit}"),
                Need("last shards", 1 / waves, f"{waves:,.1f} shards a core"),
            ),
            key=lambda need: -need.share,
        )


def figures(folder: Path, said: argparse.Namespace) -> dict[str, float]:
    """Return the measured figures: those of files, or of a small run, and those of planning."""
    found: dict[str, float] = {}
    for file in said.figures:
        found |= json.loads(file.read_text(encoding="utf-8").splitlines()[-1])
    if any(name not in found for name in NEEDED):
        archive, out = write(folder / "archive" / "news.jsonl", said.articles).parent, folder / "out"
        options = ("--workers", str(said.workers), "--shard-size", str(archive.joinpath("news.jsonl").stat().st_size // 8))
        seconds = ran(archive, out, *options).seconds
        found = sizes(out) | {"workers": said.workers, "pool_a_second": said.articles / seconds} | found
    return found | measured(folder, said.planning, said.workers)


def table(scales: list[Scale], said: argparse.Namespace) -> list[str]:
    """Return the lines of the table of costs."""
    hours = [f"hours on {cores:,}" for cores in said.cores]
    head = [
        "articles",
        "core-hours",
        *hours,
        "input",
        "output",
        "`--shard-size`",
        "shards",
        "files",
        "cost",
        "first bottleneck",
    ]
    lines = [_row(head), _row(["---:"] * (len(head) - 1) + ["---"])]
    for scale in scales:
        first = scale.needs(max(said.cores), said)[0]
        lines.append(
            _row(
                [
                    f"{scale.articles:,}",
                    f"{scale.core_hours:,.1f}",
                    *(f"{scale.core_hours / cores:,.2f}" for cores in said.cores),
                    _size(scale.bytes_in),
                    _size(scale.bytes_out),
                    f"{scale.shard_size >> 20}M",
                    f"{scale.shards:,.0f}",
                    f"{scale.shards * scale.figures['files_a_shard']:,.0f}",
                    f"{scale.core_hours * said.price:,.2f} USD",
                    f"{first.name}: {first.said} ({first.share:.0%})",
                ]
            )
        )
    return lines


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _size(count: float) -> str:
    return f"{count / 1e12:,.1f} TB" if count >= 1e12 else f"{count / 1e9:,.1f} GB"


def main() -> int:
    """Measure, print the tables and, last, one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--figures", type=Path, nargs="*", default=[])
    parser.add_argument("--articles", type=int, default=4000, help="of the small run, where no file has its figures")
    parser.add_argument("--planning", type=int, default=5000, help="tiny shards on which planning is measured")
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--cores", type=int, nargs="+", default=[2, 64, 1000])
    parser.add_argument("--price", type=float, default=0.04, help="USD of a core for an hour")
    parser.add_argument("--most-shards", type=int, default=100_000, help="what the proposed size of a shard keeps to")
    parser.add_argument("--driver-mb", type=int, default=4096, help="memory of the driver")
    parser.add_argument("--files", type=int, default=10_000_000, help="files that the store takes well")
    parser.add_argument("--writes", type=int, default=3500, help="writes a second that it takes (S3's for a prefix)")
    parser.add_argument("--gbit", type=float, default=10.0, help="network of a machine")
    parser.add_argument("--cores-a-machine", type=int, default=64)
    said = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = figures(Path(folder), said)
    scales = [Scale(articles, found, said.most_shards) for articles in SIZES]
    for name, value in found.items():
        print(f"{name:<28} {value}")
    print("", *table(scales, said), sep="\n")
    for scale in scales:
        print(f"\n{scale.articles:,} articles on {max(said.cores):,} cores:")
        for need in scale.needs(max(said.cores), said):
            print(f"  {need.name:<16}{need.share:>8.1%}  {need.said}")
    rows = {
        f"{scale.articles:.0e}": {
            "core_hours": round(scale.core_hours, 1),
            "shards": round(scale.shards),
            "usd": round(scale.core_hours * said.price, 2),
            "first": scale.needs(max(said.cores), said)[0].name,
        }
        for scale in scales
    }
    print(json.dumps({**found, **rows}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
