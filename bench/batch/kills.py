"""Kills a batch again and again, its driver and its workers, and resumes it: nothing may be lost, nothing done twice, no byte other.

    python -m bench.batch.kills [--kills 50] [--articles 6000] [--seed 1] [--longest 2.5]

Each kill is a `kill -9` of a process of the real command after a random time; after one of the driver the same command is started
again at once, while the workers of the dead one may still be ending. Where a run reaches its end before all kills are done, it is
compared and another one begins. Exits with 1 where anything differs from a run that was left alone.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random
from typing import IO

import psutil

from bench.batch.articles import write
from bench.batch.command import hashes, manifests, ran, started
from bench.batch.family import DRIVER, WORKER, workers

SOONEST = 0.05
"""Seconds that the next victim lives at least."""
DRIVERS = 0.4
"""How often the driver is the victim."""
ENDING = 20.0
"""Seconds in which workers without a driver must have ended."""


class Killing:
    """A batch that is killed; what it must come to are the hashes of a run that was left alone."""

    def __init__(self, archive: Path, out: Path, options: tuple[str, ...], expected: dict[str, str], said: IO[str]) -> None:
        self._batch = archive, out
        self._options = options
        self._expected = expected
        self._said = said
        self._seen: set[psutil.Process] = set()
        self.kills: Counter[str] = Counter()
        self.tally: Counter[str] = Counter()

    def run(self, random: Random, kills: int, longest: float) -> None:
        """Kill so often, each time after so many seconds at most, then let the batch come to its end."""
        while self.kills.total() < kills:
            with started(*self._batch, *self._options, said=self._said) as process:
                self.tally["starts"] += 1
                while self.kills.total() < kills and process.poll() is None:
                    time.sleep(random.uniform(SOONEST, longest))
                    self._kill(process.pid, random)
                if self.kills.total() == kills:
                    self._resume(process.wait())
                elif process.wait() == 0:
                    self._compare()
                    shutil.rmtree(self._batch[1])
                elif process.returncode > 0:
                    self.tally["runs that gave something up"] += 1
                    if self.tally["runs that gave something up"] > kills:
                        raise RuntimeError(f"the batch ends again and again, the last time with exit code {process.returncode}")

    def _kill(self, driver: int, random: Random) -> None:
        role = DRIVER if random.random() < DRIVERS else WORKER
        try:
            process = psutil.Process(driver)
            while not (found := workers(driver)) and role == WORKER and _lives(process):  # it is still planning
                time.sleep(SOONEST)
            if not _lives(process):
                return
            self._seen.update(found)
            victim = random.choice(found) if role == WORKER else process
            victim.kill()
        except psutil.NoSuchProcess:  # it has ended by itself
            return
        self.kills[role] += 1

    def _resume(self, code: int) -> None:
        """Bring the batch to its end, whatever came of the last start, and compare."""
        _, alive = psutil.wait_procs(self._seen, ENDING)
        self.tally["workers that outlived their driver"] += len(alive)
        if code:
            self.tally["starts"] += 1
            ran(*self._batch, *self._options)
        self._compare()

    def _compare(self) -> None:
        found = hashes(self._batch[1])
        names = found.keys() | self._expected.keys()
        self.tally["runs to the end"] += 1
        self.tally["files that differ"] += sum(found.get(name) != self._expected.get(name) for name in names)


def _lives(process: psutil.Process) -> bool:
    return process.status() != psutil.STATUS_ZOMBIE


def ids(out: Path) -> list[str]:
    """Return the ids of the articles that have answers, in order."""
    found = []
    for name, manifest in manifests(out).items():
        with (out / name).with_name(manifest["output"]["name"]).open(encoding="utf-8") as file:
            found += [str(json.loads(line)["articleId"]) for line in file]
    return found


def main() -> int:
    """Kill, compare, print; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--articles", type=int, default=6000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--longest", type=float, default=2.5, help="seconds between two kills at most")
    parser.add_argument("--shard-size", default="256K", help="small, so that each start finishes some shards")
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    said = parser.parse_args()
    options = ("--workers", str(said.workers), "--shard-size", said.shard_size)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive = write(folder / "archive" / "news.jsonl", said.articles).parent
        alone = ran(archive, folder / "alone", *options)
        begin = time.perf_counter()
        with (folder / "killed.log").open("w") as log:
            killing = Killing(archive, folder / "out", options, hashes(folder / "alone"), log)
            killing.run(Random(said.seed), said.kills, said.longest)  # noqa: S311 - nothing secret
        seconds = time.perf_counter() - begin
        once = ids(folder / "out") == [f"a{number:07}" for number in range(said.articles)]
    figures: dict[str, object] = {
        "articles": said.articles,
        "kills of the driver": killing.kills[DRIVER],
        "kills of workers": killing.kills[WORKER],
        **killing.tally,
        "every article once": once,
        "seconds left alone": round(alone.seconds, 1),
        "seconds with kills": round(seconds, 1),
    }
    for figure, value in figures.items():
        print(f"{figure:<36}{value}")
    print(json.dumps({figure.replace(" ", "_"): value for figure, value in figures.items()}))
    return (
        0 if once and not killing.tally["files that differ"] and not killing.tally["workers that outlived their driver"] else 1
    )


if __name__ == "__main__":
    sys.exit(main())
