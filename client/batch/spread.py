"""Worker processes for a batch: chunks of lines go out, answers come back in order, and memory stays flat.

Each worker has a pipe of its own and one chunk at a time, so neither side can block the other. A worker ends when its pipe
closes, which also happens when the parent is killed. Where a worker dies, as it does when memory runs out, another one gets
its chunk line by line, and the line that kills that one too becomes an error record.
"""

from __future__ import annotations

import contextlib
import multiprocessing as mp
import signal
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import NamedTuple, Protocol

from client.lines import Answers, Line, Reader, lost

WINDOW = 4
"""Chunks a worker may be ahead of the first one that is not written yet: a slow chunk must not pile up the others."""


class Answering(Protocol):
    """What answers lines in a worker."""

    def answers(self, lines: Sequence[Line]) -> Answers:
        """Return one line of output for each line of input, in order."""


Make = Callable[[], Answering]


class Worker(NamedTuple):
    """A process and this side of its pipe."""

    process: BaseProcess
    link: Connection


def spread(chunks: Iterator[list[Line]], count: int, make: Make = Reader) -> Iterator[Answers]:
    """Yield the answers of every chunk, in the order of the chunks, computed by what `make` makes in `count` processes."""
    workers = [_start(make) for _ in range(count)]
    idle, busy = list(range(count)), dict[Connection, tuple[int, int, list[Line]]]()
    done: dict[int, Answers] = {}
    sent = written = 0
    try:
        while True:
            while idle and sent < written + WINDOW * count and (chunk := next(chunks, None)):
                place = idle.pop()
                busy[workers[place].link] = (sent, place, chunk)
                _send(workers[place], chunk)
                sent += 1
            if not busy:
                return
            ready = wait(busy)
            for number, place, chunk in [busy.pop(link) for link in tuple(busy) if link in ready]:
                done[number] = _receive(workers[place]) or _one_by_one(chunk, workers, place, make)
                idle.append(place)
            while written in done:
                yield done.pop(written)
                written += 1
    finally:
        _stop(workers)


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
    answering = make()
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            link.send(answering.answers(link.recv()))


def _send(worker: Worker, chunk: list[Line]) -> None:
    # A worker that is dead is found so when its answer is waited for.
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        worker.link.send(chunk)


def _receive(worker: Worker) -> Answers | None:
    """Return a worker's answers, None where it died."""
    try:
        answers: Answers = worker.link.recv()
    except (EOFError, ConnectionResetError):
        return None
    return answers


def _one_by_one(chunk: list[Line], workers: list[Worker], place: int, make: Make) -> Answers:
    """Return the answers of a chunk whose worker died, and put a worker that lives in its place."""
    _replace(workers, place, make)
    answered = []
    for line in chunk:
        _send(workers[place], [line])
        answers = _receive(workers[place])
        if answers is None:
            answers = lost(line, _replace(workers, place, make))
        answered.append(answers)
    return Answers.joined(answered)


def _replace(workers: list[Worker], place: int, make: Make) -> int | None:
    """Start a worker in the place of a dead one and return the exit code of that."""
    dead = workers[place]
    _stop([dead])
    workers[place] = _start(make)
    return dead.process.exitcode


def _stop(workers: list[Worker]) -> None:
    for worker in workers:
        worker.link.close()
        worker.process.terminate()
    for worker in workers:
        worker.process.join()
