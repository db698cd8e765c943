"""The threads of calls: few, so that they do not crowd around the one that reads; many where the few are held up."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

FAST = 4
"""Threads that answer calls. More would not answer sooner, but crowd: measured with 48 callers, 4 threads answer a third more
calls than 80."""
STUCK_SECONDS = 1.0
"""If none of them has finished a call for so long, they are held up: by callers that do not send their requests, say."""


class Lanes(ThreadPoolExecutor):
    """Runs calls on a few threads, or on `spare` others while those are held up."""

    def __init__(self, fast: int, spare: int) -> None:
        super().__init__(fast, thread_name_prefix="call")
        self._fast = fast
        self._spare = ThreadPoolExecutor(spare, thread_name_prefix="spare")
        self._open = 0
        self._lock = threading.Lock()
        self._finished = time.monotonic()

    @property
    def calls(self) -> int:
        """How many calls have come and have not ended, whether or not a thread has begun with them."""
        return self._open

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401 - as the base has it
        """Run a call; to be called by one thread, as gRPC does."""
        now = time.monotonic()
        if self._open < self._fast:
            # There is a free thread, so nothing is held up yet.
            self._finished = now
        stuck = now - self._finished > STUCK_SECONDS
        call = self._spare.submit(fn, *args, **kwargs) if stuck else super().submit(fn, *args, **kwargs)
        with self._lock:
            self._open += 1
        call.add_done_callback(self._end if not stuck else self._end_spare)
        return call

    def _end(self, _: Future[Any]) -> None:
        self._finished = time.monotonic()
        self._end_spare(_)

    def _end_spare(self, _: Future[Any]) -> None:
        with self._lock:
            self._open -= 1
