"""When a call is asked again. Extraction changes nothing, so whatever did not get an answer may be."""

from __future__ import annotations

import random
from dataclasses import dataclass

from client.service.errors import Busy, Unavailable
from timeline import TimelineError

FIRST, LONGEST = 0.1, 2.0
"""Seconds to wait before the first repetition, and before any: the wait doubles from the one to the other."""


@dataclass(frozen=True, slots=True)
class Retry:
    """Asks again at most `limit` times in a row, after waits that grow."""

    limit: int

    def wait(self, misses: int, error: TimelineError) -> float | None:
        """Return the seconds to wait after so many attempts in a row without success, None to give up.

        Waits are spread at random, so that callers whom one server failed do not return all at once.
        """
        if misses > self.limit or not again(error):
            return None
        spread = random.random()  # noqa: S311 - nothing secret
        if isinstance(error, Busy) and error.retry_after is not None:
            return error.retry_after * (1 + spread / 2)
        return min(LONGEST, FIRST * 2.0 ** max(0, misses - 1)) * (1 + spread) / 2


def again(error: TimelineError) -> bool:
    """Tell whether another attempt may succeed: the server was gone, or is busy and says when it will not be."""
    return isinstance(error, Unavailable) or (isinstance(error, Busy) and error.retry_after is not None)


class Attempts:
    """The attempts at one call, whose time limit is that of all of them. Times are on the caller's monotonic clock."""

    def __init__(self, retry: Retry, timeout: float, now: float) -> None:
        self._retry = retry
        self._end = now + timeout
        self._misses = 0

    def left(self, now: float) -> float:
        """Return the seconds that are left."""
        return max(0.0, self._end - now)

    def wait(self, error: TimelineError, now: float) -> float:
        """Return the seconds to wait before the next attempt; raises the error of the last one where there is no next."""
        self._misses += 1
        wait = self._retry.wait(self._misses, error)
        if wait is None or wait >= self.left(now):
            raise error
        return wait
