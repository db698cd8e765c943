"""Durations, spans measured from the publication, and repetition."""

from __future__ import annotations

from timeline.dates.calendars import SPANS, add
from timeline.dates.context import Context
from timeline.dates.expressions import Date, Every, Lasting, Window
from timeline.dates.reading import Reading, midnight
from timeline.model import Basis, Grain, TimeType
from timeline.reasons import Amount, Because, Reason
from timeline.text.categories import Aim

_DATE_UNITS = {
    Grain.DAY: "D", Grain.WEEK: "W", Grain.MONTH: "M", Grain.YEAR: "Y", Grain.DECADE: "DE", Grain.CENTURY: "CE",
    Grain.QUARTER: "Q", Grain.WEEKEND: "WE",
}  # fmt: skip
_CLOCK_UNITS = {Grain.HOUR: "H", Grain.MINUTE: "M", Grain.SECOND: "S"}
# The finer unit in which a part of a unit is said, and how many of it make the unit.
FINER = {
    Grain.CENTURY: (Grain.DECADE, 10), Grain.DECADE: (Grain.YEAR, 10), Grain.YEAR: (Grain.MONTH, 12), Grain.MONTH: (Grain.DAY, 30),
    Grain.WEEK: (Grain.DAY, 7), Grain.DAY: (Grain.HOUR, 24), Grain.HOUR: (Grain.MINUTE, 60), Grain.MINUTE: (Grain.SECOND, 60),
}  # fmt: skip
Amounts = tuple[tuple[float | None, Grain], ...]


def less(amounts: Amounts, taken: Amounts) -> Amounts | None:
    """Take an amount of the next finer unit from whole units: forty years less three months are 39 years and nine months."""
    if len(amounts) != 1 or len(taken) != 1:
        return None
    (n, unit), (m, finer) = amounts[0], taken[0]
    next_unit, many = FINER.get(unit, (unit, 0))
    if n is None or m is None or finer is not next_unit or not 0 < m < many:
        return None
    rest: Amounts = ((many - m, finer),)
    return rest if n == 1 else ((n - 1, unit), *rest)


def length(amounts: tuple[tuple[float | None, Grain], ...]) -> str:
    """Return the TIMEX3 value of a length: P3D, P2Y6M, PT1H30M; PXM where the amount is not said."""
    date = "".join(f"{_amount(n)}{_DATE_UNITS[unit]}" for n, unit in amounts if unit in _DATE_UNITS)
    clock = "".join(f"{_amount(n)}{_CLOCK_UNITS[unit]}" for n, unit in amounts if unit in _CLOCK_UNITS)
    return "P" + date + ("T" + clock if clock else "")


def _amount(n: float | None) -> str:
    return "X" if n is None else f"{n:.10g}"


def duration(e: Lasting) -> Reading:
    """Return a length of time; it lies nowhere by itself."""
    return Reading(
        TimeType.DURATION,
        length(e.amounts),
        grain=e.amounts[-1][1],
        mod=e.mod,
        why=Reason(Because.A_LENGTH),
        basis=Basis.STATED,
    )


def window(e: Window, context: Context) -> Reading:
    """Return a span that ends or begins with the publication: whole days up to its midnight, hours up to its instant."""
    found = Reading(TimeType.DURATION, length(((e.n, e.unit),)), grain=e.unit, why=Reason(Because.LENGTH_UNSAID))
    if not e.n or context.at is None or e.n != int(e.n):
        return found._replace(confidence=0.9)
    back = e.aim not in (Aim.NEXT, Aim.FOLLOWING, Aim.AFTER_NEXT)
    n = int(e.n)
    side = Because.SPAN_UP_TO if back else Because.SPAN_FROM
    try:
        if e.unit in SPANS and e.unit < Grain.DAY:
            here = context.at.replace(microsecond=0)
            there = here + (-n if back else n) * SPANS[e.unit]
            why = Reason(side, (Amount(n, e.unit), here))
        else:
            today = context.at.date()
            moved = add(today, -n if back else n, e.unit)
            if moved is None:
                return found
            here, there = midnight(today), midnight(moved)
            why = Reason(side, (Amount(n, e.unit), today))
    except OverflowError:
        return found
    return found._replace(start=there if back else here, end=here if back else there, why=why, confidence=0.93)


def yearly(e: Date) -> Reading:
    """Return a day or a month that comes every year."""
    day = f"-{e.day:02d}" if e.day else ""
    grain = Grain.DAY if e.day else Grain.MONTH
    why = Reason(Because.EVERY, (Amount(1, Grain.YEAR),))
    return Reading(TimeType.SET, f"XXXX-{e.month or 1:02d}{day}", grain=grain, why=why, basis=Basis.STATED)


def repeated(e: Every) -> Reading:
    """Return what happens again: every unit, every n units, or every week on a day."""
    if e.weekday is not None:
        return Reading(
            TimeType.SET, f"XXXX-WXX-{e.weekday + 1}", grain=Grain.DAY, why=Reason(Because.EVERY_WEEK), basis=Basis.STATED
        )
    n = float(e.freq) if e.freq else 1.0
    return Reading(
        TimeType.SET, length(((n, e.unit),)), grain=e.unit, why=Reason(Because.EVERY, (Amount(n, e.unit),)), basis=Basis.STATED
    )
