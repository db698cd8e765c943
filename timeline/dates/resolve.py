"""Resolution: expression x publication x tense of the clause x earlier times -> value, interval, basis, reason."""

from __future__ import annotations

import datetime as dt
from typing import assert_never

from timeline.dates.again import again
from timeline.dates.agree import agree
from timeline.dates.calendars import add
from timeline.dates.clocks import at_clock, at_part
from timeline.dates.counts import nth, stretch, told_span
from timeline.dates.ending import ending
from timeline.dates.eras import century, decade, school_year, season, weekend
from timeline.dates.expressions import (
    Again,
    Agree,
    Approximate,
    Beside,
    Between,
    Century,
    Clock,
    Date,
    DayOfWeek,
    Decade,
    Edge,
    Ending,
    Every,
    Expression,
    Foreign,
    Lasting,
    Nth,
    PartOfDay,
    SchoolYear,
    SeasonOf,
    Shift,
    Stretch,
    TheFeast,
    Vague,
    Weekend,
    Window,
    Yearly,
)  # fmt: skip
from timeline.dates.feasts import the_feast
from timeline.dates.lengths import duration, repeated, window, yearly
from timeline.dates.named import date, weekday
from timeline.dates.reading import Option, Reading, midnight
from timeline.dates.scope import MEMORY, OUT_OF_RANGE, Scope, moved, period, unknown
from timeline.dates.shifts import shift
from timeline.model import Basis, Grain, Mod, Tense, TimeType, WarningCode
from timeline.reasons import Amount, Because, Reason
from timeline.text.categories import Reference


def resolve(expression: Expression, scope: Scope) -> Reading:
    """Return what an expression means in its scope; never raises: what can't be known has a symbolic value and no interval."""
    try:
        return _resolve(expression, scope)
    except OverflowError:
        return unknown(Grain.DAY, OUT_OF_RANGE)._replace(cautions=((WarningCode.DATE_OUT_OF_RANGE, OUT_OF_RANGE),))


def _resolve(expression: Expression, scope: Scope) -> Reading:
    match expression:
        case Shift():
            return shift(expression, scope)
        case Date():
            return _dated(expression, scope)
        case TheFeast():
            return the_feast(expression, scope)
        case DayOfWeek():
            return weekday(expression, scope)
        case Agree():
            return agree(expression, scope, resolve)
        case Nth():
            return nth(expression, _whole_of_count(expression, scope))
        case Stretch():
            return stretch(expression, _whole(expression.whole, scope))
        case Edge(mod, whole):
            return _edge(mod, whole, scope)
        case PartOfDay(part, day, mod):
            return at_part(part, _day_of(day, scope), mod)
        case Clock(day=None):
            return _undated_clock(expression, scope)
        case Clock(day=day):
            return at_clock(expression, _day_of(day, scope), scope.context)
        case SeasonOf():
            return season(expression, scope, _whole(expression.whole, scope))
        case Decade():
            return decade(expression, scope, _whole(expression.whole, scope))
        case Century():
            return century(expression)
        case Lasting():
            return _lasting(expression, scope)
        case Window():
            return window(expression, scope.context)
        case Every():
            return repeated(expression)
        case Yearly(each):
            return yearly(each)
        case Between(first, last):
            return _between(resolve(first, scope), resolve(last, scope))
        case SchoolYear():
            return school_year(expression, scope)
        case Weekend(n):
            return weekend(n, scope)
        case Vague(reference):
            return _vague(reference, scope)
        case Approximate(whole):
            return resolve(whole, scope)._replace(mod=Mod.APPROX)
        case Ending(unit, day):
            return ending(unit, resolve(day, scope))
        case Beside(n, day):
            return _beside(n, resolve(day, scope))
        case Again(unit, whole):
            return again(unit, resolve(whole, scope), scope)
        case Foreign():
            return unknown(Grain.DAY, Reason(Because.NO_READING))
        case _:
            assert_never(expression)


def _beside(n: int, day: Reading) -> Reading:
    there = None if day.start is None else add(day.start.date(), n, Grain.DAY)
    if there is None:
        return unknown(Grain.DAY, day.why)
    why = Reason(Because.BESIDE, (moved(Grain.DAY, n, day.value), day.why))
    return period(there, Grain.DAY)._replace(why=why, basis=day.basis, anchor=day.anchor, confidence=day.confidence)


def _lasting(e: Lasting, scope: Scope) -> Reading:
    """Return a length of time; one that follows a day that was just told begins with it."""
    found = duration(e)
    n, unit = e.amounts[0]
    told = scope.earlier[-1] if e.follows and scope.earlier else None
    if told is None or told.start is None or not _is_day(told) or n is None or n != int(n) or unit < Grain.DAY:
        return found
    first = told.start.date()
    after = add(first, int(n), unit)
    if after is None:
        return found
    why = Reason(Because.LASTING_FROM, (Amount(int(n), unit), first))
    return found._replace(
        start=midnight(first), end=midnight(after), why=why, basis=Basis.RELATIVE_TO_EXPRESSION, anchor=len(scope.earlier) - 1
    )


def _whole(whole: Expression | None, scope: Scope) -> Reading | None:
    return None if whole is None else resolve(whole, scope)


def _dated(e: Date, scope: Scope) -> Reading:
    """Resolve a date, in the year that is named beside it from here (أكتوبر من العام الماضي) where there is one."""
    if e.within is None:
        return date(e, scope, None)
    whole = resolve(e.within, scope)
    if whole.start is None:
        return unknown(Grain.DAY if e.day else Grain.MONTH, whole.why)
    found = date(Date(e.month, e.day, whole.start.year, e.calendar), scope, None)
    return found._replace(basis=Basis.RELATIVE_TO_PUBLICATION, why=Reason(Because.YEAR_FROM, (whole.why,)))


