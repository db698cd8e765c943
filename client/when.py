"""An interval as a person writes it: `2024-03-27`, `2024-03`, `2024-03-31 .. 2024-04-06`, `until 2024-02-07`."""

from __future__ import annotations

import datetime as dt

from timeline import Interval

DAY = dt.timedelta(days=1)
INSTANT = dt.timedelta(microseconds=1)


def when(interval: Interval, zone: dt.tzinfo) -> str:
    """Return a half-open interval in civil time of `zone`, with its last day or moment included, as readers expect.

    Whole years, months and days are written as such; anything finer with its clock time. An open side reads `from` or `until`.
    """
    start = interval.start and _civil(interval.start, zone)
    end = interval.end and _civil(interval.end, zone)
    if start is None or end is None:
        if start is not None:
            return f"from {_moment(start)}"
        return "at some time" if end is None else f"until {_last(end)}"
    if not (_opens_day(start) and _opens_day(end)):
        return _clock(start, end)
    first, last = start.date(), end.date() - DAY
    return _same_unit(first, last) or f"{first} .. {last}"


def _civil(moment: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """Return the moment in the zone's civil time; by way of UTC, as a midnight that daylight saving skips is no moment."""
    try:
        return moment.astimezone(dt.UTC).astimezone(zone)
    except OverflowError:  # the first hours of year 1, the last of year 9999
        return moment


def _opens_day(moment: dt.datetime) -> bool:
    """Tell whether the moment is the first of its day, which is not 00:00 where daylight saving begins at midnight."""
    if moment.time() == dt.time() and moment.fold == 0:
        return True
    before = (moment.astimezone(dt.UTC) - INSTANT).astimezone(moment.tzinfo)
    return before.date() != moment.date()


def _same_unit(first: dt.date, last: dt.date) -> str:
    """Return the range as years, months or a day where it is whole ones, else ""."""
    opens_month, closes_month = first.day == 1, (last + DAY).day == 1
    if opens_month and closes_month and first.month == 1 and last.month == 12:
        return _range(str(first)[:4], str(last)[:4])
    if opens_month and closes_month:
        return _range(str(first)[:7], str(last)[:7])
    return str(first) if first == last else ""


def _range(first: str, last: str) -> str:
    return first if first == last else f"{first} .. {last}"


def _clock(start: dt.datetime, end: dt.datetime) -> str:
    if end - start <= dt.timedelta(minutes=1):
        return _moment(start)
    if _opens_day(end):
        last_day, last_time = end.date() - DAY, "24:00"
    else:
        last_day, last_time = end.date(), f"{end:%H:%M}"
    until = last_time if last_day == start.date() else f"{last_day} {last_time}"
    return f"{start.date()} {start:%H:%M} .. {until}"


def _moment(moment: dt.datetime) -> str:
    if _opens_day(moment):
        return str(moment.date())
    return f"{moment.date()} {moment:%H:%M:%S}" if moment.second else f"{moment.date()} {moment:%H:%M}"


def _last(end: dt.datetime) -> str:
    return str(end.date() - DAY) if _opens_day(end) else _moment(end)
