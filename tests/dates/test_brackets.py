"""Two clock times of one moment: they share their day, and Greenwich tells which half of the day is meant."""

from __future__ import annotations

import datetime as dt
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
        ("بدأت المباراة السبت عند الساعة 21:00 (19:00 ت غ).", ["2024-03-23T21:00", "2024-03-23T19:00Z"]),
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


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("بدأت المباراة الساعة 00:30 (21:30 ت غ) يوم الثلاثاء.", ["2024-03-26T00:30", "2024-03-25T21:30Z", "2024-03-26"]),
        ("وقع الانفجار الساعة الثانية (23:00 ت غ) الثلاثاء.", ["2024-03-26T02:00", "2024-03-25T23:00Z", "2024-03-26"]),
        ("وقع الانفجار الساعة الرابعة (01:00 ت غ) الثلاثاء.", ["2024-03-26T04:00", "2024-03-26T01:00Z", "2024-03-26"]),
    ],
)
def test_after_midnight_it_is_still_the_day_before_in_greenwich(text: str, values: list[str], read: Read) -> None:
    local, greenwich, day = read(text, country="SA")  # three hours ahead of Greenwich
    assert [local.value, greenwich.value, day.value] == values
    assert local.interval is not None
    assert greenwich.interval is not None
    assert local.interval.start == greenwich.interval.start


def test_greenwich_with_a_day_of_its_own_keeps_it(read: Read) -> None:
    times = read("وقع الانفجار فجر الثلاثاء الساعة 02:00 (23:00 ت غ الاثنين).", country="SA")
    assert [time.value for time in times] == ["2024-03-26T02:00", "2024-03-25T23:00Z"]


def test_the_first_day_of_the_calendar_has_none_before(read: Read) -> None:
    local, greenwich, _ = read("الساعة 00:30 (21:30 ت غ) يوم 1 يناير 1.", at=dt.date(1, 1, 1), country="SA")
    assert (local.value, greenwich.value) == ("0001-01-01T00:30", "0001-01-01T21:30Z")
