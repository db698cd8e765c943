"""One stream of records over worker processes: chunks go out, answers come back in order, and memory stays flat.

Each worker has a pipe of its own and one chunk at a time, so neither side can block the other. A worker ends when its pipe
closes, which also happens when the parent is killed. Where a worker dies, as it does when memory runs out, another one gets
its chunk record by record, and the record that goes on killing workers gets a fault for an answer.
"""

from __future__ import annotations

import contextlib
import multiprocessing as mp
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import NamedTuple

from client.batch.answering import Answer, Local, lost
from client.batch.heap import enlarge, settle
from client.batch.job import Job
from client.batch.records import Record

WINDOW = 4
"""Chunks a worker may be ahead of the first one that is not taken yet: a slow chunk must not pile up the others."""
CHUNK_RECORDS, CHUNK_BYTES = 32, 256 * 1024
"""Where a chunk ends: at so many records, or at the one that reaches so many bytes."""
TRIES = 3
"""Workers that a record alone must have killed before it counts as their killer: a machine may be short of memory for other reasons."""

Make = Callable[[], Callable[[Record], Answer]]


class Worker(NamedTuple):
    """A process and this side of its pipe."""

    process: BaseProcess
    link: Connection


class Spread:
    """Answers on up to `count` processes, as many as there are chunks for, each with what `make` makes: by default an own engine."""

    def __init__(self, job: Job, count: int, make: Make | None = None) -> None:
        self._job = job
        self._count = count
        self._make = make or partial(_local, job)

    def answers(self, records: Iterable[Record]) -> Iterator[tuple[Record, Answer]]:
        """Yield every record with its answer."""
        workers: list[Worker] = []
        idle, busy = list[int](), dict[Connection, tuple[int, int, list[Record]]]()
        done: dict[int, tuple[list[Record], list[Answer]]] = {}
        sent = taken = 0
        chunks = _chunks(records)
        try:
            while True:
                while (
                    (idle or len(workers) < self._count)
                    and sent < taken + WINDOW * self._count
                    and (chunk := next(chunks, None))
                ):
                    if not idle:
                        idle.append(len(workers))
                        workers.append(_start(self._make))
                    place = idle.pop()
                    busy[workers[place].link] = (sent, place, chunk)
                    _send(workers[place], chunk)
                    sent += 1
                if not busy:
                    return
                ready = wait(busy)
                for number, place, chunk in [busy.pop(link) for link in tuple(busy) if link in ready]:
                    done[number] = chunk, _receive(workers[place]) or self._one_by_one(chunk, workers, place)
                    idle.append(place)
                while taken in done:
                    yield from zip(*done.pop(taken), strict=True)
                    taken += 1
        finally:
            _stop(workers)

    def _one_by_one(self, chunk: list[Record], workers: list[Worker], place: int) -> list[Answer]:
        """Return the answers of a chunk whose worker died, and put a worker that lives in its place."""
        self._replace(workers, place)
        return [self._alone(record, workers, place) for record in chunk]

    def _alone(self, record: Record, workers: list[Worker], place: int) -> Answer:
        code: int | None = None
        for _ in range(TRIES):
            _send(workers[place], [record])
            answers = _receive(workers[place])
            if answers is not None:
                return answers[0]
            code = self._replace(workers, place)
        return lost(record, self._job, code)

    def _replace(self, workers: list[Worker], place: int) -> int | None:
        """Start a worker in the place of a dead one and return the exit code of that."""
        dead = workers[place]
        _stop([dead])
        workers[place] = _start(self._make)
        return dead.process.exitcode


def _local(job: Job) -> Callable[[Record], Answer]:
    return Local(job).answer


def _chunks(records: Iterable[Record]) -> Iterator[list[Record]]:
    chunk: list[Record] = []
    size = 0
    for record in records:
        chunk.append(record)
        size += len(record.data)
        if len(chunk) == CHUNK_RECORDS or size >= CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _start(make: Make) -> Worker:
    """Start a worker. It ignores SIGINT, or Ctrl-C would have each of them print a traceback."""
    context = mp.get_context("spawn")
    former = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs, make), daemon=True)
        process.start()
        theirs.close()
        return Worker(process, ours)
    finally:
        signal.signal(signal.SIGINT, former)


def _work(link: Connection, make: Make) -> None:
    answer = make()
    settle()
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            link.send(list(map(answer, link.recv())))
            enlarge()


def _send(worker: Worker, chunk: Sequence[Record]) -> None:
    # A worker that is dead is found so when its answer is waited for.
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        worker.link.send(chunk)


def _receive(worker: Worker) -> list[Answer] | None:
    """Return a worker's answers, None where it died."""
    try:
        answers: list[Answer] = worker.link.recv()
    except (EOFError, ConnectionResetError):
        return None
    return answers


def _stop(workers: list[Worker]) -> None:
    for worker in workers:
        worker.link.close()
        worker.process.terminate()
    for worker in workers:
        worker.process.join()
