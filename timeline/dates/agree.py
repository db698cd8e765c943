"""One day said in several ways: أمس السبت, الخميس 15 مارس, اليوم الأحد 3 رمضان. The ways check each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from timeline.dates.calendars import DAY
from timeline.dates.counts import nth_weekday
from timeline.dates.expressions import Agree, Date, DayOfWeek, Expression, Nth, Shift
from timeline.dates.named import date
from timeline.dates.reading import Option, Reading, midnight
from timeline.dates.scope import Scope, period
from timeline.model import Calendar, Grain, WarningCode, Weekday
from timeline.reasons import Because, Reason

Resolve = Callable[[Expression, Scope], Reading]


def agree(e: Agree, scope: Scope, resolve: Resolve) -> Reading:
    """Return a day said in several ways: the date decides, its year by the weekday; else the weekday, near the day counted.

    `resolve` resolves the ways by themselves.
    """
    ways = _flatten(e)
    dated = next((way for way in ways if isinstance(way, Date | Nth)), None)
    named = next((way for way in ways if isinstance(way, DayOfWeek)), None)
    counted = next((way for way in ways if isinstance(way, Shift)), None)
    day = None if counted is None else resolve(counted, scope)
    near = None if day is None or day.start is None else day.start.date()
    if dated is None:
        return (
            _near_weekday(named, day, near, scope, resolve)
            if day is not None and named is not None
            else resolve(e.first, scope)
        )
    if isinstance(dated, Date) and named is not None and counted is None and dated.counted and (dated.day or 99) <= _ORDINALS:
        either = _day_or_nth(dated, named.weekday, scope)
        if either is not None:
            return either
    found = (
        date(dated, scope, None if named is None else named.weekday, near) if isinstance(dated, Date) else resolve(dated, scope)
    )
    if (
        found.start is not None
        and day is not None
        and day.start is not None
        and found.start != day.start
        and day.grain is Grain.DAY
    ):
        if named is not None and day.start.weekday() == named.weekday != found.start.weekday():
            return _two_of_three(day, found, found.start.date(), named.weekday)
        option = Option(day.value, day.start, day.end, 0.3, Reason(Because.COUNTED_DAY))
        return found._replace(
            confidence=0.65, options=(option,), why=Reason(Because.BUT_COUNTED, (found.why, day.why, day.value))
        )
    if found.start is None or named is None or found.start.weekday() == named.weekday:
        return found._replace(confidence=min(0.98, found.confidence + 0.02)) if found.start else found
    stated = found.start.date()
    offset = (named.weekday - stated.weekday() + 3) % 7 - 3
    other = stated + offset * DAY
    text = Reason(Because.NOT_WEEKDAY, (stated, named.weekday))
    if found.calendar is Calendar.HIJRI and abs(offset) == 1:
        why = Reason(Because.WEEKDAY_WINS, (found.why, stated, named.weekday))
        return period(other, Grain.DAY)._replace(
            calendar=Calendar.HIJRI,
            why=why,
            basis=found.basis,
            confidence=0.85,
            cautions=((WarningCode.CALENDAR_MISMATCH, text),),
        )
    option = Option(other.isoformat(), midnight(other), midnight(other + DAY), 0.3, Reason(Because.STATED_WEEKDAY))
    return found._replace(
        confidence=0.65,
        options=(option,),
        cautions=((WarningCode.WEEKDAY_MISMATCH, text),),
        why=Reason(Because.BUT, (found.why, text)),
    )


def _two_of_three(day: Reading, dated: Reading, stated: dt.date, weekday: Weekday) -> Reading:
    """Return the day on which the counted day and the weekday agree, against the date: اليوم الأربعاء 28 مارس, on the 27th."""
    text = Reason(Because.NOT_WEEKDAY, (stated, weekday))
    option = Option(dated.value, dated.start, dated.end, 0.25, dated.why)
    cautions = ((WarningCode.WEEKDAY_MISMATCH, text),)
    return day._replace(confidence=0.7, options=(option,), cautions=cautions, why=Reason(Because.BUT, (day.why, text)))


def _day_or_nth(dated: Date, weekday: Weekday, scope: Scope) -> Reading | None:
    """Read a weekday beside an ordinal and a month: that day of the month if it is one, else so many of these weekdays on.

    None where the month has not so many of them.
    """
    stated = date(dated, scope, None)
    month = date(replace(dated, day=None), scope, None)
    if stated.start is None or stated.start.weekday() == weekday or month.start is None or month.end is None:
        return stated
    day = nth_weekday(dated.day or 1, weekday, month.start.date(), month.end.date())
    if day >= month.end.date():
        return None  # the month has no fifth one
    why = Reason(Because.NTH_WEEKDAY, (dated.day or 1, weekday, month.value, month.why))
    return period(day, Grain.DAY, why, 0.8, month.basis)._replace(calendar=month.calendar)


def _near_weekday(named: DayOfWeek, day: Reading, near: dt.date | None, scope: Scope, resolve: Resolve) -> Reading:
    if near is None or day.start is None:
        return resolve(named, scope)
    offset = (named.weekday - near.weekday() + 3) % 7 - 3
    if offset == 0:
        return day._replace(confidence=0.99)
    text = Reason(Because.NOT_WEEKDAY, (near, named.weekday))
    if scope.today is not None and (near > scope.today) is not (near + offset * DAY > scope.today):
        return day._replace(
            confidence=0.6, why=Reason(Because.BUT, (day.why, text)), cautions=((WarningCode.WEEKDAY_MISMATCH, text),)
        )
    moved = period(near + offset * DAY, Grain.DAY)
    option = Option(day.value, day.start, day.end, 0.35, Reason(Because.COUNTED_DAY))
    return moved._replace(
        why=Reason(Because.WEEKDAY_NEAR, (named.weekday, near)), confidence=0.6, options=(option,),
        cautions=((WarningCode.WEEKDAY_MISMATCH, text),),
    )  # fmt: skip


_ORDINALS = 5  # weekdays of a month


def _flatten(e: Expression) -> list[Expression]:
    return [*_flatten(e.first), *_flatten(e.second)] if isinstance(e, Agree) else [e]
