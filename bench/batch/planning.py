"""What planning costs: listing an archive and looking at what is done, for an output folder of many tiny shards, in a fresh process."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import psutil

from bench.batch.articles import articles
from bench.batch.command import ROOT, environment, manifests, started
from bench.batch.family import MB
from client.batch.job import Job
from client.batch.plan import plan
from client.batch.shards import inputs, shards
from timeline import Snapshot

LINE = 512
"""Bytes of a line, and of a shard: each has one article, of which a few words are left."""
A_FILE = 100
"""Shards of a file."""
TEXT = 60
"""Characters of such an article."""
EVERY = 0.2
"""Seconds between two looks at what the driver has used of a processor."""
Value = TypeVar("Value")


def measured(folder: Path, count: int, workers: int) -> dict[str, float]:
    """Make so many tiny shards with the real command, then plan them once more; return the cost, by 1,000 shards."""
    archive, out = folder / "tiny", folder / "tiny-out"
    archive.mkdir()
    made = articles(count, 0)
    for first in range(0, count, A_FILE):
        lines = (
            each._replace(text=each.text[:TEXT]).line() for each in (next(made) for _ in range(min(A_FILE, count - first)))
        )
        (archive / f"{first:07}.jsonl").write_bytes(b"".join(line.rstrip().ljust(LINE - 1) + b"\n" for line in lines))
    begin, cpu = time.perf_counter(), 0.0
    with (
        (folder / "tiny.log").open("w") as said,
        started(archive, out, "--workers", str(workers), "--shard-size", str(LINE), said=said) as process,
    ):
        while process.poll() is None:
            times = psutil.Process(process.pid).cpu_times()
            cpu = max(cpu, times.user + times.system)  # of one that has ended it is 0
            time.sleep(EVERY)
    if process.returncode:
        raise RuntimeError(f"the batch ended with exit code {process.returncode}; its log is {folder / 'tiny.log'}")
    seconds = time.perf_counter() - begin
    thousands = len(manifests(out)) / 1000
    command = [sys.executable, "-m", "bench.batch.planning", str(archive), str(out)]
    done = subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env=environment(), text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return {
        "tiny_shards": thousands * 1000,
        "making_s_per_1000": round(seconds / thousands, 3),
        "driver_cpu_s_per_1000": round(cpu / thousands, 3),
        **{f"{name}_per_1000": round(value / thousands, 4) for name, value in found.items()},
    }


def main() -> int:
    """Plan an archive as new and as done; print one line of JSON with seconds and MB."""
    archive, out = sys.argv[1:]
    engine = Snapshot.of_this_engine()
    known = {"version": engine.version, "lexicon": engine.lexicon.hash, "hash": engine.hash}
    cut, list_s, list_mb = _taken(lambda: list(shards(inputs([archive]), LINE)))
    fresh, fresh_s, _ = _taken(lambda: plan(cut, Job(f"{out}-none")))
    done, done_s, done_mb = _taken(lambda: plan(cut, Job(out, engine=known)))
    if len(fresh.todo) != len(cut) or len(done.done) != len(cut):
        raise RuntimeError(f"of {len(cut)} shards {len(fresh.todo)} are new and {len(done.done)} done: {done.reasons}")
    found = {"list_s": list_s, "plan_new_s": fresh_s, "plan_done_s": done_s, "list_mb": list_mb, "plan_done_mb": done_mb}
    print(json.dumps(found))
    return 0


def _taken(work: Callable[[], Value]) -> tuple[Value, float, float]:
    """Return what a function returns, the seconds that it takes, and by how many MB the process grows."""
    process = psutil.Process()
    before, begin = process.memory_info().rss, time.perf_counter()
    value = work()
    return value, time.perf_counter() - begin, (process.memory_info().rss - before) / MB


if __name__ == "__main__":
    sys.exit(main())
