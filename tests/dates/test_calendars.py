"""Calendar arithmetic against other witnesses: datetime, and hijri-converter for Umm al-Qura."""

from __future__ import annotations

import calendar
import datetime as dt
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.dates.calendars import add, date_of, floor, from_hijri, hijri_month, hijri_year, to_hijri, value_of
from timeline.model import Grain

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from hijri_converter.convert import Gregorian, Hijri

DAY = dt.timedelta(days=1)
FIRST, AFTER = dt.date(1924, 8, 1), dt.date(2077, 11, 17)  # 1343-01-01 AH, 1501-01-01 AH
DAYS = st.dates()
MONTHLY = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.HALF_YEAR: 6, Grain.YEAR: 12, Grain.DECADE: 120, Grain.CENTURY: 1200}


@pytest.mark.parametrize(
    ("hijri", "gregorian"),
    [
        ((1343, 1, 1), dt.date(1924, 8, 1)),
        ((1400, 1, 1), dt.date(1979, 11, 20)),
        ((1433, 8, 21), dt.date(2012, 7, 11)),
        ((1444, 9, 1), dt.date(2023, 3, 23)),
        ((1445, 3, 12), dt.date(2023, 9, 27)),
        ((1445, 9, 12), dt.date(2024, 3, 22)),
        ((1445, 12, 10), dt.date(2024, 6, 16)),
        ((1500, 12, 30), dt.date(2077, 11, 16)),
    ],
)
def test_days_known_by_hand(hijri: tuple[int, int, int], gregorian: dt.date) -> None:
    assert from_hijri(*hijri) == gregorian
    assert to_hijri(gregorian) == hijri


@given(st.dates(FIRST, AFTER - DAY))
def test_every_day_of_the_tables_goes_to_hijri_and_back(day: dt.date) -> None:
    found = to_hijri(day)
    assert found is not None
    witness = Gregorian(day.year, day.month, day.day).to_hijri()
    assert found == (witness.year, witness.month, witness.day)
    assert from_hijri(*found) == day


@given(st.integers(1343, 1499), st.integers(1, 12))
def test_a_hijri_month_runs_to_the_next(year: int, month: int) -> None:
    found = hijri_month(year, month)
    assert found is not None
    first, after = found
    assert to_hijri(first) == (year, month, 1)
    assert (after - first).days == Hijri(year, month, 1).month_length()
    assert to_hijri(after - DAY) == (year, month, (after - first).days)


@given(st.integers(1343, 1499))
def test_a_hijri_year_runs_to_the_next(year: int) -> None:
    found = hijri_year(year)
    assert found is not None
    first, after = found
    assert to_hijri(first) == (year, 1, 1)
    assert to_hijri(after) == (year + 1, 1, 1)
    assert (after - first).days == sum(Hijri(year, month, 1).month_length() for month in range(1, 13))


@pytest.mark.parametrize("day", [dt.date.min, FIRST - DAY, AFTER, dt.date.max])
def test_a_day_outside_the_tables_has_no_hijri_one(day: dt.date) -> None:
    assert to_hijri(day) is None


@pytest.mark.parametrize(
    "hijri",
    [
        (1342, 12, 29),
        (1501, 1, 1),
        (0, 1, 1),
        (-1, 1, 1),
        (99999, 1, 1),
        (1445, 0, 1),
        (1445, 13, 1),
        (1445, 1, 0),
        (1445, 1, 31),
    ],
)
def test_a_hijri_day_that_does_not_exist_or_lies_outside_has_no_gregorian_one(hijri: tuple[int, int, int]) -> None:
    assert from_hijri(*hijri) is None


def test_the_thirtieth_of_a_short_month_does_not_exist() -> None:
    assert Hijri(1445, 8, 1).month_length() == 29
    assert from_hijri(1445, 8, 29) == dt.date(2024, 3, 10)
    assert from_hijri(1445, 8, 30) is None


@pytest.mark.parametrize(("year", "month"), [(1342, 12), (1501, 1), (1445, 13), (1445, 0)])
def test_a_hijri_month_outside_the_tables_has_no_bounds(year: int, month: int) -> None:
    assert hijri_month(year, month) is None


