"""The lines of two runs in pairs, by the ids of their articles.

Runs over the same archive are nearly always in the same order: they are read in lockstep, and lines that are equal but for who
answered are known without reading an id. What finds no partner waits (client/diff/waiting.py), so memory stays flat
whatever the order. The n-th line of an id is paired with the n-th line of that id; lines without an id count as one id.
"""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator
from typing import NamedTuple

from client.diff.record import Record, label, same
from client.diff.waiting import Waiting, database


class Pair(NamedTuple):
    """The line of an article in the old run and the one in the new run; one of them may be missing."""

    old: Record | None
    new: Record | None
    equal: bool = False
    """Whether they are known to say the same, but for who answered."""


class Runs(NamedTuple):
    """What the two runs are called: their paths."""

    old: str
    new: str


def pairs(runs: Runs, olds: Iterator[Record], news: Iterator[Record]) -> Iterator[Pair]:
    """Yield every line of two runs once, with its partner as soon as both have come; those without one come last."""
    with contextlib.closing(database()) as opened:
        old_waiting, new_waiting = Waiting(opened, "old", runs.old), Waiting(opened, "new", runs.new)
        for old, new in itertools.zip_longest(olds, news):
            if old and new and not old_waiting and not new_waiting and same(old, new):
                yield Pair(old, new, equal=True)
            else:
                yield from _meet(old, new, old_waiting, new_waiting)
        yield from (Pair(old, None) for old in old_waiting.rest())
        yield from (Pair(None, new) for new in new_waiting.rest())


def _meet(old: Record | None, new: Record | None, old_waiting: Waiting, new_waiting: Waiting) -> Iterator[Pair]:
    """Pair the next lines with what waits for them, else with each other, else let them wait."""
    old_article = label(old).article if old else b""
    new_article = label(new).article if new else b""
    new_partner = new_waiting.take(old_article) if old else None
    old_partner = old_waiting.take(new_article) if new else None
    if old and new and old_article == new_article and not new_partner and not old_partner:
        yield Pair(old, new)
        return
    if old and new_partner:
        yield Pair(old, new_partner)
    elif old:
        old_waiting.put(old_article, old)
    if new and old_partner:
        yield Pair(old_partner, new)
    elif new:
        new_waiting.put(new_article, new)
