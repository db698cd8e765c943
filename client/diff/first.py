"""The first few of many things that come in any order."""

from __future__ import annotations

import bisect
from collections.abc import Callable
from typing import Generic, TypeVar

Thing = TypeVar("Thing")
Key = tuple[str, int, int]
"""What they are ordered by: the id of the article, its place in the run, the place of the change in the article."""


class First(Generic[Thing]):
    """Keeps the things of the least keys, so that which are kept does not depend on the order in which they come."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._keys: list[Key] = []
        self._things: list[Thing] = []

    def add(self, key: Key, make: Callable[[], Thing]) -> None:
        """Keep what `make` returns if it is one of the first; else it is never made."""
        if len(self._keys) == self._most and (not self._most or key >= self._keys[-1]):
            return
        at = bisect.bisect_right(self._keys, key)
        self._keys.insert(at, key)
        self._things.insert(at, make())
        del self._keys[self._most :], self._things[self._most :]

    def all(self) -> tuple[Thing, ...]:
        """Return the things kept, in order."""
        return tuple(self._things)
