"""Keeps a server under load while workers die; prints figures and, last, one line of JSON. Exits with 1 over a bound.

`python -m bench.server.soak [--minutes 15]`. Threads with the client library send news, and among it bad input and calls that they
cancel. Worker 0 of two is killed every 30 seconds; worker 1 lives for the whole time, so it is the one whose memory must stay flat:
within 10 % between the end of its first minute and the end of the run. Of worker 0 the most that any of its lives held is
told. Connections are asked to end after ten seconds, where a server's own default is five minutes: else all load would go to
worker 1 with the first kill and stay there.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Sequence

import psutil

from bench.server.load import good_articles, load
from bench.server.watch import ADMIN, Sample, connections, restarts, sampled, workers
from scripts.local_server import LocalServer, local_server

WORKERS = 2
KILLED, SPARED = 0, 1
KILL_SECONDS = 30.0
WARM_SECONDS = 60.0
AROUND = 10
"""Samples, one a second, whose median is the memory at a moment."""
MOST_GROWTH = 0.1
CONNECTION_AGE = "10"


def soak(server: LocalServer, seconds: float) -> tuple[int, int]:
    """Let so many seconds pass and kill a worker now and then; return the kills, and in how many of them it had callers."""
    kills = used = 0
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        time.sleep(min(left, KILL_SECONDS))
        worker = workers(server).get(KILLED)
        if worker is None or end - time.monotonic() < KILL_SECONDS / 2:
            continue
        used += connections(worker) > 0
        try:
            worker.kill()
        except psutil.NoSuchProcess:
            continue
        kills += 1
    return kills, used


def growth(samples: Sequence[Sample]) -> dict[str, float]:
    """Return what a worker held after its first minute, at its end and at most, and by how much it grew, as a share."""
    first = [sample.mb for sample in samples if sample.at >= samples[0].at + WARM_SECONDS][:AROUND]
    last = [sample.mb for sample in samples][-AROUND:]
    begin, end = statistics.median(first), statistics.median(last)
    return {
        "warm_mb": round(begin, 1),
        "end_mb": round(end, 1),
        "most_mb": round(max(sample.mb for sample in samples), 1),
        "growth": round(end / begin - 1, 4),
    }


def main() -> int:
    """Run, print; return the exit code."""
    parser = argparse.ArgumentParser(description="Keep a server under load while workers die.")
    parser.add_argument("--minutes", type=float, default=15.0, help="how long, 1.5 at least (default: %(default)s)")
    parser.add_argument("--threads", type=int, default=6, help="callers (default: %(default)s)")
    said = parser.parse_args()
    if said.minutes < 1.5:
        parser.error("the first minute warms up: a run takes 1.5 minutes at least")
    goods = good_articles()
    with local_server(WORKERS, *ADMIN, "--connection-age", CONNECTION_AGE, "--log-level", "warning") as server:
        spared = workers(server)[SPARED].pid
        began = time.monotonic()
        with sampled(server) as samples, load(server.address, goods, said.threads) as tally:
            kills, used = soak(server, said.minutes * 60)
        seconds = time.monotonic() - began
        lived = workers(server)[SPARED].pid == spared
        replaced = restarts(server)
        faults = sum('"level": "error"' in line for line in server.log.read_text(encoding="utf-8").splitlines())
    figures: dict[str, object] = {
        "minutes": round(seconds / 60, 2),
        "threads": said.threads,
        **tally.figures(seconds),
        "kills": kills,
        "kills_of_a_worker_with_callers": used,
        "restarts": replaced,
        "errors_logged": faults,
        "worker_0_most_mb": round(max(sample.mb for sample in samples[KILLED]), 1),
        "worker_0_lives": len({sample.pid for sample in samples[KILLED]}),
        "worker_1": growth(samples[SPARED]),
    }
    broken = [name for name in ("good_failed", "bad_wrong", "errors_logged") if figures[name]]
    broken += ["restarts"] * (replaced != kills) + ["worker 1 did not live"] * (not lived)
    broken += ["memory of worker 1"] * (abs(growth(samples[SPARED])["growth"]) > MOST_GROWTH)
    for name, figure in figures.items():
        print(f"{name:<32}{figure}")
    for line in tally.said:
        print(line)
    print(f"over the bound: {', '.join(broken)}" if broken else "within every bound; the server ended with 0")
    print(json.dumps({**figures, "broken": broken}))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
