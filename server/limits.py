"""How many calls are there at a time, in all and for each token, from the moment they come."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from server.errors import TooManyCalls
from server.tokens import Token


class Limits:
    """Counts the calls of one worker, whether or not a thread has begun with them."""

    def __init__(self, max_calls: int) -> None:
        self._max_calls = max_calls
        self._lock = threading.Lock()
        self._calls = 0
        self._of_token: Counter[str] = Counter()

    @property
    def calls(self) -> int:
        """How many calls there are."""
        return self._calls

    def refusal(self, token: Token | None) -> TooManyCalls | None:
        """Return why one more call can't be had, None where it can."""
        if self._calls >= self._max_calls:
            return TooManyCalls(self._max_calls, of_token=False)
        if token is not None and token.max_calls is not None and self._of_token[token.name] >= token.max_calls:
            return TooManyCalls(token.max_calls, of_token=True)
        return None

    def enter(self, token: Token | None) -> None:
        """Count a call."""
        with self._lock:
            self._calls += 1
            if token is not None:
                self._of_token[token.name] += 1

    def leave(self, token: Token | None) -> None:
        """Count a call no more."""
        with self._lock:
            self._calls -= 1
            if token is not None:
                self._of_token[token.name] -= 1

    @contextmanager
    def hold(self, token: Token | None) -> Iterator[None]:
        """Count a call while the block lasts; raises TooManyCalls where it can't be had."""
        refusal = self.refusal(token)
        if refusal is not None:
            raise refusal
        self.enter(token)
        try:
            yield
        finally:
            self.leave(token)
