"""Intervals read as a person would write them, in the civil time of the zone, whatever zone they come in."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from client.when import when
from timeline import Interval

CAIRO = ZoneInfo("Africa/Cairo")


def interval(start: str, end: str) -> Interval:
    """Return an interval between civil times of Cairo; "" is an open side."""

    def moment(text: str) -> dt.datetime | None:
        return dt.datetime.fromisoformat(text).replace(tzinfo=CAIRO) if text else None

    return Interval(moment(start), moment(end))


CASES = [
    ("2024-03-27", "2024-03-28", "2024-03-27"),
    ("2024-03-31", "2024-04-07", "2024-03-31 .. 2024-04-06"),
    ("2024-03-01", "2024-04-01", "2024-03"),
    ("2024-01-01", "2024-04-01", "2024-01 .. 2024-03"),
    ("2024-01-01", "2025-01-01", "2024"),
    ("2020-01-01", "2030-01-01", "2020 .. 2029"),
    ("0622-01-01", "0623-01-01", "0622"),
    ("2024-03-27T20:15", "2024-03-27T20:16", "2024-03-27 20:15"),
    ("2024-03-27T20:15:30", "2024-03-27T20:15:31", "2024-03-27 20:15:30"),
    ("2024-03-27T20:00", "2024-03-27T21:00", "2024-03-27 20:00 .. 21:00"),
    ("2024-03-27T18:00", "2024-03-28", "2024-03-27 18:00 .. 24:00"),
    ("2024-03-27T20:00", "2024-03-28T06:00", "2024-03-27 20:00 .. 2024-03-28 06:00"),
    ("2024-03-27", "2024-03-28T12:00", "2024-03-27 00:00 .. 2024-03-28 12:00"),
    ("", "2024-02-08", "until 2024-02-07"),
    ("", "2024-02-07T14:30", "until 2024-02-07 14:30"),
    ("2024-02-07", "", "from 2024-02-07"),
    ("2024-02-07T14:30", "", "from 2024-02-07 14:30"),
    ("", "", "at some time"),
    # Daylight saving in Egypt began at 00:00 on 26 April 2024: that day starts at 01:00.
    ("2024-04-26", "2024-04-27", "2024-04-26"),
    ("2024-04-25", "2024-04-26", "2024-04-25"),
    ("0001-01-01", "0002-01-01", "0001"),
]


@pytest.mark.parametrize(("start", "end", "text"), CASES)
def test_when(start: str, end: str, text: str) -> None:
    assert when(interval(start, end), CAIRO) == text


@pytest.mark.parametrize(("start", "end", "text"), CASES[:-1])
def test_when_does_not_depend_on_the_zone_that_the_instants_come_in(start: str, end: str, text: str) -> None:
    local = interval(start, end)
    assert when(Interval(*(side and side.astimezone(dt.UTC) for side in local)), CAIRO) == text
