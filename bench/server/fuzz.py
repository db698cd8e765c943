"""Sends mutated requests to a real server and judges every answer; prints figures and, last, one line of JSON.

`python -m bench.server.fuzz [--requests N] [--seed N]`. No request may crash a worker, end with a status that is the server's fault,
bring an answer whose spans or ids are wrong, or have another answer when it is asked again; and reading may take half a second for
each started 10 KB. What was slow over the wire, where calls wait for each other, is timed again in process, alone: what counts is
the best of three. Exits with 1 where anything was wrong; the requests at fault lie in a folder that it names.
"""

from __future__ import annotations

import argparse
import heapq
import json
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from google.rpc.code_pb2 import Code

from bench.server.callers import Caller, Outcome
from bench.server.cases import Case, Way, case
from bench.server.texts import ARTICLES
from bench.server.verdicts import allowed_ms, faults, reading_ms
from bench.server.watch import ADMIN, resident_mb, restarts, workers
from eventtimeline.v1 import timeline_pb2 as pb
from scripts.local_server import LocalServer, local_server
from timeline import Extractor

WORKERS = 2
THREADS = 4
BATCH = 250
SAMPLE = 25
"""One in so many requests of streams is asked again, for the same bytes."""
SLOWEST = 1000
"""How many of the slowest are timed again."""
MOST_KEPT = 20
GOOD = Case(-1, Way.EXTRACT, pb.ExtractTimelineRequest(article=pb.Article(id="good", text=ARTICLES[0])).SerializeToString())


class Fault(NamedTuple):
    """What is wrong, and with which request."""

    case: Case
    said: str


