"""Counting on: what happened a length of time after what is told just before: أبحرت مساء الجمعة وانقطع الاتصال بها بعد خمس ساعات."""

from __future__ import annotations

import datetime as dt

from timeline.events.draft import Draft
from timeline.model import Basis, Grain
from timeline.reasons import Amount, Because, Reason

_MONTHS = {Grain.MONTH: 1, Grain.YEAR: 12}
_DAYS = {Grain.DAY: 1, Grain.WEEK: 7}
_SECONDS = {Grain.HOUR: 3600, Grain.MINUTE: 60, Grain.SECOND: 1}


def count_on(draft: Draft, told: Draft) -> None:
    """Date an event by the length of time that lies between it and another one; the grain is that of the length, a day at least."""
    if draft.count is None or told.start is None:
        return
    n, unit = draft.count
    try:
        _count(draft, told, n, unit)
    except OverflowError:  # beyond the calendar's last day
        draft.start = draft.end = draft.fine = None
    if draft.start is not None:
        draft.relation, draft.basis = None, Basis.RELATIVE_TO_EVENT
        draft.confidence = round(0.8 * told.confidence, 3)
        draft.why = Reason(Because.COUNTED_ON, (Amount(n, unit), told.why))


def _count(draft: Draft, told: Draft, n: float, unit: Grain) -> None:
    """Count a length of time from the begin of an event that has one; raise OverflowError beyond the calendar."""
    if told.start is None:
        return
    if unit in _SECONDS:
        _hours(draft, told, n * _SECONDS[unit])
    elif told.grain is not Grain.DAY:
        return
    elif unit in _DAYS and n == int(n):
        draft.start = told.start + dt.timedelta(days=int(n) * _DAYS[unit])
        draft.end = draft.start + dt.timedelta(days=1)
        draft.grain = Grain.DAY
    elif unit in _MONTHS and n == int(n):
        draft.start = _month(told.start, int(n) * _MONTHS[unit])
        draft.end = _month(draft.start, _MONTHS[unit])
        draft.grain = unit


def _hours(draft: Draft, told: Draft, seconds: float) -> None:
    """Count hours from a clock time; without one, they are taken for hours of the same day where they are few."""
    if told.fine is not None:
        draft.fine = told.fine + dt.timedelta(seconds=seconds)
        draft.start = dt.datetime.combine(draft.fine.date(), dt.time())
        draft.end = draft.start + dt.timedelta(days=1)
    elif seconds <= _FEW and told.grain is Grain.DAY:
        draft.start, draft.end = told.start, told.end
    draft.grain = Grain.DAY


def _month(day: dt.datetime, months: int) -> dt.datetime:
    """Return the first day of the month so many months on; raise OverflowError beyond the calendar."""
    index = day.year * 12 + day.month - 1 + months
    if index > dt.MAXYEAR * 12 + 11:
        raise OverflowError
    return dt.datetime.combine(dt.date(index // 12, index % 12 + 1, 1), dt.time())


_FEW = 6 * 3600
