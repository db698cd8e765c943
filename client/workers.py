"""Worker processes for a batch: chunks of lines go out, answers come back in order, and memory stays flat.

Each worker has a pipe of its own and one chunk at a time, so neither side can block the other. A worker ends when its pipe
closes, which also happens when the parent is killed.
"""

from __future__ import annotations

import contextlib
import multiprocessing as mp
import signal
from collections.abc import Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import NamedTuple

from client.exits import Exit, Failure
from client.lines import Answers, Line, Reader

WINDOW = 4
"""Chunks a worker may be ahead of the first one that is not written yet: a slow chunk must not pile up the others."""


class Worker(NamedTuple):
    """A process and this side of its pipe."""

    process: BaseProcess
    link: Connection


def spread(chunks: Iterator[list[Line]], count: int) -> Iterator[Answers]:
    """Yield the answers of every chunk, in the order of the chunks, computed by `count` processes.

    Raises Failure where a worker dies, as it does when memory runs out.
    """
    workers = _start(count)
    idle, busy = list(workers), dict[Connection, tuple[int, Worker, list[Line]]]()
    done: dict[int, Answers] = {}
    sent = written = 0
    try:
        while True:
            while idle and sent < written + WINDOW * count and (chunk := next(chunks, None)):
                worker = idle.pop()
                busy[worker.link] = (sent, worker, chunk)
                _send(worker, chunk)
                sent += 1
            if not busy:
                return
            ready = wait(busy)
            for number, worker, chunk in [busy.pop(link) for link in tuple(busy) if link in ready]:
                done[number] = _receive(worker, chunk)
                idle.append(worker)
            while written in done:
                yield done.pop(written)
                written += 1
    finally:
        _stop(workers)


def _start(count: int) -> list[Worker]:
    """Start the workers. They ignore SIGINT, or Ctrl-C would have each of them print a traceback."""
    context = mp.get_context("spawn")
    former = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        workers = []
        for _ in range(count):
            ours, theirs = context.Pipe()
            process = context.Process(target=_work, args=(theirs,), daemon=True)
            process.start()
            theirs.close()
            workers.append(Worker(process, ours))
        return workers
    finally:
        signal.signal(signal.SIGINT, former)


def _work(link: Connection) -> None:
    reader = Reader()
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            link.send(reader.answers(link.recv()))


def _send(worker: Worker, chunk: list[Line]) -> None:
    try:
        worker.link.send(chunk)
    except (BrokenPipeError, ConnectionResetError) as error:
        raise _died(worker, chunk) from error


def _receive(worker: Worker, chunk: list[Line]) -> Answers:
    try:
        answers: Answers = worker.link.recv()
    except (EOFError, ConnectionResetError) as error:
        raise _died(worker, chunk) from error
    return answers


def _died(worker: Worker, chunk: list[Line]) -> Failure:
    worker.process.join(1)
    return Failure(
        Exit.INTERNAL,
        f"a worker process ended at lines {chunk[0].number} to {chunk[-1].number} (exit code {worker.process.exitcode}), "
        "perhaps for want of memory. Try fewer --workers, or leave these lines out",
    )


def _stop(workers: list[Worker]) -> None:
    for worker in workers:
        worker.link.close()
        worker.process.terminate()
    for worker in workers:
        worker.process.join()
