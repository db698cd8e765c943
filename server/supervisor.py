"""Keeps workers alive on one port. Imports no grpc: it must start at once, stay small, and survive what kills a worker.

Workers share the port by SO_REUSEPORT: the kernel spreads connections over them, and a dead one takes only its own calls
with it. The supervisor holds the port without listening on it, so that no other program takes it between two workers.
"""

from __future__ import annotations

import logging
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from enum import Enum
from typing import NamedTuple

from server.options import Address, Options

RESTART_DELAY = 1.0
"""Seconds to wait after a worker that never came to serve, so that a lasting fault does not spin."""

KILL_DELAY = 5.0
"""Seconds beyond the grace after which a worker that does not end is killed."""

STOP_SIGNALS = frozenset({signal.SIGTERM, signal.SIGINT})

log = logging.getLogger("server")

Worker = subprocess.Popen[str]


class What(Enum):
    """What can happen to a supervisor."""

    READY = 1
    DIED = 2
    RESTART = 3
    STOP = 4


class News(NamedTuple):
    """Something that happened, and to which worker."""

    what: What
    worker: Worker | None = None


class Supervisor:
    """Starts workers, says when all of them serve, replaces those that die, and ends them when told to."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._news: queue.SimpleQueue[News] = queue.SimpleQueue()
        self._workers: set[Worker] = set()
        self._ready: set[Worker] = set()
        self._serving = False

    def run(self) -> int:
        """Serve until a signal says stop; return 0 where every worker then ended in order."""
        for number in STOP_SIGNALS:
            signal.signal(number, lambda *_: self._news.put(News(What.STOP)))
        for _ in range(self._options.workers):
            self._start()
        while True:
            what, worker = self._news.get()
            if what is What.READY and worker:
                self._note_ready(worker)
            elif what is What.RESTART:
                self._start()
            elif what is What.STOP:
                return self._stop()
            elif worker and not self._replace(worker):
                self._stop()
                return 1

    def _start(self) -> None:
        command = [sys.executable, "-m", "server.worker", *self._options.to_arguments()]
        # The worker is born with the signals blocked, and waits for them when it is ready to. Its standard input ends
        # when this process does, however that comes about; it writes one line when it serves.
        signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
        try:
            worker = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)
        self._workers.add(worker)
        threading.Thread(target=self._watch, args=(worker,), daemon=True).start()

    def _watch(self, worker: Worker) -> None:
        if worker.stdout and worker.stdout.readline():
            self._news.put(News(What.READY, worker))
        worker.wait()
        self._news.put(News(What.DIED, worker))

    def _note_ready(self, worker: Worker) -> None:
        self._ready.add(worker)
        if not self._serving and len(self._ready) == self._options.workers:
            self._serving = True
            print(f"listening on {self._options.listen}", flush=True)  # noqa: T201 - what callers wait for

    def _replace(self, worker: Worker) -> bool:
        """Return whether it makes sense to go on without this worker."""
        served = worker in self._ready
        self._forget(worker)
        if not self._serving:
            log.error("a worker ended with code %s before it could serve", worker.returncode)
            return False
        log.warning("worker %d ended with code %s; starting another", worker.pid, worker.returncode)
        if served:
            self._start()
        else:
            timer = threading.Timer(RESTART_DELAY, self._news.put, [News(What.RESTART)])
            timer.daemon = True
            timer.start()
        return True

    def _stop(self) -> int:
        """Let every worker drain; a second signal, or the end of patience, kills what is left."""
        for worker in self._workers:
            worker.terminate()
        in_order = True
        deadline: float | None = time.monotonic() + self._options.grace + KILL_DELAY
        while self._workers:
            try:
                what, worker_or_none = self._news.get(
                    timeout=None if deadline is None else max(0.0, deadline - time.monotonic())
                )
            except queue.Empty:
                what, worker_or_none = What.STOP, None
            if what is What.DIED and worker_or_none:
                self._forget(worker_or_none)
                in_order = in_order and worker_or_none.returncode == 0
            elif what is What.STOP:
                deadline = None
                for worker in self._workers:
                    worker.kill()
        return 0 if in_order else 1

    def _forget(self, worker: Worker) -> None:
        self._workers.discard(worker)
        self._ready.discard(worker)
        for pipe in (worker.stdin, worker.stdout):
            if pipe:
                pipe.close()


def run(options: Options) -> int:
    """Serve as the options say until told to stop; return the exit code."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(process)d %(levelname)s %(message)s")
    try:
        with reserved(options.listen) as address:
            return Supervisor(replace(options, listen=address)).run()
    except OSError as error:
        log.error("can't listen on %s: %s", options.listen, error)  # noqa: TRY400 - the reason says it all
        return 1


@contextmanager
def reserved(address: Address) -> Iterator[Address]:
    """Hold an address for the workers and yield it by number; raises OSError where it does not exist or is taken."""
    family, _, _, _, name = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # Another server may have the port with SO_REUSEPORT too, and would then get half of our calls.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(name)
    with socket.socket(family, socket.SOCK_STREAM) as holder:
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        holder.bind(name)
        yield Address(*holder.getsockname()[:2])
