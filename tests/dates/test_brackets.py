"""Two clock times of one moment: they share their day, and Greenwich tells which half of the day is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.dates.conftest import Read


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("وقع الانفجار الساعة 22:45 (20:45 ت غ) الثلاثاء.", ["2024-03-26T22:45", "2024-03-26T20:45Z", "2024-03-26"]),
        ("وقع الانفجار الساعة الثانية (12:00 ت غ) الثلاثاء.", ["2024-03-26T14:00", "2024-03-26T12:00Z", "2024-03-26"]),
        ("بدأت المباراة الساعة 9:00 (19:00 ت غ) السبت.", ["2024-03-23T21:00", "2024-03-23T19:00Z", "2024-03-23"]),
        ("بدأت المباراة الساعة 9:00 (07:00 ت غ) السبت.", ["2024-03-23T09:00", "2024-03-23T07:00Z", "2024-03-23"]),
    ],
)
def test_a_time_and_the_one_in_brackets_are_one_moment(text: str, values: list[str], read: Read) -> None:
    times = read(text)  # Egypt was two hours ahead of Greenwich until the end of April
    assert [time.value for time in times] == values
    assert times[0].interval is not None
    assert times[1].interval is not None
    assert times[0].interval.start == times[1].interval.start


def test_what_greenwich_settled_has_no_other_half(read: Read) -> None:
    settled, *_ = read("وقع الانفجار الساعة الثانية (12:00 ت غ) الثلاثاء.")
    (open_,) = read("وقع الانفجار الساعة الثانية الثلاثاء.")
    assert not settled.alternatives
    assert [option.value for option in open_.alternatives] == ["2024-03-26T14:00"]
