"""A Ray cluster against the pool: `timeline batch --runner ray` on two nodes of one processor each, on this machine.

    python -m bench.batch.cluster [--articles 20000] [--rounds 3] [--nodes 2]

Both read the same archive, in turn, each from the start of the command to its end; the nodes run before. The pool has as many workers
as the cluster has nodes. Exits with 1 where the answers differ or the cluster is slower than the bound says.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from bench.batch.articles import COUNT, RARE, write
from bench.batch.command import hashes, ran
from bench.batch.nodes import nodes

LEAST = 0.5


def main() -> int:
    """Run both, compare, print; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=COUNT)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--nodes", type=int, default=2)
    parser.add_argument("--rare", type=int, default=RARE)
    parser.add_argument("--shard-size", default="1M", help="as of the command; smaller for small trials")
    said = parser.parse_args()
    seconds: dict[str, list[float]] = {"pool": [], "ray": []}
    equal = True
    with tempfile.TemporaryDirectory() as name, nodes(said.nodes) as cluster:
        folder = Path(name)
        archive = write(folder / "archive" / "news.jsonl", said.articles, said.rare).parent
        options = {
            "pool": ("--shard-size", said.shard_size, "--workers", str(said.nodes)),
            "ray": ("--shard-size", said.shard_size, "--runner", "ray", "--address", cluster.address),
        }
        for _ in range(said.rounds):
            for runner, chosen in options.items():
                shutil.rmtree(folder / runner, ignore_errors=True)
                seconds[runner].append(ran(archive, folder / runner, *chosen, env=cluster.env).seconds)
            equal = equal and hashes(folder / "pool") == hashes(folder / "ray")
    ratios = [pool / ray for pool, ray in zip(seconds["pool"], seconds["ray"], strict=True)]
    ratio = round(statistics.median(ratios), 3)
    for runner, taken in seconds.items():
        rate = said.articles / statistics.median(taken)
        print(
            f"{runner:<6}{statistics.median(taken):>8.1f} s, {rate:,.0f} articles a second   {' '.join(f'{each:.1f}' for each in taken)}"
        )
    print(f"ray against the pool: {ratio} ({' '.join(f'{each:.3f}' for each in ratios)}); the answers are equal: {equal}")
    figures = {"nodes": said.nodes, "articles": said.articles, "ratio": ratio, "equal": equal, "least_ratio": LEAST}
    print(json.dumps(figures | {f"{runner}_s": round(statistics.median(taken), 2) for runner, taken in seconds.items()}))
    return 0 if equal and ratio >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main())
