"""Which events lie otherwise to others, against the definition itself; and that it takes no square of time."""

from __future__ import annotations

import random
import time

from hypothesis import given
from hypothesis import strategies as st

from client.diff.order import moved

PLACES = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=12)


def side(one: int, other: int) -> int:
    return (one > other) - (one < other)


@given(PLACES)
def test_those_are_found_that_lie_otherwise_to_some_other(places: list[tuple[int, int]]) -> None:
    expected = {
        index
        for index, (old, new) in enumerate(places)
        if any(side(old, other_old) != side(new, other_new) for other_old, other_new in places)
    }
    found = list(moved(places))
    assert sorted(index for index, _ in found) == sorted(expected)
    for index, other in found:
        (old, new), (other_old, other_new) = places[index], places[other]
        assert side(old, other_old) != side(new, other_new)


def test_many_events_take_no_square_of_time() -> None:
    places = list(enumerate(random.Random(1).sample(range(100_000), 100_000)))  # noqa: S311
    begun = time.process_time()
    assert len(list(moved(places))) > 99_000
    assert time.process_time() - begun < 5
