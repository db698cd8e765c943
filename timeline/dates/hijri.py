"""Dates of the Hijri calendar; what lies outside the tables of Umm al-Qura stays symbolic."""

from __future__ import annotations

import datetime as dt

from timeline.dates import direction
from timeline.dates.calendars import DAY, date_of, from_hijri, hijri_month, hijri_year, to_hijri
from timeline.dates.expressions import Date, Shift
from timeline.dates.reading import STATED, Option, Reading, midnight
from timeline.dates.scope import Scope, moved, period, unknown
from timeline.model import Basis, Calendar, Grain, Tense, TimeType, WarningCode, Weekday
from timeline.reasons import Because, MonthDay, Reason
from timeline.text.categories import Aim


def hijri_year_from_here(e: Shift, today: dt.date) -> Reading:
    """Return the Hijri year n years from the one that holds a day."""
    here = to_hijri(today)
    bounds = None if here is None else hijri_year(here.year + e.n)
    if here is None or bounds is None:
        return _hijri_unknown(None, None, None)
    return _hijri_period(
        *bounds, Reason(Because.HIJRI_SHIFT, (today, here.year, moved(Grain.YEAR, e.n, today))), Basis.RELATIVE_TO_PUBLICATION
    )


def of_current_month(day: int, weekday: Weekday | None, scope: Scope, today: dt.date) -> Reading | None:
    """Return a day of the current Hijri month (25 الجاري), None where nothing says that this calendar is meant.

    What says so: a weekday that only the Hijri day has, or a date of this Hijri month told before.
    """
    here = to_hijri(today)
    found = None if here is None else from_hijri(here.year, here.month, day)
    if here is None or found is None:
        return None
    civil = date_of(today.year, today.month, day)
    if weekday is not None:
        meant = found.weekday() == weekday and (civil is None or civil.weekday() != weekday)
    else:
        latest = next((told for told in reversed(scope.earlier) if told.start is not None and told.grain is Grain.DAY), None)
        month = None if latest is None or latest.start is None else to_hijri(latest.start.date())
        meant = latest is not None and latest.calendar is Calendar.HIJRI and month is not None and month[:2] == here[:2]
    if not meant:
        return None
    reason = Reason(Because.UMM_AL_QURA, (Reason(Because.UNIT_OF, (Grain.MONTH, today)),))
    return _hijri_fields(here.year, here.month, day, reason, Basis.RELATIVE_TO_PUBLICATION)


def hijri_month_of(told: Reading) -> Reading:
    """Return the Hijri month that holds a day or a month told before."""
    day = None if told.start is None else to_hijri(told.start.date())
    bounds = None if day is None else hijri_month(day.year, day.month)
    if bounds is None:
        return _hijri_unknown(None, None, None)
    return _hijri_period(*bounds, Reason(Because.HIJRI_MONTH_OF, (told.value,)), told.basis, Grain.MONTH)


