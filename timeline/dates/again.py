"""The period told before, in another year."""

from __future__ import annotations

from timeline.dates.calendars import add, value_of
from timeline.dates.reading import Reading, midnight
from timeline.dates.scope import MEMORY, Scope
from timeline.model import Basis, Calendar, Grain, TimeType
from timeline.reasons import Because, Reason


def again(unit: Grain | None, year: Reading, scope: Scope) -> Reading:
    """Return the latest period shorter than a year that was told before, moved into a year; that year alone where none was told."""
    for index in range(len(scope.earlier) - 1, max(len(scope.earlier) - MEMORY, 0) - 1, -1):
        told = scope.earlier[index]
        if year.start is None or not _is_period(told, unit) or told.start is None or told.end is None or told.grain is None:
            continue
        # what is compared is never itself: last year's quarter with "the same of last year" is the one before
        months = 12 * (year.start.year - told.start.year) or -12
        first, after = add(told.start.date(), months, Grain.MONTH), add(told.end.date(), months, Grain.MONTH)
        if first is None or after is None:
            continue
        value = f"{first.year:04d}{told.value[4:]}" if told.grain is Grain.SEASON else value_of(first, told.grain)
        return told._replace(
            value=value, start=midnight(first), end=midnight(after), basis=Basis.RELATIVE_TO_EXPRESSION, anchor=index, options=(),
            why=Reason(Because.SAME_PERIOD, (told.value, year.value, year.why)), confidence=0.85, cautions=(),
        )  # fmt: skip
    why = Reason(Because.NO_TIME_TOLD)
    return year._replace(
        start=None, end=None, why=why, basis=Basis.RELATIVE_TO_EXPRESSION, confidence=0.4, options=(), cautions=()
    )


def _is_period(told: Reading, unit: Grain | None) -> bool:
    """Tell whether a time is one that comes every year: a day, a month, a quarter, a season, the first nine months."""
    if told.type is not TimeType.DATE or told.calendar is Calendar.HIJRI or told.grain is None or "/" in told.value:
        return False
    if unit is not None:
        return told.grain is unit
    return Grain.MONTH <= told.grain < Grain.YEAR or (told.grain is Grain.YEAR and told.mod is not None)
