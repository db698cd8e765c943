"""Calendar arithmetic: weeks by country, months, ISO weeks, and the Hijri calendar (Umm al-Qura) through hijri-converter."""

from __future__ import annotations

import calendar
import datetime as dt
import warnings
from typing import NamedTuple

from timeline.model import Grain

with warnings.catch_warnings():
    # hijri-converter announces its new name at each import; it is the same calendar
    warnings.simplefilter("ignore", DeprecationWarning)
    from hijri_converter import Gregorian, Hijri  # type: ignore[attr-defined]  # its names come from another package

_SHORTEST = 28  # days that every month has
DAY = dt.timedelta(days=1)
MONTHS = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.HALF_YEAR: 6, Grain.YEAR: 12, Grain.DECADE: 120, Grain.CENTURY: 1200}
SPANS = {
    Grain.SECOND: dt.timedelta(seconds=1), Grain.MINUTE: dt.timedelta(minutes=1), Grain.HOUR: dt.timedelta(hours=1),
    Grain.DAY: DAY, Grain.WEEK: 7 * DAY, Grain.WEEKEND: 7 * DAY,
}  # fmt: skip


class HijriDay(NamedTuple):
    """A day of the Hijri calendar."""

    year: int
    month: int
    day: int


def to_hijri(day: dt.date) -> HijriDay | None:
    """Return the Hijri day, None outside the range of the calendar's tables (1343-1500 AH)."""
    try:
        found = Gregorian(day.year, day.month, day.day).to_hijri()
    except (OverflowError, ValueError):
        return None
    return HijriDay(found.year, found.month, found.day)


def from_hijri(year: int, month: int, day: int) -> dt.date | None:
    """Return the Gregorian day of a Hijri one, None where there is no such day or outside 1343-1500 AH."""
    try:
        found = Hijri(year, month, day).to_gregorian()
    except (OverflowError, ValueError):
        return None
    return dt.date(found.year, found.month, found.day)


def hijri_month(year: int, month: int) -> tuple[dt.date, dt.date] | None:
    """Return the first day of a Hijri month and the first day after it."""
    first = from_hijri(year, month, 1)
    after = from_hijri(year + month // 12, month % 12 + 1, 1)
    return None if first is None or after is None else (first, after)


def hijri_year(year: int) -> tuple[dt.date, dt.date] | None:
    """Return the first day of a Hijri year and the first day after it."""
    first, after = from_hijri(year, 1, 1), from_hijri(year + 1, 1, 1)
    return None if first is None or after is None else (first, after)


def date_of(year: int, month: int, day: int) -> dt.date | None:
    """Return the Gregorian day, None where there is no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def add(day: dt.date, n: int, unit: Grain) -> dt.date | None:
    """Move a day by n units; a day that the month reached does not have becomes its last. None outside years 1-9999."""
    months = MONTHS.get(unit)
    if months is None:
        try:
            return day + n * SPANS.get(unit, DAY)
        except OverflowError:
            return None
    year, month = divmod(day.year * 12 + day.month - 1 + n * months, 12)
    if not 1 <= year <= dt.MAXYEAR:
        return None
    if day.day <= _SHORTEST:
        return dt.date(year, month + 1, day.day)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def floor(day: dt.date, unit: Grain, week_start: int) -> dt.date:
    """Return the first day of the unit that holds a day; weeks begin on `week_start` (0 is Monday)."""
    if unit in (Grain.WEEK, Grain.WEEKEND):
        return max(day - (day.weekday() - week_start) % 7 * DAY, dt.date.min) if day.toordinal() > 7 else day
    match unit:
        case Grain.MONTH:
            return day.replace(day=1)
        case Grain.QUARTER:
            return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
        case Grain.HALF_YEAR:
            return day.replace(month=(day.month - 1) // 6 * 6 + 1, day=1)
        case Grain.YEAR:
            return day.replace(month=1, day=1)
        case Grain.DECADE:
            return dt.date(max(day.year // 10 * 10, 1), 1, 1)
        case Grain.CENTURY:
            return dt.date(max(day.year // 100 * 100, 1), 1, 1)
        case _:
            return day


def value_of(first: dt.date, unit: Grain) -> str:
    """Return the TIMEX3 value of the unit that begins on a day; a week's is the ISO week that holds most of its days."""
    match unit:
        case Grain.WEEK | Grain.WEEKEND:
            year, week, _ = (
                (first + 3 * DAY).isocalendar() if first.toordinal() < dt.date.max.toordinal() - 3 else first.isocalendar()
            )
            return f"{year:04d}-W{week:02d}" + ("-WE" if unit is Grain.WEEKEND else "")
        case Grain.MONTH:
            return f"{first.year:04d}-{first.month:02d}"
        case Grain.QUARTER:
            return f"{first.year:04d}-Q{(first.month + 2) // 3}"
        case Grain.HALF_YEAR:
            return f"{first.year:04d}-H{(first.month + 5) // 6}"
        case Grain.YEAR:
            return f"{first.year:04d}"
        case Grain.DECADE:
            return f"{first.year // 10:03d}"
        case Grain.CENTURY:
            return f"{first.year // 100:02d}"
        case _:
            return first.isoformat()
