"""A numbered day counts in the span of days told before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.dates.conftest import Read


@pytest.mark.parametrize("opening", ["ويزور الوفد في", "وفي"])
def test_a_numbered_day_is_one_of_the_span(opening: str, read: Read) -> None:
    *_, span, day = read(f"غدا تبدأ الزيارة وتستمر ثلاثة أيام، {opening} اليوم الثاني يزور مصنعا.")
    assert (span.value, day.value, day.anchor_id) == ("P3D", "2024-03-29", span.id)


def test_without_a_span_it_is_no_time(read: Read) -> None:
    assert read("زار الوفد في اليوم الثاني مصنعا.") == ()