_THIS_YEAR, _LAST_YEAR = Shift(0, Grain.YEAR), Shift(-1, Grain.YEAR)


def _whole_of_count(e: Nth, scope: Scope) -> Reading:
    """Return that in which units are counted: what is named, the span told before for days, else this year."""
    if e.whole is not None:
        return resolve(e.whole, scope)
    if e.unit is Grain.DAY:
        return told_span(e.n, scope)
    this = resolve(_THIS_YEAR, scope)
    begin = nth(e, this).start
    ahead = begin is not None and scope.today is not None and begin.date() > scope.today
    return resolve(_LAST_YEAR, scope) if ahead and scope.tense is Tense.PAST else this


def _edge(mod: Mod, whole: Expression | None, scope: Scope) -> Reading:
    if mod is Mod.BEFORE and scope.tense is Tense.PRESENT:
        scope = scope._replace(tense=Tense.PAST)  # earlier on Friday
    found = resolve(whole if whole is not None else Shift(0, Grain.YEAR), scope)
    if isinstance(whole, Decade) and whole.whole is None and whole.tens <= _AGES:
        found = found._replace(confidence=0.5, why=Reason(Because.OR_AN_AGE, (found.why,)))  # في مطلع الأربعينات
    if mod in (Mod.AFTER, Mod.BEFORE):
        return found._replace(why=Reason(Because.SOME_TIME_IN, (found.value, found.why)))
    return found._replace(mod=mod, why=Reason(Because.EDGE_OF, (mod, found.value, found.why)))


_AGES = 70


def _day_of(day: Expression | None, scope: Scope) -> Reading | None:
    """Return the day of a time of day: the one said with it; the latest day told where the clause points to its side; else today."""
    if day is not None:
        return resolve(day, scope)
    if scope.today is None:
        return None
    size = len(scope.earlier)
    latest = next((k for k in range(size - 1, max(size - MEMORY, -1), -1) if _is_day(scope.earlier[k])), -1)
    if latest >= 0:
        told = scope.earlier[latest].start
        to_come = told is not None and told.date() > scope.today
        if told is not None and (scope.tense is Tense.FUTURE if to_come else scope.tense is Tense.PAST):
            found = period(told.date(), Grain.DAY)
            return found._replace(
                why=Reason(Because.DAY_TOLD, (found.value,)), basis=Basis.RELATIVE_TO_EXPRESSION, anchor=latest, confidence=0.75
            )
        if to_come and scope.tense is not Tense.PAST:
            return None
    return period(scope.today, Grain.DAY)._replace(why=Reason(Because.DAY_UNSAID), basis=Basis.INFERRED, confidence=0.75)


def _undated_clock(e: Clock, scope: Scope) -> Reading:
    """Return a time of day without its day; where the hour of publication is known, a past one lies before it, a future one after."""
    day = _day_of(None, scope)
    if scope.ranged and day is not None and day.basis is Basis.INFERRED and scope.tense in _OPEN:
        day = None  # opening hours are of no one day
    found = at_clock(e, day, scope.context)
    at = scope.context.at
    if day is None or day.start is None or found.basis is not Basis.INFERRED or at is None or not scope.context.timed:
        return found
    if found.start is None or found.end is None:
        return found
    late = scope.tense is Tense.PAST and found.start - at > _SLACK
    gone = scope.tense is Tense.FUTURE and at - found.end > _SLACK
    if scope.story or not (late or gone):
        return found
    other = add(day.start.date(), -1 if late else 1, Grain.DAY)
    if other is None:
        return found
    why = Reason(Because.CLOCK_SIDE, (moved(Grain.DAY, -1 if late else 1, day.start.date()), scope.tense))
    moved_day = period(other, Grain.DAY)._replace(why=why, basis=Basis.INFERRED, confidence=day.confidence)
    option = Option(found.value, found.start, found.end, 0.2, Reason(Because.DAY_UNSAID))
    return at_clock(e, moved_day, scope.context)._replace(options=(option,))


_OPEN = (Tense.PRESENT, Tense.NONE)
_SLACK = dt.timedelta(hours=2)  # by which an article may be published before or after what it tells of as to come or as past


def _is_day(reading: Reading) -> bool:
    return (
        reading.start is not None
        and reading.grain is not None
        and reading.grain <= Grain.DAY
        and reading.type is not TimeType.DURATION
    )


def _between(first: Reading, last: Reading) -> Reading:
    return first._replace(
        value=f"{first.value}/{last.value}", end=last.end, why=Reason(Because.FROM_TO, (first.why, last.why)), options=()
    )


def _vague(reference: Reference, scope: Scope) -> Reading:
    """Return a time that is named without being given; now is the second of publication where that is known."""
    found = Reading(TimeType.DATE, reference.name, why=Reason(_VAGUE[reference]), confidence=0.9)
    at = scope.context.at
    if reference is not Reference.PRESENT_REF or at is None or not scope.context.timed:
        return found
    now = at.replace(microsecond=0)
    return found._replace(start=now, end=now + dt.timedelta(seconds=1), grain=Grain.SECOND, why=Reason(Because.NOW, (now,)))


_VAGUE = {
    Reference.PAST_REF: Because.SOME_PAST, Reference.PRESENT_REF: Because.NOW_SAID, Reference.FUTURE_REF: Because.SOME_FUTURE,
    Reference.THEN: Because.AT_THAT_TIME,
}  # fmt: skip