def hijri(e: Date, scope: Scope, weekday: Weekday | None, near: dt.date | None) -> Reading:
    """Return a Hijri date; a weekday or a day said beside it (`near`, one day either way) helps to choose the year."""
    today = scope.today
    if e.year is not None:
        return _hijri_fields(e.year, e.month, e.day, Reason(Because.UMM_AL_QURA, (STATED,)), Basis.STATED)
    here = None
    if e.gregorian_year is not None:
        here = to_hijri(dt.date(e.gregorian_year, 1, 1)) if 1 <= e.gregorian_year <= dt.MAXYEAR else None
    elif today is not None:
        here = to_hijri(today)
    if here is None or e.month is None:
        return _hijri_unknown(None, e.month, e.day)
    starts = {from_hijri(here.year + k, e.month, e.row or e.day or 1): here.year + k for k in range(-2, 4)}
    if e.gregorian_year is not None:
        chosen = next((day for day in starts if day is not None and day.year == e.gregorian_year), None)
        why = Reason(Because.BEGINS_IN, (e.gregorian_year,))
        if chosen is None:
            return _hijri_unknown(None, e.month, e.day)
        return _hijri_fields(starts[chosen], e.month, e.day, Reason(Because.UMM_AL_QURA, (why,)), Basis.STATED)
    candidates = [day for day in starts if day is not None]
    if not candidates or today is None:
        return _hijri_unknown(None, e.month, e.day)
    slack = 1 if e.day else 0
    agreeing = [day for day in candidates if abs(day - today) < _NEAR and _agrees(day, weekday, near, slack)]
    aim = None if e.aim is Aim.THIS else e.aim

    def holds(day: dt.date) -> bool:
        bounds = None if e.day else hijri_month(starts[day], e.month or 1)
        return day == today if bounds is None else bounds[0] <= today < bounds[1]

    lately = direction.just_over(candidates, today) and scope.tense is not Tense.FUTURE
    if e.feast and aim is None and scope.tense is not Tense.PAST and not lately and not any(map(holds, candidates)):
        aim = Aim.NEXT
    if any(map(holds, candidates)) and e.aim is None and not e.feast:
        agreeing = [day for day in candidates if holds(day)]
    chosen, side, others = direction.nearest(
        agreeing or candidates, aim, scope.tense if e.aim is None else Tense.NONE, today, holds
    )
    reason = Reason(side, (MonthDay(e.day or 0, e.month, hijri=True), today))
    reason = reason if e.aim else Reason(Because.BY_CLAUSE, (reason, scope.tense))
    why = Reason(Because.UMM_AL_QURA, (reason,))
    found = _hijri_fields(starts[chosen], e.month, e.day, why, Basis.RELATIVE_TO_PUBLICATION)
    if not others or abs(chosen - today) <= _SURE_NEAR or e.aim is not None:
        return found
    other = _hijri_fields(starts[others[0]], e.month, e.day, why, Basis.RELATIVE_TO_PUBLICATION)
    option = Option(other.value, other.start, other.end, 0.1, Reason(Because.NEXT_YEAR))
    return found._replace(options=(option,), confidence=0.85)


_NEAR = 400 * DAY
_SURE_NEAR = 100 * DAY


def _agrees(day: dt.date, weekday: Weekday | None, near: dt.date | None, slack: int) -> bool:
    return (weekday is not None and day.weekday() == weekday) or (near is not None and abs(day - near) <= slack * DAY)


def _hijri_fields(year: int, month: int | None, day: int | None, why: Reason, basis: Basis) -> Reading:
    if day is not None and month is not None:
        found = from_hijri(year, month, day)
        if found is None:
            return _hijri_unknown(year, month, day)
        return period(found, Grain.DAY)._replace(
            calendar=Calendar.HIJRI, why=Reason(Because.UMM_AL_QURA_DAY, (why, f"{year}-{month:02d}-{day:02d}")), basis=basis
        )
    bounds = hijri_year(year) if month is None else hijri_month(year, month)
    if bounds is None:
        return _hijri_unknown(year, month, day)
    return _hijri_period(*bounds, why, basis, Grain.YEAR if month is None else Grain.MONTH)


def _hijri_period(first: dt.date, after: dt.date, why: Reason, basis: Basis, grain: Grain = Grain.YEAR) -> Reading:
    value = f"{first.isoformat()}/{(after - DAY).isoformat()}"
    return Reading(TimeType.DATE, value, midnight(first), midnight(after), grain, why, basis, 0.95, calendar=Calendar.HIJRI)


def _hijri_unknown(year: int | None, month: int | None, day: int | None) -> Reading:
    """Return a Hijri date that has no Gregorian one: its value stays symbolic."""
    said = "-".join(f"{part:02d}" for part in (year, month, day) if part is not None)
    if year is None:
        fault = Because.HIJRI_NO_YEAR
    elif month is None or hijri_month(year, month) is None:
        fault = Because.HIJRI_RANGE
    else:
        fault = Because.HIJRI_NO_DAY
    caution = (WarningCode.HIJRI_OUT_OF_RANGE, Reason(fault, (said,)))
    grain = Grain.DAY if day else Grain.MONTH if month else Grain.YEAR
    return unknown(grain, caution[1])._replace(calendar=Calendar.HIJRI, basis=Basis.STATED, cautions=(caution,))
