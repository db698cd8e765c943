"""How many calls are answered at a time, in all and for each token."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from server.errors import TooManyCalls
from server.tokens import Token


class Limits:
    """Counts the calls of one worker."""

    def __init__(self, max_calls: int) -> None:
        self._max_calls = max_calls
        self._lock = threading.Lock()
        self._calls = 0
        self._of_token: Counter[str] = Counter()

    @property
    def calls(self) -> int:
        """How many calls are being answered."""
        return self._calls

    @contextmanager
    def hold(self, token: Token | None) -> Iterator[None]:
        """Count a call while the block lasts; raises TooManyCalls where there are as many as may be."""
        self._enter(token)
        try:
            yield
        finally:
            with self._lock:
                self._calls -= 1
                if token is not None:
                    self._of_token[token.name] -= 1

    def _enter(self, token: Token | None) -> None:
        with self._lock:
            if self._calls >= self._max_calls:
                raise TooManyCalls(self._max_calls, of_token=False)
            if token is not None:
                if token.max_calls is not None and self._of_token[token.name] >= token.max_calls:
                    raise TooManyCalls(token.max_calls, of_token=True)
                self._of_token[token.name] += 1
            self._calls += 1
