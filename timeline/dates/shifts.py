"""Periods counted from the publication or from a time mentioned before."""

from __future__ import annotations

import datetime as dt

from timeline.dates.calendars import SPANS, add, floor
from timeline.dates.expressions import Anchor, Shift
from timeline.dates.hijri import hijri_month_of, hijri_year_from_here
from timeline.dates.reading import Reading, spell
from timeline.dates.scope import Scope, period, unknown
from timeline.model import Basis, Calendar, Grain, TimeType, WarningCode


def shift(e: Shift, scope: Scope) -> Reading:
    """Return the unit that lies n units from its anchor."""
    if e.anchor is Anchor.MENTIONED:
        return _from_mentioned(e, scope)
    today = scope.today
    if today is None:
        value = "PRESENT_REF" if e.n == 0 else "PAST_REF" if e.n < 0 else "FUTURE_REF"
        return Reading(TimeType.DATE, value, grain=e.unit, mod=e.mod, why="the publication date is not known", confidence=0.5)
    if e.unit < Grain.DAY:
        return _shift_clock(e, scope)
    if e.calendar is Calendar.HIJRI:
        return hijri_year_from_here(e, today)
    return _moved(
        today,
        e,
        scope,
        f"{spell(today)} {e.n:+d} {e.unit.name.lower()}" if e.n else f"the {e.unit.name.lower()} of {spell(today)}",
    )


def _moved(anchor: dt.date, e: Shift, scope: Scope, why: str) -> Reading:
    moved = add(anchor, e.n, e.unit)
    if moved is None:
        return unknown(e.unit, "outside the years 1-9999")._replace(cautions=((WarningCode.DATE_OUT_OF_RANGE, why),))
    found = period(floor(moved, e.unit, scope.context.week_start), e.unit)
    return found._replace(why=why, mod=e.mod, confidence=0.8 if e.mod else 0.97)


def _shift_clock(e: Shift, scope: Scope) -> Reading:
    at = scope.context.at
    if at is None or not scope.context.timed:
        value = "PRESENT_REF" if e.n == 0 else "PAST_REF" if e.n < 0 else "FUTURE_REF"
        return Reading(TimeType.TIME, value, grain=e.unit, why="the clock time of publication is not known", confidence=0.5)
    step = SPANS[e.unit]
    try:
        moved = at + e.n * step
    except OverflowError:
        return unknown(Grain.DAY, "outside the years 1-9999")
    start = (
        moved.replace(second=0, microsecond=0) if e.unit is Grain.MINUTE else moved.replace(minute=0, second=0, microsecond=0)
    )
    start = moved.replace(microsecond=0) if e.unit is Grain.SECOND else start
    form = {Grain.HOUR: "%Y-%m-%dT%H", Grain.MINUTE: "%Y-%m-%dT%H:%M", Grain.SECOND: "%Y-%m-%dT%H:%M:%S"}[e.unit]
    why = f"{at:%Y-%m-%d %H:%M} {e.n:+d} {e.unit.name.lower()}"
    return Reading(TimeType.TIME, start.strftime(form), start, start + step, e.unit, why, mod=e.mod, confidence=0.85)


_MEMORY = 40  # times back that a text can still point to


def _from_mentioned(e: Shift, scope: Scope) -> Reading:
    """Count from the latest time read before; without one, only a text that says nothing else counts from its publication."""
    if scope.by_event:
        return unknown(e.unit, "counted from an event")._replace(basis=Basis.RELATIVE_TO_EVENT)
    latest = len(scope.earlier) - 1
    for index in range(latest, max(latest - _MEMORY, -1), -1):
        earlier = scope.earlier[index]
        if earlier.start is None or earlier.grain is None or earlier.type is TimeType.DURATION or earlier.grain > e.unit:
            continue
        if e.n == 0 and e.unit is Grain.MONTH and earlier.calendar is Calendar.HIJRI:
            return hijri_month_of(earlier)._replace(basis=Basis.RELATIVE_TO_EXPRESSION, anchor=index)
        why = f"{earlier.value} mentioned before" + (f" {e.n:+d} {e.unit.name.lower()}" if e.n else "")
        found = _moved(earlier.start.date(), e, scope, why)
        return found._replace(basis=Basis.RELATIVE_TO_EXPRESSION, anchor=index, confidence=min(0.85, earlier.confidence))
    if scope.alone and scope.today is not None:
        why = f"nothing else is mentioned: {spell(scope.today)} {e.n:+d} {e.unit.name.lower()}"
        return _moved(scope.today, e, scope, why)._replace(basis=Basis.INFERRED, confidence=0.6)
    return unknown(e.unit, "no time is mentioned before that it could count from")._replace(basis=Basis.RELATIVE_TO_EXPRESSION)
