"""Units counted inside a whole: the third day, the last week, the first Monday, the first three months."""

from __future__ import annotations

import datetime as dt

from timeline.dates.calendars import DAY, add, value_of
from timeline.dates.expressions import Nth, Stretch
from timeline.dates.reading import Reading, midnight
from timeline.dates.scope import MEMORY, Scope, period, unknown
from timeline.model import Basis, Grain, Mod, Tense, TimeType, Weekday
from timeline.reasons import Amount, Because, Reason


def nth(e: Nth, whole: Reading) -> Reading:
    """Count units inside a whole."""
    if whole.start is None or whole.end is None:
        return unknown(e.unit, Reason(Because.WHOLE_UNKNOWN, (whole.why,)))
    first, after = whole.start.date(), whole.end.date()
    chosen: dt.date | None
    if e.weekday is not None:
        chosen = nth_weekday(e.n, e.weekday, first, after)
    elif e.n > 0:
        chosen = add(first, e.n - 1, e.unit)
    else:
        chosen = add(after, e.n, e.unit)
    if chosen is None or not first <= chosen < after:
        return unknown(e.unit, Reason(Because.NO_NUMBER, (whole.value, e.n)))
    unit = Grain.DAY if e.weekday is not None else e.unit
    return period(chosen, unit)._replace(
        why=_place(e.n, unit if e.weekday is None else e.weekday, whole),
        basis=whole.basis,
        anchor=whole.anchor,
        confidence=whole.confidence,
    )


def _place(n: int, unit: Grain | Weekday, whole: Reading) -> Reason:
    if n == -1:
        return Reason(Because.LAST_UNIT_OF, (unit, whole.value, whole.why))
    because = Because.NUMBER_OF if n > 0 else Because.NUMBER_FROM_END
    return Reason(because, (unit, abs(n), whole.value, whole.why))


def told_span(n: int, scope: Scope) -> Reading:
    """Return the span of days told before, of which day n is counted: زيارة تستمر ثلاثة أيام ... في اليوم الثاني.

    In one story with a day (بدأ زيارته في 5 آذار، والتقى في اليوم الثاني) that day is the first.
    """
    for index in range(len(scope.earlier) - 1, max(len(scope.earlier) - MEMORY, 0) - 1, -1):
        told = scope.earlier[index]
        if told.type is TimeType.DURATION and told.basis is Basis.RELATIVE_TO_EXPRESSION:
            return told._replace(anchor=index, options=(), mod=None)
        if scope.story and told.grain is Grain.DAY and told.type is TimeType.DATE and told.start is not None:
            after = add(told.start.date(), n, Grain.DAY)
            yet_to_come = (
                scope.tense is Tense.PAST and scope.today is not None and after is not None and after - DAY > scope.today
            )
            if n > 0 and after is not None and not yet_to_come:
                why = Reason(Because.FIRST_DAY, (told.value,))
                basis = Basis.RELATIVE_TO_EXPRESSION
                return Reading(
                    TimeType.DATE, told.value, told.start, midnight(after), Grain.DAY, why, basis, 0.75, anchor=index
                )
    return unknown(Grain.DAY, Reason(Because.NO_SPAN_TOLD))


def nth_weekday(n: int, weekday: Weekday, first: dt.date, after: dt.date) -> dt.date:
    """Return the nth day of that name in a span; counted from its end where n is negative."""
    if n > 0:
        return first + ((weekday - first.weekday()) % 7 + 7 * (n - 1)) * DAY
    last = after - DAY
    return last - ((last.weekday() - weekday) % 7 + 7 * (-n - 1)) * DAY


def stretch(e: Stretch, whole: Reading | None) -> Reading:
    """Return the begin or the end of a whole; three months that are a quarter of the year have its value."""
    if whole is None:
        return unknown(e.unit, Reason(Because.NO_WHOLE))
    if whole.start is None or whole.end is None:
        return whole
    first, after = whole.start.date(), whole.end.date()
    if e.last:
        first = add(after, -e.n, e.unit) or first
    else:
        after = add(first, e.n, e.unit) or after
    quarter = e.unit is Grain.MONTH and e.n == _QUARTER and first.day == 1 and first.month % _QUARTER == 1
    value = value_of(first, Grain.QUARTER) if quarter else whole.value
    mod = None if quarter else Mod.END if e.last else Mod.START
    why = Reason(Because.LAST_OF if e.last else Because.FIRST_OF, (Amount(e.n, e.unit), whole.value, whole.why))
    grain = Grain.QUARTER if quarter else whole.grain
    return whole._replace(value=value, start=midnight(first), end=midnight(after), grain=grain, mod=mod, why=why, options=())


_QUARTER = 3  # months