@given(DAYS, st.integers(-20000, 20000), st.sampled_from(sorted(MONTHLY)))
def test_adding_months_keeps_the_day_or_takes_the_months_last(day: dt.date, n: int, unit: Grain) -> None:
    months = day.year * 12 + day.month - 1 + n * MONTHLY[unit]
    year, month = months // 12, months % 12 + 1
    found = add(day, n, unit)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        assert found is None
    else:
        assert found == dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


@given(DAYS, st.integers(-(10**9), 10**9), st.sampled_from([Grain.DAY, Grain.WEEK, Grain.WEEKEND]))
def test_adding_days_and_weeks_is_what_datetime_does(day: dt.date, n: int, unit: Grain) -> None:
    try:
        expected: dt.date | None = day + dt.timedelta(days=n * (1 if unit is Grain.DAY else 7))
    except OverflowError:
        expected = None
    assert add(day, n, unit) == expected


@given(DAYS, st.sampled_from([Grain.DAY, Grain.WEEK, *sorted(MONTHLY)]), st.integers(0, 6))
def test_a_unit_holds_the_day_whose_unit_it_is(day: dt.date, unit: Grain, week_start: int) -> None:
    first = floor(day, unit, week_start)
    assert first <= day
    assert floor(first, unit, week_start) == first or first.toordinal() <= 7
    after = add(first, 1, unit)
    assert after is None or day < after or first == dt.date.min  # decades and centuries before the year 10 are cut


@given(st.dates(min_value=dt.date(1, 1, 15), max_value=dt.date(9999, 12, 20)), st.integers(0, 6))
def test_a_week_begins_on_its_first_day(day: dt.date, week_start: int) -> None:
    first = floor(day, Grain.WEEK, week_start)
    assert first.weekday() == week_start
    assert 0 <= (day - first).days <= 6


@given(st.dates(min_value=dt.date(2, 1, 1), max_value=dt.date(9999, 12, 20)), st.integers(0, 6))
def test_a_week_is_named_by_the_iso_week_that_holds_most_of_it(day: dt.date, week_start: int) -> None:
    first = floor(day, Grain.WEEK, week_start)
    weeks = [(first + k * DAY).isocalendar()[:2] for k in range(7)]
    year, week = max(set(weeks), key=weeks.count)
    assert value_of(first, Grain.WEEK) == f"{year:04d}-W{week:02d}"


@pytest.mark.parametrize(
    ("first", "unit", "value"),
    [
        (dt.date(2023, 9, 24), Grain.WEEK, "2023-W39"),
        (dt.date(2023, 9, 24), Grain.WEEKEND, "2023-W39-WE"),
        (dt.date(2023, 12, 31), Grain.WEEK, "2024-W01"),
        (dt.date(2023, 9, 1), Grain.MONTH, "2023-09"),
        (dt.date(2023, 7, 1), Grain.QUARTER, "2023-Q3"),
        (dt.date(2023, 10, 1), Grain.QUARTER, "2023-Q4"),
        (dt.date(2023, 1, 1), Grain.HALF_YEAR, "2023-H1"),
        (dt.date(2023, 7, 1), Grain.HALF_YEAR, "2023-H2"),
        (dt.date(2023, 1, 1), Grain.YEAR, "2023"),
        (dt.date(1, 1, 1), Grain.YEAR, "0001"),
        (dt.date(1990, 1, 1), Grain.DECADE, "199"),
        (dt.date(1900, 1, 1), Grain.CENTURY, "19"),
        (dt.date(500, 1, 1), Grain.CENTURY, "05"),
        (dt.date(2023, 9, 27), Grain.DAY, "2023-09-27"),
    ],
)
def test_values_are_timex3(first: dt.date, unit: Grain, value: str) -> None:
    assert value_of(first, unit) == value


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ((2024, 2, 29), dt.date(2024, 2, 29)),
        ((2023, 2, 29), None),
        ((2023, 13, 1), None),
        ((0, 1, 1), None),
        ((10000, 1, 1), None),
        ((2023, 4, 31), None),
    ],
)
def test_a_date_that_does_not_exist_is_none(fields: tuple[int, int, int], day: dt.date | None) -> None:
    assert date_of(*fields) == day
