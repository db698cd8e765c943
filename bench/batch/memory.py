"""How much memory a batch takes: the peak of each worker and of the driver, for archives of several sizes and forms.

    python -m bench.batch.memory [--sizes 1000 20000 200000] [--packed 20000] [--parquet 20000] [--workers N]

A worker's memory must not depend on how much there is to read. Resident memory counts what processes share in each of them; the
proportional (PSS) and the own (USS) are told beside. Exits with 1 where a worker takes more than the bound. 200,000 articles take
1 GB of disk, their answers several.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.batch.articles import COLUMNS, RARE, write
from bench.batch.command import started
from bench.batch.family import DRIVER, OTHER, WORKER, Held, watched

MOST_MB = 150.0
PARTS = 10
"""Parts of a run of which each tells its most."""


def watch(archive: Path, out: Path, *options: str) -> list[Held]:
    """Run a batch and return what its processes held; raises RuntimeError where not every article has an answer."""
    log = out.with_name(f"{out.name}.log")
    with log.open("w") as said, started(archive, out, *options, said=said) as process:
        held = list(watched(process))
        code = process.wait()
    if code:
        raise RuntimeError(f"the batch ended with exit code {code}; it said:\n{log.read_text(encoding='utf-8')}")
    return held


def figures(held: Sequence[Held]) -> dict[str, object]:
    """Return the most that each sort of process held, in MB, and that of each tenth of the run."""
    found: dict[str, object] = {"seconds": round(held[-1].at, 1)}
    for role in (WORKER, DRIVER, OTHER):
        of = [each for each in held if each.role == role]
        found |= {
            f"{role}_peak_mb": round(max((each.peak for each in of), default=0), 1),
            f"{role}_pss_mb": round(max((each.pss for each in of), default=0), 1),
            f"{role}_uss_mb": round(max((each.uss for each in of), default=0), 1),
        }
    found["workers_seen"] = len({each.pid for each in held if each.role == WORKER})
    for role in (WORKER, DRIVER):
        found[f"{role}_rss_over_time_mb"] = _over_time(held, role)
    return found


def _over_time(held: Sequence[Held], role: str) -> list[float]:
    """Return the most that one process of a sort held in each part of the run."""
    most = [0.0] * PARTS
    for each in held:
        if each.role == role:
            part = min(int(each.at / max(held[-1].at, 0.001) * PARTS), PARTS - 1)
            most[part] = max(most[part], each.rss)
    return [round(each, 1) for each in most]


def main() -> int:
    """Print the figures and, last, one line of JSON; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1000, 20_000, 200_000])
    parser.add_argument("--packed", type=int, default=20_000, help="articles of one packed file, which is one shard; 0: none")
    parser.add_argument("--parquet", type=int, default=20_000, help="articles from Parquet to Parquet; 0: none")
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--rare", type=int, default=RARE)
    said = parser.parse_args()
    cases: list[tuple[str, str, int, tuple[str, ...]]] = [(f"{size:,} articles", "jsonl", size, ()) for size in said.sizes]
    if said.packed:
        cases.append((f"one packed file of {said.packed:,}", "jsonl.gz", said.packed, ()))
    if said.parquet:
        cases.append((f"Parquet in and out, {said.parquet:,}", "parquet", said.parquet, ("--format", "parquet", *COLUMNS)))
    found: dict[str, dict[str, object]] = {}
    for name, form, count, options in cases:
        with tempfile.TemporaryDirectory() as folder:
            archive = write(Path(folder) / "archive" / f"news.{form}", count, said.rare)
            held = watch(archive.parent, Path(folder) / "out", "--workers", str(said.workers), *options)
        found[name] = figures(held)
        print(name)
        for figure, value in found[name].items():
            print(f"  {figure:<28} {value}", flush=True)
    worst = max(float(str(each["worker_peak_mb"])) for each in found.values())
    print(f"the most that a worker held: {worst} MB of at most {MOST_MB}")
    print(json.dumps({**found, "worst_worker_mb": worst, "most_mb": MOST_MB}, ensure_ascii=False))
    return 0 if worst <= MOST_MB else 1


if __name__ == "__main__":
    sys.exit(main())
