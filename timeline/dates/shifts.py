"""Periods counted from the publication or from a time mentioned before."""

from __future__ import annotations

import datetime as dt

from timeline.dates.calendars import SPANS, add, floor
from timeline.dates.expressions import Anchor, Shift
from timeline.dates.hijri import hijri_month_of, hijri_year_from_here
from timeline.dates.reading import Reading
from timeline.dates.scope import MEMORY, NO_PUBLICATION, OUT_OF_RANGE, Scope, moved, period, unknown
from timeline.model import Basis, Calendar, Grain, TimeType, WarningCode
from timeline.reasons import Because, Reason


def shift(e: Shift, scope: Scope) -> Reading:
    """Return the unit that lies n units from its anchor."""
    if e.anchor is Anchor.MENTIONED:
        return _from_mentioned(e, scope)
    today = scope.today
    if today is None:
        value = "PRESENT_REF" if e.n == 0 else "PAST_REF" if e.n < 0 else "FUTURE_REF"
        return Reading(TimeType.DATE, value, grain=e.unit, mod=e.mod, why=NO_PUBLICATION, confidence=0.5)
    if e.unit < Grain.DAY:
        return _shift_clock(e, scope)
    if e.calendar is Calendar.HIJRI:
        return hijri_year_from_here(e, today)
    return _moved(today, e, scope, moved(e.unit, e.n, today))


def _moved(anchor: dt.date, e: Shift, scope: Scope, why: Reason) -> Reading:
    day = add(anchor, e.n, e.unit)
    if day is None:
        return unknown(e.unit, OUT_OF_RANGE)._replace(cautions=((WarningCode.DATE_OUT_OF_RANGE, why),))
    found = period(floor(day, e.unit, scope.context.week_start), e.unit)
    return found._replace(why=why, mod=e.mod, confidence=0.8 if e.mod else 0.97)


def _shift_clock(e: Shift, scope: Scope) -> Reading:
    at = scope.context.at
    if at is None or not scope.context.timed:
        value = "PRESENT_REF" if e.n == 0 else "PAST_REF" if e.n < 0 else "FUTURE_REF"
        return Reading(TimeType.TIME, value, grain=e.unit, why=Reason(Because.NO_PUBLICATION_TIME), confidence=0.5)
    step = SPANS[e.unit]
    try:
        there = at + e.n * step
    except OverflowError:
        return unknown(Grain.DAY, OUT_OF_RANGE)
    start = (
        there.replace(second=0, microsecond=0) if e.unit is Grain.MINUTE else there.replace(minute=0, second=0, microsecond=0)
    )
    start = there.replace(microsecond=0) if e.unit is Grain.SECOND else start
    form = {Grain.HOUR: "%Y-%m-%dT%H", Grain.MINUTE: "%Y-%m-%dT%H:%M", Grain.SECOND: "%Y-%m-%dT%H:%M:%S"}[e.unit]
    why = moved(e.unit, e.n, at)
    return Reading(TimeType.TIME, start.strftime(form), start, start + step, e.unit, why, mod=e.mod, confidence=0.85)


def _from_mentioned(e: Shift, scope: Scope) -> Reading:
    """Count from the latest time read before; without one, only a text that says nothing else counts from its publication."""
    if scope.by_event:
        return unknown(e.unit, Reason(Because.FROM_EVENT))._replace(basis=Basis.RELATIVE_TO_EVENT)
    latest = len(scope.earlier) - 1
    for index in range(latest, max(latest - MEMORY, -1), -1):
        earlier = scope.earlier[index]
        if earlier.start is None or earlier.grain is None or earlier.type is TimeType.DURATION or earlier.grain > e.unit:
            continue
        if index and scope.earlier[index - 1].grain is e.unit and scope.earlier[index - 1].end == earlier.end:
            continue  # the day with which the period before it ends
        if e.n == 0 and e.unit is Grain.MONTH and earlier.calendar is Calendar.HIJRI:
            return hijri_month_of(earlier)._replace(basis=Basis.RELATIVE_TO_EXPRESSION, anchor=index)
        why = Reason(Because.MENTIONED, (moved(e.unit, e.n, earlier.value),))
        begin = earlier.start.date()
        if e.unit is Grain.WEEK and earlier.grain is Grain.WEEK:  # from week to week, whatever day they begin on
            scope = scope._replace(context=scope.context._replace(week_start=begin.weekday()))
        found = _moved(begin, e, scope, why)
        return found._replace(basis=Basis.RELATIVE_TO_EXPRESSION, anchor=index, confidence=min(0.85, earlier.confidence))
    if scope.alone and scope.today is not None:
        why = Reason(Because.ONLY_TEXT, (moved(e.unit, e.n, scope.today),))
        return _moved(scope.today, e, scope, why)._replace(basis=Basis.INFERRED, confidence=0.6)
    return unknown(e.unit, Reason(Because.NO_TIME_TOLD))._replace(basis=Basis.RELATIVE_TO_EXPRESSION)
