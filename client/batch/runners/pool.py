"""The pool: shards on processes of this machine. A worker that dies costs its shard some time, and no shard is lost.

Workers are spawned, not forked, so that nothing of the parent's threads and locks is in them. They heed no signal but SIGKILL:
an interrupted job lets them end the shards that they have. A worker whose parent was killed notices and ends.
"""

from __future__ import annotations

import contextlib
import multiprocessing as mp
import os
import signal
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from ctypes import Array, c_longlong
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import NamedTuple

from client.batch.heap import enlarge, settle
from client.batch.manifest import Manifest
from client.batch.process import Tick
from client.batch.runners import Outcome, Watch
from client.batch.shards import Shard
from client.exits import Exit, Failure, bug

EVERY = 0.2
"""Seconds between two looks at what is in flight."""
HEEDLESS = (signal.SIGINT, signal.SIGTERM)
"""What workers do not heed."""
DEATHS, PATIENCE = 2, 8
"""Deaths of workers after which their shard is done with care, and after which it is given up for this run."""

Do = Callable[[Shard, Tick, bool], Manifest]
"""Does a shard; with care where the last argument says so: each article in a process of its own reach."""
Make = Callable[[], Do]


class _Worker(NamedTuple):
    process: BaseProcess
    link: Connection
    counts: Array[c_longlong]  # articles, failed, bytes of the shard in flight


class Pool:
    """Runs shards on `count` processes, each with what `make` makes."""

    def __init__(self, make: Make, count: int) -> None:
        self._make = make
        self._count = count

    def run(self, shards: Iterable[Shard], watch: Watch) -> Iterator[Outcome]:
        """Yield what came of every shard that was begun."""
        waiting, deaths = deque[Shard](), Counter[str]()
        source = iter(shards)
        workers: list[_Worker] = []
        busy: dict[Connection, tuple[_Worker, Shard]] = {}
        idle: list[_Worker] = []
        try:
            while True:
                while not watch.stopping and (idle or len(workers) < self._count):
                    shard = waiting.popleft() if waiting else next(source, None)
                    if shard is None:
                        break
                    worker = idle.pop() if idle else self._start()
                    if worker not in workers:
                        workers.append(worker)
                    busy[worker.link] = worker, shard
                    _send(worker, shard, deaths[shard.name] >= DEATHS)
                if not busy:
                    return
                for link in wait(busy, EVERY):
                    worker, shard = busy.pop(link)  # type: ignore[call-overload]  # what waits is what was asked for
                    result = _receive(worker)
                    if result is not None:
                        idle.append(worker)
                        yield Outcome(shard, result)
                        continue
                    workers.remove(worker)
                    _stop([worker])
                    deaths[shard.name] += 1
                    if deaths[shard.name] < PATIENCE:
                        waiting.append(shard)
                    else:
                        yield Outcome(shard, _killed(worker, shard))
                watch.live(*(sum(worker.counts[k] for worker, _ in busy.values()) for k in range(3)))
        finally:
            _stop(workers)

    def _start(self) -> _Worker:
        context = mp.get_context("spawn")
        counts = context.RawArray(c_longlong, 3)
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs, self._make, counts, os.getpid()))
        resource_tracker.ensure_running()  # else it starts with the worker, and unblocks them
        # The worker inherits the mask, so that Ctrl-C does no harm to one that is not as far as to ignore it.
        former = signal.pthread_sigmask(signal.SIG_BLOCK, HEEDLESS)
        try:
            process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, former)
        theirs.close()
        return _Worker(process, ours, counts)


def _work(link: Connection, make: Make, counts: Array[c_longlong], parent: int) -> None:
    for number in HEEDLESS:
        signal.signal(number, signal.SIG_IGN)

    def tick(articles: int, failed: int, size: int) -> None:
        counts[0], counts[1], counts[2] = articles, failed, size
        if os.getppid() != parent:
            raise SystemExit(Exit.INTERRUPTED)

    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        do: Do | None = None
        while True:
            shard, careful = link.recv()
            tick(0, 0, 0)
            try:
                if do is None:
                    do = make()
                    settle()
                result: object = do(shard, tick, careful)
            except Failure as failure:
                result = failure.code, failure.message
            except Exception as error:  # noqa: BLE001 - a bug in one shard must not cost the others
                result = Exit.INTERNAL, f"{shard.name}: {bug(error).message}"
            link.send(result)
            enlarge()


def _send(worker: _Worker, shard: Shard, careful: bool) -> None:  # noqa: FBT001 - it goes over a pipe
    # A worker that is dead is found so when its answer is waited for.
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        worker.link.send((shard, careful))


def _receive(worker: _Worker) -> Manifest | Failure | None:
    """Return what a worker made of its shard, None where it died."""
    try:
        result = worker.link.recv()
    except (EOFError, ConnectionResetError):
        return None
    return Failure(*result) if isinstance(result, tuple) else result


def _killed(worker: _Worker, shard: Shard) -> Failure:
    said = f"{shard.name}: its worker process died {PATIENCE} times (the last time with exit code {worker.process.exitcode})"
    return Failure(Exit.TRY_LATER, f"{said}; there may be too little memory for so many workers")


def _stop(workers: Iterable[_Worker]) -> None:
    for worker in workers:
        worker.link.close()
        worker.process.kill()
    for worker in workers:
        worker.process.join()
