"""Keeps workers alive on one port. Imports no grpc: it must start at once, stay small, and survive what kills a worker.

Workers share the port by SO_REUSEPORT: the kernel spreads connections over them, and a dead one takes only its own calls
with it. The supervisor holds the port without listening on it, so that no other program takes it between two workers.
"""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from enum import Enum
from typing import NamedTuple

from server import logs
from server.admin import Admin
from server.config import Address, Options, to_line

RESTART_DELAY = 1.0
"""Seconds to wait after a worker that never came to serve, so that a lasting fault does not spin."""

KILL_DELAY = 5.0
"""Seconds beyond the grace after which a worker that does not end is killed."""

BEAT_SECONDS = 1.0
"""How often a worker says that it is alive."""
SILENCE = 15.0
"""Seconds without a word after which a worker that serves is killed: it hangs, in code that no timer can cut."""

QUIET = {"GRPC_VERBOSITY": "NONE"}
"""What keeps the log one of lines: gRPC's core writes its own about callers that misbehave. The environment may say otherwise."""

STOP_SIGNALS = frozenset({signal.SIGTERM, signal.SIGINT})

log = logging.getLogger("server")

Process = subprocess.Popen[bytes]


class What(Enum):
    """What can happen to a supervisor."""

    READY = 1
    DIED = 2
    RESTART = 3
    STOP = 4


class News(NamedTuple):
    """Something that happened, and to which worker."""

    what: What
    worker: Process | None = None
    number: int = 0


class Supervisor:
    """Starts workers, says when all of them serve, replaces those that die or hang, and ends them when told to."""

    def __init__(self, options: Options, admin: Admin | None = None) -> None:
        self._options = options
        self._admin = admin
        self._news: queue.SimpleQueue[News] = queue.SimpleQueue()
        self._workers: dict[Process, int] = {}
        self._ready: set[Process] = set()
        self._serving = False

    def run(self) -> int:
        """Serve until a signal says stop; return 0 where every worker then ended in order."""
        for stop in STOP_SIGNALS:
            signal.signal(stop, lambda *_: self._news.put(News(What.STOP)))
        for number in range(self._options.workers):
            self._start(number)
        while True:
            what, worker, number = self._news.get()
            if what is What.READY and worker:
                self._note_ready(worker)
            elif what is What.RESTART:
                self._start_again(number)
            elif what is What.STOP:
                return self._stop()
            elif worker and not self._replace(worker):
                self._stop()
                return 1

    def _start(self, number: int) -> None:
        command = [sys.executable, "-m", "server.worker", str(number)]
        environment = QUIET | os.environ | (self._admin.environment if self._admin else {})
        # The worker is born with the signals blocked, and waits for them when it is ready to. Its standard input ends
        # when this process does, however that comes about; it begins to beat when it serves.
        signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
        try:
            worker = subprocess.Popen(  # noqa: S603
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, env=environment
            )
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)
        if worker.stdin:
            with contextlib.suppress(BrokenPipeError):  # it died at once, as its end will tell
                worker.stdin.write(to_line(self._options).encode())
        self._workers[worker] = number
        threading.Thread(target=self._watch, args=(worker,), daemon=True).start()

    def _watch(self, worker: Process) -> None:
        pipe = worker.stdout
        beating = False
        poll = select.poll()
        if pipe:
            poll.register(pipe, select.POLLIN)
        while pipe:
            if not poll.poll(SILENCE * 1000 if beating else None):
                log.error("worker %d hangs: no word for %g s", worker.pid, SILENCE)
                worker.kill()
                break
            if not os.read(pipe.fileno(), 4096):
                break
            if not beating:
                beating = True
                self._news.put(News(What.READY, worker))
        worker.wait()
        self._news.put(News(What.DIED, worker))

    def _note_ready(self, worker: Process) -> None:
        self._ready.add(worker)
        if not self._serving and len(self._ready) == self._options.workers:
            self._serving = True
            for line in self._addresses():
                print(line, flush=True)  # noqa: T201 - what callers wait for
        self._tell_admin()

    def _addresses(self) -> Iterator[str]:
        yield f"listening on {self._options.listen}"
        if self._options.http:
            yield f"http on {self._options.http}"
        if self._admin:
            yield f"admin on {self._admin.address}"

    def _replace(self, worker: Process) -> bool:
        """Return whether it makes sense to go on without this worker."""
        served = worker in self._ready
        number = self._forget(worker)
        if not self._serving:
            log.error("a worker ended with code %s before it could serve", worker.returncode)
            return False
        log.warning("worker %d ended with code %s; starting another", worker.pid, worker.returncode)
        if self._admin:
            self._admin.restarted()
        if served:
            self._start_again(number)
        else:
            self._start_later(number)
        return True

    def _start_again(self, number: int) -> None:
        try:
            self._start(number)
        except OSError as error:  # no memory or no process to be had just now
            log.error("worker %d can't be started: %s", number, error)  # noqa: TRY400 - the reason says it all
            self._start_later(number)

    def _start_later(self, number: int) -> None:
        timer = threading.Timer(RESTART_DELAY, self._news.put, [News(What.RESTART, None, number)])
        timer.daemon = True
        timer.start()

    def _stop(self) -> int:
        """Let every worker drain; a second signal, or the end of patience, kills what is left."""
        self._serving = False
        self._tell_admin()
        for worker in self._workers:
            worker.terminate()
        in_order = True
        deadline: float | None = time.monotonic() + self._options.grace + KILL_DELAY
        while self._workers:
            try:
                what, worker_or_none, _ = self._news.get(
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

    def _forget(self, worker: Process) -> int:
        """Let go of a worker that has ended, and return its number."""
        self._ready.discard(worker)
        self._tell_admin()
        for pipe in (worker.stdin, worker.stdout):
            if pipe:
                pipe.close()
        return self._workers.pop(worker)

    def _tell_admin(self) -> None:
        if self._admin:
            self._admin.serving(len(self._ready) if self._serving else 0)


def run(options: Options) -> int:
    """Serve as the options say until told to stop; return the exit code."""
    logs.set_up(options, "supervisor")
    address = options.listen
    try:
        with contextlib.ExitStack() as held:
            listen = held.enter_context(reserved(address))
            http = options.http
            if http:
                address = http
                http = held.enter_context(reserved(http))
            admin = None
            if options.admin:
                address = options.admin
                admin = held.enter_context(Admin(options.admin, held.enter_context(tempfile.TemporaryDirectory())))
            return Supervisor(replace(options, listen=listen, http=http), admin).run()
    except OSError as error:
        log.error("can't listen on %s: %s", address, error)  # noqa: TRY400 - the reason says it all
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
