"""Which of some things lie otherwise to one another than before. Pure, and no slower than sorting."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence

Places = Sequence[tuple[int, int]]
"""The place of each thing before and after; things of one place lie together."""


def moved(places: Places) -> Iterator[tuple[int, int]]:
    """Yield the index of each thing that lies otherwise to another, and the index of one such other.

    A thing lies otherwise where one that came before it comes with it or after it now, one that came after it with it or
    before it, or one that came with it does no more. Of each sort the one that is farthest now tells whether there is any.
    """
    order = sorted(range(len(places)), key=places.__getitem__)
    groups = [list(group) for _, group in itertools.groupby(order, key=lambda index: places[index][0])]
    # A group is sorted by the place after: its ends are the least and the greatest.
    latest = _running([group[-1] for group in groups], lambda one, other: places[one][1] >= places[other][1])
    earliest = _running([group[0] for group in groups[::-1]], lambda one, other: places[one][1] <= places[other][1])[::-1]
    for number, group in enumerate(groups):
        before = latest[number - 1] if number else None
        behind = earliest[number + 1] if number + 1 < len(groups) else None
        for index in group:
            other = _other(places, index, before, behind, group)
            if other is not None:
                yield index, other


def _running(indices: Sequence[int], better: Callable[[int, int], bool]) -> list[int]:
    """Return the best so far at each of some indices."""
    found: list[int] = []
    for index in indices:
        found.append(found[-1] if found and better(found[-1], index) else index)
    return found


def _other(places: Places, index: int, before: int | None, behind: int | None, group: Sequence[int]) -> int | None:
    now = places[index][1]
    if before is not None and places[before][1] >= now:
        return before
    if behind is not None and places[behind][1] <= now:
        return behind
    return next((end for end in (group[0], group[-1]) if places[end][1] != now), None)
