"""The threads of calls: few, so that they do not crowd around the one that reads; more where the few are held up."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from functools import partial
from typing import Any

from server.limits import Limits
from server.tokens import Token

FAST = 4
"""Threads that answer calls. More would not answer sooner, but crowd: measured with 48 callers, 4 threads answer a third more
calls than 80."""
STUCK_SECONDS = 1.0
"""If calls wait and none has ended for so long, the threads are held up: by callers that do not send their requests, say."""
LOOK_SECONDS = 0.25


class Arrivals:
    """Counts calls from the moment they come to the moment they end, run or not.

    `coming` is the token of the call that comes next: gRPC asks who it is and hands it to its threads in one go, in one thread.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.coming: Token | None = None

    def came(self, call: Future[Any]) -> Future[Any]:
        """Count a call, and return it."""
        token, self.coming = self.coming, None
        self._limits.enter(token)
        call.add_done_callback(lambda _: self._limits.leave(token))
        return call


class Streams(ThreadPoolExecutor):
    """Runs streams, each of which holds its thread while its caller thinks."""

    def __init__(self, most: int, arrivals: Arrivals) -> None:
        super().__init__(most, thread_name_prefix="stream")
        self._arrivals = arrivals

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401 - as the base has it
        """Run a stream."""
        return self._arrivals.came(super().submit(fn, *args, **kwargs))


class Lanes(Executor):
    """Runs calls on a few threads, and while these are held up on more, `most` in all. Ends with the process."""

    def __init__(self, fast: int, most: int, arrivals: Arrivals) -> None:
        self._arrivals = arrivals
        self._waiting: queue.SimpleQueue[tuple[Future[Any], Callable[[], Any]]] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._threads = fast
        self._most = most
        self._moved = time.monotonic()
        for _ in range(fast):
            threading.Thread(target=self._work, name="call", daemon=True).start()
        threading.Thread(target=self._watch, name="call-watch", daemon=True).start()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401 - as the base has it
        """Run a call."""
        if self._waiting.empty():
            self._moved = time.monotonic()
        call: Future[Any] = Future()
        self._arrivals.came(call)
        self._waiting.put((call, partial(fn, *args, **kwargs)))
        return call

    def _work(self) -> None:
        while True:
            self._run(*self._waiting.get())

    def _help(self) -> None:
        """Run what waits, and end when nothing does."""
        while True:
            try:
                waiting = self._waiting.get_nowait()
            except queue.Empty:
                break
            self._run(*waiting)
        with self._lock:
            self._threads -= 1

    def _run(self, call: Future[Any], work: Callable[[], Any]) -> None:
        try:
            result = work()
        except BaseException as error:  # noqa: BLE001 - who waits for the call gets it
            result = None
            call.set_exception(error)
        self._moved = time.monotonic()
        if not call.done():
            call.set_result(result)

    def _watch(self) -> None:
        while True:
            time.sleep(LOOK_SECONDS)
            if self._waiting.empty() or time.monotonic() - self._moved < STUCK_SECONDS:
                continue
            with self._lock:
                more = min(self._most - self._threads, self._waiting.qsize())
                self._threads += more
            for _ in range(more):
                threading.Thread(target=self._help, name="call-help", daemon=True).start()
