"""Drains a server under load while another one stands by; prints figures and, last, one line of JSON. Exits with 1 over a bound.

`python -m bench.server.drain [--rounds 5]`. Callers know both servers by one target of gRPC and are on the first one, as grpc does
unless told otherwise. It gets SIGTERM under load: no good call may fail, the first server must end with 0, and the second one
must then have the calls. Calls and streams are those of the soak.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter

from bench.server.load import good_articles, load
from scripts.local_server import local_server

WORKERS = 1
SECONDS = 3.0
"""How long callers go on before the drain, and after it."""


def drain(threads: int, seed: int) -> tuple[Counter[str], float, list[str]]:
    """Return what came of the calls around a drain, how many seconds it took, and what was wrong."""
    goods = good_articles()
    with local_server(WORKERS) as first, local_server(WORKERS) as second:
        with load(f"ipv4:{first.address},{second.address}", goods, threads, seed) as tally:
            time.sleep(SECONDS)
            before = tally.counts["good"]
            began = time.monotonic()
            code = first.stop()
            taken = time.monotonic() - began
            during = tally.counts["good"]
            time.sleep(SECONDS)
        counts = Counter({"before": before, "during": during - before, "after": tally.counts["good"] - during})
        counts.update({name: tally.counts[name] for name in ("good", "good_failed", "bad", "bad_wrong", "cancelled")})
        calls = [server.log.read_text(encoding="utf-8").count('"message": "call"') for server in (first, second)]
    counts["calls_of_first"], counts["calls_of_second"] = calls
    said = list(tally.said)
    said += [f"the drained server ended with {code}"] * (code != 0)
    said += [f"callers did not move: {calls}"] * (not all(calls) or not counts["after"])
    return counts, taken, said


def main() -> int:
    """Run, print; return the exit code."""
    parser = argparse.ArgumentParser(description="Drain a server under load while another one stands by.")
    parser.add_argument("--rounds", type=int, default=5, help="how often (default: %(default)s)")
    parser.add_argument("--threads", type=int, default=6, help="callers (default: %(default)s)")
    said = parser.parse_args()
    total: Counter[str] = Counter()
    slowest = 0.0
    wrong: list[str] = []
    for number in range(said.rounds):
        counts, taken, found = drain(said.threads, number)
        print(f"round {number}: {dict(counts)}; the drain took {taken:.2f} s")
        total.update(counts)
        slowest = max(slowest, taken)
        wrong += found
    for line in wrong:
        print(line)
    print(json.dumps({"rounds": said.rounds, **total, "slowest_drain_s": round(slowest, 2), "broken": wrong}))
    return 1 if wrong or total["good_failed"] or total["bad_wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