class Book:
    """What came of the requests by now; threads share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.codes: Counter[str] = Counter()
        self.ways: Counter[str] = Counter()
        self.sizes = 0
        self.again = 0
        self.faults: list[Fault] = []
        self.slowest: list[tuple[float, int]] = []

    def note(self, outcome: Outcome) -> None:
        """Judge an outcome and count it."""
        try:
            found = [Fault(outcome.case, said) for said in faults(outcome)]
        except Exception as error:  # noqa: BLE001 - the judge shares code with the server, which then failed too
            found = [Fault(outcome.case, f"judging it raises {error!r}")]
        slow = (outcome.ms / allowed_ms(outcome.case), outcome.case.number)
        with self._lock:
            self.codes[Code.Name(Code.ValueType(outcome.code))] += 1
            self.ways[outcome.case.way.value] += 1
            self.sizes += len(outcome.case.data)
            self.faults += found
            (heapq.heappush if len(self.slowest) < SLOWEST else heapq.heappushpop)(self.slowest, slow)

    def compare(self, first: Outcome, second: Outcome) -> None:
        """Note whether a request that was sent twice had the same answer, but for a time limit that one of them met."""
        with self._lock:
            self.again += 1
            if first.data != second.data and Code.DEADLINE_EXCEEDED not in (first.code, second.code):
                self.faults.append(Fault(first.case, "asked again, the answer is another"))


class Result(NamedTuple):
    """What a run found."""

    faults: list[Fault]
    figures: dict[str, object]


def run(requests: int, seed: int, threads: int = THREADS) -> Result:
    """Send so many requests to a server of its own and return what came of them."""
    book = Book()
    with local_server(WORKERS, *ADMIN, "--http", "127.0.0.1:0", "--log-level", "warning") as server:
        pids = {number: worker.pid for number, worker in workers(server).items()}
        good = _good(server)
        memory = resident_mb(server)
        began = time.perf_counter()
        with ThreadPoolExecutor(threads) as pool:
            starts = range(0, requests, BATCH)
            list(
                pool.map(lambda at: _batch(server, book, [case(seed, k) for k in range(at, min(at + BATCH, requests))]), starts)
            )
        seconds = time.perf_counter() - began
        found = list(book.faults)
        if pids != {number: worker.pid for number, worker in workers(server).items()} or restarts(server):
            found.append(Fault(GOOD, f"workers ended: {restarts(server)} were replaced"))
        if good.data != _good(server).data or good.code != Code.OK:
            found.append(Fault(GOOD, "a good article has another answer than before"))
        after = resident_mb(server)
        said = [line for line in server.log.read_text(encoding="utf-8").splitlines() if '"level": "error"' in line]
        found += [Fault(GOOD, f"the server logged {line}") for line in said[:MOST_KEPT]]
    slow = _timed_again(seed, book.slowest)
    found += [
        Fault(each, f"reading took {ms:.0f} ms, {allowed_ms(each):.0f} are allowed")
        for ms, each in slow
        if ms > allowed_ms(each)
    ]
    share, worst = max(((ms / allowed_ms(each), each.number) for ms, each in slow), default=(0.0, -1))
    figures: dict[str, object] = {
        "requests": book.codes.total(),
        "seed": seed,
        "seconds": round(seconds, 1),
        "request_mb": round(book.sizes / 2**20, 1),
        "codes": dict(book.codes.most_common()),
        "ways": dict(book.ways.most_common()),
        "asked_again": book.again,
        "slowest_share_of_allowed": round(share, 4),
        "slowest_request": worst,
        "memory_mb": {str(number): [round(mb, 1), round(after.get(number, 0.0), 1)] for number, mb in memory.items()},
        "faults": len(found),
    }
    return Result(found, figures)


def _good(server: LocalServer) -> Outcome:
    caller = Caller(server)
    try:
        return caller.one(GOOD)
    finally:
        caller.close()


def _batch(server: LocalServer, book: Book, cases: Sequence[Case]) -> None:
    caller = Caller(server)
    try:
        streamed = [each for each in cases if each.way is Way.STREAM]
        sample = streamed[::SAMPLE]
        first = {}
        for outcome in caller.stream(streamed):
            book.note(outcome)
            if outcome.case in sample:
                first[outcome.case] = outcome
        for outcome in caller.stream(sample):
            book.compare(first[outcome.case], outcome)
        for each in cases:
            if each.way is not Way.STREAM:
                book.note(caller.one(each))
    finally:
        caller.close()


def _timed_again(seed: int, slowest: Sequence[tuple[float, int]]) -> list[tuple[float, Case]]:
    """Return the milliseconds that the slowest requests take in process: once, or the best of three where that is much."""
    extractor = Extractor()
    reading_ms(extractor, GOOD)
    found = []
    for _, number in slowest:
        again = case(seed, number)
        ms = reading_ms(extractor, again)
        if ms > allowed_ms(again) / 20:
            ms = min(ms, reading_ms(extractor, again), reading_ms(extractor, again))
        found.append((ms, again))
    return found


def _kept(found: Sequence[Fault]) -> Path:
    """Return a new folder with the requests at fault."""
    folder = Path(tempfile.mkdtemp(prefix="timeline-fuzz-"))
    for k, fault in enumerate(found[:MOST_KEPT]):
        name = folder / f"{k:02}-{fault.case.way.name.lower()}-{fault.case.number}"
        name.with_suffix(".bin").write_bytes(fault.case.data)
        name.with_suffix(".txt").write_text(fault.said + "\n", encoding="utf-8")
    return folder


def main() -> int:
    """Run, print; return the exit code."""
    parser = argparse.ArgumentParser(description="Send mutated requests to a server and judge its answers.")
    parser.add_argument("--requests", type=int, default=200_000, metavar="N", help="how many (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="which ones (default: %(default)s)")
    said = parser.parse_args()
    found, figures = run(said.requests, said.seed)
    for name, figure in figures.items():
        print(f"{name:<26}{figure}")
    for fault in found[:MOST_KEPT]:
        print(f"request {fault.case.number} ({fault.case.way.value}): {fault.said}")
    if found:
        print(f"{len(found)} faults; the requests lie in {_kept(found)}")
    print(json.dumps(figures))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
