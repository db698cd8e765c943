"""A memo for what is written over and over: a dictionary that makes what it lacks and is emptied when it has grown to its limit."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")
LIMIT = 1 << 14


class Memo(dict[Key, Value]):
    """Looks up what `make` makes of a key; `make` must be pure."""

    def __init__(self, make: Callable[[Key], Value]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: Key) -> Value:
        """Make the value of a key that was not asked for before."""
        if len(self) >= LIMIT:
            self.clear()
        value = self[key] = self._make(key)
        return value
