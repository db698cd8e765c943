"""Seasons, weekends, decades, centuries and school years."""

from __future__ import annotations

import datetime as dt

from timeline.dates.calendars import DAY, add, date_of, floor, value_of
from timeline.dates.expressions import Century, Decade, SchoolYear, SeasonOf
from timeline.dates.reading import STATED, Reading, midnight
from timeline.dates.scope import NO_PUBLICATION, OUT_OF_RANGE, Scope, period, unknown
from timeline.model import Basis, Calendar, Grain, TimeType
from timeline.reasons import Because, Reason
from timeline.text.categories import Aim, Season


def season(e: SeasonOf, scope: Scope, whole: Reading | None) -> Reading:
    """Return a season of its stated year, of the year `whole`, or of the year that the publication and the aim point to."""
    code, month = e.season.value
    year = e.year
    why, basis = STATED, Basis.STATED
    if year is None:
        if whole is not None and whole.start is not None:
            year, why, basis = whole.start.year, whole.why, whole.basis
        elif scope.today is not None:
            year, why, basis = (
                _season_year(e, scope.today),
                Reason(Because.SEASON_FROM, (scope.today,)),
                Basis.RELATIVE_TO_PUBLICATION,
            )
        else:
            return Reading(TimeType.DATE, f"XXXX-{code}", grain=Grain.SEASON, why=NO_PUBLICATION, confidence=0.5)
    first = date_of(year, month, 1)
    after = None if first is None else add(first, 3, Grain.MONTH)
    if first is None or after is None:
        return unknown(Grain.YEAR, OUT_OF_RANGE)
    return Reading(TimeType.DATE, f"{year:04d}-{code}", midnight(first), midnight(after), Grain.SEASON, why, basis, 0.9)


def _season_year(e: SeasonOf, today: dt.date) -> int:
    """Return the year in which the season meant begins; winter belongs to the year of its December."""
    month = e.season.value[1]
    current = today.year - 1 if e.season is Season.WINTER and today.month <= 2 else today.year
    begun = (today.month, today.day) >= (month, 1) or current < today.year
    over = e.season is not Season.WINTER and today.month >= month + 3
    if e.aim in (Aim.NEXT, Aim.FOLLOWING):
        return current + 1 if begun else current
    if e.aim in (Aim.PAST, Aim.PRECEDING, Aim.RECENT):
        return current if over else current - 1
    return current


def decade(e: Decade, scope: Scope, whole: Reading | None) -> Reading:
    """Return a decade of the century `whole`, else of the latest century in which it had begun."""
    if whole is not None and whole.start is not None:
        century, why = whole.start.year // 100 * 100, Reason(Because.OF_THE_WHOLE, (whole.value,))
        basis = whole.basis
    elif scope.today is not None:
        century = scope.today.year // 100 * 100
        century -= 100 if century + e.tens > scope.today.year else 0
        why, basis = Reason(Because.DECADE_LATEST, (scope.today,)), Basis.RELATIVE_TO_PUBLICATION
    else:
        return Reading(TimeType.DATE, f"XX{e.tens // 10}", grain=Grain.DECADE, why=NO_PUBLICATION, confidence=0.5)
    return period(dt.date(max(century + e.tens, 1), 1, 1), Grain.DECADE)._replace(why=why, basis=basis, confidence=0.93)


def century(e: Century) -> Reading:
    """Return a century; TIMEX3 names it by the first figures of its years."""
    first = dt.date(max((e.n - 1) * 100, 1), 1, 1)
    return period(first, Grain.CENTURY)._replace(why=STATED, basis=Basis.STATED)


def weekend(n: int | None, scope: Scope) -> Reading:
    """Return the weekend that closes the week n weeks from the publication's."""
    today = scope.today
    if today is None:
        return Reading(TimeType.DATE, "XXXX-WXX-WE", grain=Grain.WEEKEND, why=NO_PUBLICATION, confidence=0.5)
    monday = add(floor(today, Grain.WEEK, scope.context.week_start), n or 0, Grain.WEEK)
    if monday is None:
        return unknown(Grain.WEEK, OUT_OF_RANGE)
    start = monday + 5 * DAY  # the weekend closes the week that begins on the day after it
    value = value_of(monday, Grain.WEEKEND)
    why = Reason(Because.WEEKEND_OF, (monday,))
    return Reading(TimeType.DATE, value, midnight(start), midnight(start + 2 * DAY), Grain.WEEKEND, why, confidence=0.8)


def school_year(e: SchoolYear, scope: Scope) -> Reading:
    """Return a school year or a season of sport, September to August; one of two Hijri years has its value alone."""
    first, last = e.first, e.last
    why, basis = Reason(Because.SCHOOL_YEAR), Basis.STATED
    if first is None or last is None:
        if scope.today is None:
            return unknown(Grain.YEAR, NO_PUBLICATION)
        first = _first_year(e, scope.today)
        last, basis = first + 1, Basis.RELATIVE_TO_PUBLICATION
    value = f"{first}/{last}"
    if first < _HIJRI_YEARS:
        return Reading(TimeType.DATE, value, None, None, Grain.YEAR, why, basis, calendar=Calendar.HIJRI)
    begin, after = date_of(first, 9, 1), date_of(last, 9, 1)
    if begin is None or after is None:
        return unknown(Grain.YEAR, OUT_OF_RANGE)
    return Reading(TimeType.DATE, value, midnight(begin), midnight(after), Grain.YEAR, why, basis, 0.95 if e.first else 0.8)


def _first_year(e: SchoolYear, today: dt.date) -> int:
    """Return the year in which the season meant begins; over the summer the last one is over and the next has not begun."""
    year, month = today.year, today.month
    if e.renewed:
        return year
    if e.aim is Aim.PAST:
        return year - 1 if month >= _SUMMER else year - 2
    if e.aim is Aim.NEXT:
        return year + 1 if month >= _AUTUMN else year
    return year if month > _SUMMER else year - 1


_SUMMER, _AUTUMN = 7, 9  # months
_HIJRI_YEARS = 1600  # no Hijri year is as late
