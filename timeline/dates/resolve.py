"""Resolution: expression x publication x tense of the clause x earlier times -> value, interval, basis, reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple, assert_never

from timeline.dates import direction
from timeline.dates.calendars import DAY, SPANS, add, date_of, floor, from_hijri, hijri_month, hijri_year, to_hijri, value_of
from timeline.dates.clocks import at_clock, at_part
from timeline.dates.context import Context
from timeline.dates.expressions import (
    Agree, Anchor, Approximate, Between, Century, Clock, Date, DayOfWeek, Decade, Edge, Every, Expression, Foreign, Lasting, Nth, PartOfDay, SchoolYear,
    SeasonOf, Shift, Vague, Weekend, Window,
)  # fmt: skip
from timeline.dates.lengths import duration, repeated, window
from timeline.dates.reading import Option, Reading, midnight, spell
from timeline.model import Basis, Calendar, Grain, Mod, Tense, TimeType, WarningCode, Weekday
from timeline.text.categories import Aim, Reference, Season

_TENSES = {
    Tense.PAST: "past-tense clause",
    Tense.FUTURE: "future clause",
    Tense.PRESENT: "present-tense clause",
    Tense.NONE: "no tense nearby",
}


class Scope(NamedTuple):
    """What one mention is resolved in: the publication, the tense around it, the times read before it, and whether it stands alone."""

    context: Context
    tense: Tense
    earlier: Sequence[Reading]
    alone: bool = False
    by_event: bool = False  # what follows says which event it counts from: نفس اليوم الذي ...

    @property
    def today(self) -> dt.date | None:
        """The civil day of publication."""
        return None if self.context.at is None else self.context.at.date()


def resolve(expression: Expression, scope: Scope) -> Reading:
    """Return what an expression means in its scope; never raises: what can't be known has a symbolic value and no interval."""
    try:
        return _resolve(expression, scope)
    except OverflowError:
        why = "outside the years 1-9999"
        return unknown(Grain.DAY, why)._replace(cautions=((WarningCode.DATE_OUT_OF_RANGE, why),))


def _resolve(expression: Expression, scope: Scope) -> Reading:
    match expression:
        case Shift():
            return _shift(expression, scope)
        case Date():
            return _date(expression, scope, None)
        case DayOfWeek():
            return _weekday(expression, scope)
        case Agree():
            return _agree(expression, scope)
        case Nth():
            return _nth(expression, scope)
        case Edge(mod, whole):
            return _edge(mod, whole, scope)
        case PartOfDay(part, day, mod):
            return at_part(part, _day_of(day, scope), mod)
        case Clock(day=day):
            return at_clock(expression, _day_of(day, scope), scope.context)
        case SeasonOf():
            return _season(expression, scope)
        case Decade():
            return _decade(expression, scope)
        case Century():
            return _century(expression)
        case Lasting():
            return duration(expression)
        case Window():
            return window(expression, scope.context)
        case Every():
            return repeated(expression)
        case Between(first, last):
            return _between(resolve(first, scope), resolve(last, scope))
        case SchoolYear(first_year, last_year):
            return Reading(
                TimeType.DATE, f"{first_year}-09/{last_year}-08", midnight(dt.date(first_year, 9, 1)), midnight(dt.date(last_year, 9, 1)),
                Grain.YEAR, "September to August", Basis.STATED,
            )  # fmt: skip
        case Weekend(n):
            return _weekend(n, scope)
        case Vague(reference):
            return _vague(reference)
        case Approximate(whole):
            return resolve(whole, scope)._replace(mod=Mod.APPROX)
        case Foreign():
            return unknown(Grain.DAY, "could not be read")
        case _:
            assert_never(expression)


def period(first: dt.date, unit: Grain) -> Reading:
    """Return the reading of a whole unit that begins on a day; its end is open where the calendar ends in it."""
    end = add(first, 1, unit)
    return Reading(TimeType.DATE, value_of(first, unit), midnight(first), None if end is None else midnight(end), unit)


def unknown(unit: Grain, why: str) -> Reading:
    """Return a day, week, month or year that is not known."""
    value = {Grain.WEEK: "XXXX-WXX", Grain.MONTH: "XXXX-XX", Grain.YEAR: "XXXX"}.get(unit, "XXXX-XX-XX")
    return Reading(TimeType.DATE, value, grain=unit, why=why, confidence=0.3)


def _shift(e: Shift, scope: Scope) -> Reading:
    if e.anchor is Anchor.MENTIONED:
        return _from_mentioned(e, scope)
    today = scope.today
    if today is None:
        value = "PRESENT_REF" if e.n == 0 else "PAST_REF" if e.n < 0 else "FUTURE_REF"
        return Reading(TimeType.DATE, value, grain=e.unit, mod=e.mod, why="the publication date is not known", confidence=0.5)
    if e.unit < Grain.DAY:
        return _shift_clock(e, scope)
    if e.calendar is Calendar.HIJRI:
        return _hijri_year_from_here(e, today)
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


def _from_mentioned(e: Shift, scope: Scope) -> Reading:
    """Count from the latest time read before; without one, only a text that says nothing else counts from its publication."""
    if scope.by_event:
        return unknown(e.unit, "counted from an event")._replace(basis=Basis.RELATIVE_TO_EVENT)
    for index in range(len(scope.earlier) - 1, -1, -1):
        earlier = scope.earlier[index]
        if earlier.start is not None and earlier.grain is not None and earlier.type is not TimeType.DURATION:
            if earlier.grain <= e.unit:
                why = f"{earlier.value} mentioned before" + (f" {e.n:+d} {e.unit.name.lower()}" if e.n else "")
                found = _moved(earlier.start.date(), e, scope, why)
                return found._replace(
                    basis=Basis.RELATIVE_TO_EXPRESSION, anchor=index, confidence=min(0.85, earlier.confidence)
                )
    if scope.alone and scope.today is not None:
        why = f"nothing else is mentioned: {spell(scope.today)} {e.n:+d} {e.unit.name.lower()}"
        return _moved(scope.today, e, scope, why)._replace(basis=Basis.INFERRED, confidence=0.6)
    return unknown(e.unit, "no time is mentioned before that it could count from")._replace(basis=Basis.RELATIVE_TO_EXPRESSION)


def _hijri_year_from_here(e: Shift, today: dt.date) -> Reading:
    here = to_hijri(today)
    bounds = None if here is None else hijri_year(here.year + e.n)
    if here is None or bounds is None:
        return _hijri_unknown(None, None, None)
    return _hijri_period(*bounds, f"Hijri year of {spell(today)} is {here.year}; {e.n:+d} year", Basis.RELATIVE_TO_PUBLICATION)


def _weekday(e: DayOfWeek, scope: Scope) -> Reading:
    today = scope.today
    if today is None:
        return Reading(
            TimeType.DATE, f"XXXX-WXX-{e.weekday + 1}", grain=Grain.DAY, why="the publication date is not known", confidence=0.5
        )
    try:
        day, why, other = direction.weekday(e.weekday, e.aim, scope.tense, today, scope.context.week_start)
    except OverflowError:
        return unknown(Grain.DAY, "outside the years 1-9999")
    reason = f"{why.format(e.weekday.name.capitalize())} {spell(today)}" + ("" if e.aim else f"; {_TENSES[scope.tense]}")
    sure = 0.97 if e.aim is not None or day == today else 0.92 if scope.tense in (Tense.PAST, Tense.FUTURE) else 0.8
    option = Option(
        other.isoformat(),
        midnight(other),
        midnight(other + DAY),
        round(0.9 * (1 - sure), 3),
        f"the other side of {spell(today)}",
    )
    return period(day, Grain.DAY)._replace(why=reason, confidence=sure, options=(option,))


def _date(e: Date, scope: Scope, weekday: Weekday | None, near: dt.date | None = None) -> Reading:
    """Resolve calendar fields; a weekday or a day said beside them (`near`) helps to choose the year."""
    if e.within is not None:
        whole = resolve(e.within, scope)
        if whole.start is None:
            return unknown(Grain.DAY if e.day else Grain.MONTH, whole.why)
        found = _date(Date(e.month, e.day, whole.start.year, e.calendar), scope, weekday)
        return found._replace(basis=Basis.RELATIVE_TO_PUBLICATION, why=f"year: {whole.why}")
    if e.calendar is Calendar.HIJRI:
        return _hijri(e, scope, weekday, near)
    if e.year is not None:
        found = _full_date(e.year, e.month, e.day)
        if not e.inferred:
            return found
        return found._replace(basis=Basis.INFERRED, confidence=0.9, why="the year in which the article speaks of that month")
    today = scope.today
    if today is None:
        value = f"XXXX-{e.month:02d}" + (f"-{e.day:02d}" if e.day else "") if e.month else f"XXXX-XX-{e.day:02d}"
        return Reading(
            TimeType.DATE,
            value,
            grain=Grain.DAY if e.day else Grain.MONTH,
            why="the publication date is not known",
            confidence=0.5,
        )
    unit = Grain.DAY if e.day else Grain.MONTH
    if e.month is None:
        days = [date_of(*divmod_month(today, k), e.day or 1) for k in (-1, 0, 1)]
        days = [days[1]] if e.aim is Aim.THIS and days[1] else days
    else:
        days = [date_of(today.year + k, e.month, e.day or 1) for k in range(-5, 6)]
    candidates = [day for day in days if day is not None]
    agreeing = [day for day in candidates if weekday is not None and day.weekday() == weekday and abs(day - today) < 400 * DAY]
    if near is not None and near in candidates:
        agreeing = [near]
    if not candidates:
        return unknown(unit, "there is no such day")
    aim = None if e.aim is Aim.THIS else e.aim
    first_of_month = today.replace(day=1)
    if e.feast and aim is None and scope.tense is not Tense.PAST and today <= max(candidates):
        aim = Aim.NEXT
    chosen, why, others = direction.nearest(
        agreeing or candidates,
        aim,
        scope.tense if e.aim is None else Tense.NONE,
        today,
        lambda day: day == (today if e.day else first_of_month),
    )
    label = f"{e.day or ''} {_MONTHS[(e.month or chosen.month) - 1]}".strip()
    reason = f"{why.format(label)} {spell(today)}" + ("" if e.aim else f"; {_TENSES[scope.tense]}")
    sure = 0.96 if e.aim or agreeing or abs(chosen - today) < 100 * DAY else 0.85
    options = tuple(
        Option(
            value_of(day, unit),
            midnight(day),
            midnight(add(day, 1, unit) or day),
            round(0.9 * (1 - sure), 3),
            "the next nearest year",
        )
        for day in others[:1]
    )
    return period(chosen, unit)._replace(why=reason, confidence=sure, options=options)


def divmod_month(day: dt.date, k: int) -> tuple[int, int]:
    """Return the year and month k months from a day."""
    year, month = divmod(day.year * 12 + day.month - 1 + k, 12)
    return year, month + 1


def _full_date(year: int, month: int | None, day: int | None) -> Reading:
    first = date_of(year, month or 1, day or 1)
    unit = Grain.DAY if day else Grain.MONTH if month else Grain.YEAR
    if first is None:
        return unknown(unit, "there is no such day")._replace(
            cautions=((WarningCode.DATE_OUT_OF_RANGE, f"{year}-{month}-{day} does not exist"),)
        )
    return period(first, unit)._replace(why="stated in full", basis=Basis.STATED, confidence=0.99)


def _hijri(e: Date, scope: Scope, weekday: Weekday | None, near: dt.date | None) -> Reading:
    today = scope.today
    if e.year is not None:
        return _hijri_fields(e.year, e.month, e.day, "Umm al-Qura calendar", Basis.STATED)
    here = None
    if e.gregorian_year is not None:
        here = to_hijri(dt.date(e.gregorian_year, 1, 1)) if 1 <= e.gregorian_year <= dt.MAXYEAR else None
    elif today is not None:
        here = to_hijri(today)
    if here is None or e.month is None:
        return _hijri_unknown(None, e.month, e.day)
    starts = {from_hijri(here.year + k, e.month, e.day or 1): here.year + k for k in range(-2, 4)}
    if e.gregorian_year is not None:
        chosen = next((day for day in starts if day is not None and day.year == e.gregorian_year), None)
        why = f"the one that begins in {e.gregorian_year}"
        if chosen is None:
            return _hijri_unknown(None, e.month, e.day)
        return _hijri_fields(starts[chosen], e.month, e.day, f"Umm al-Qura calendar: {why}", Basis.STATED)
    candidates = [day for day in starts if day is not None]
    if not candidates or today is None:
        return _hijri_unknown(None, e.month, e.day)
    slack = 1 if e.day else 0
    agreeing = [
        day
        for day in candidates
        if (weekday is not None and day.weekday() == weekday) or (near is not None and abs(day - near) <= slack * DAY)
    ]
    aim = None if e.aim is Aim.THIS else e.aim
    if e.feast and aim is None and scope.tense is not Tense.PAST:
        aim = Aim.NEXT

    def holds(day: dt.date) -> bool:
        bounds = None if e.day else hijri_month(starts[day], e.month or 1)
        return day == today if bounds is None else bounds[0] <= today < bounds[1]

    if any(map(holds, candidates)) and e.aim is None and not e.feast:
        agreeing = [day for day in candidates if holds(day)]
    chosen, why, _ = direction.nearest(agreeing or candidates, aim, scope.tense if e.aim is None else Tense.NONE, today, holds)
    label = f"{e.day or ''} {_HIJRI_MONTHS[e.month - 1]}".strip()
    reason = f"Umm al-Qura calendar: {why.format(label)} {spell(today)}" + ("" if e.aim else f"; {_TENSES[scope.tense]}")
    return _hijri_fields(starts[chosen], e.month, e.day, reason, Basis.RELATIVE_TO_PUBLICATION)


def _hijri_fields(year: int, month: int | None, day: int | None, why: str, basis: Basis) -> Reading:
    if day is not None and month is not None:
        found = from_hijri(year, month, day)
        if found is None:
            return _hijri_unknown(year, month, day)
        return period(found, Grain.DAY)._replace(
            calendar=Calendar.HIJRI, why=f"{why}: {year}-{month:02d}-{day:02d} AH", basis=basis
        )
    bounds = hijri_year(year) if month is None else hijri_month(year, month)
    if bounds is None:
        return _hijri_unknown(year, month, day)
    return _hijri_period(*bounds, why, basis, Grain.YEAR if month is None else Grain.MONTH)


def _hijri_period(first: dt.date, after: dt.date, why: str, basis: Basis, grain: Grain = Grain.YEAR) -> Reading:
    value = f"{first.isoformat()}/{(after - DAY).isoformat()}"
    return Reading(TimeType.DATE, value, midnight(first), midnight(after), grain, why, basis, 0.95, calendar=Calendar.HIJRI)


def _hijri_unknown(year: int | None, month: int | None, day: int | None) -> Reading:
    """Return a Hijri date that has no Gregorian one: its value stays symbolic."""
    said = "-".join(f"{part:02d}" for part in (year, month, day) if part is not None)
    caution = (
        WarningCode.HIJRI_OUT_OF_RANGE,
        f"{said} AH lies outside the Umm al-Qura tables (1343-1500 AH) or has no publication to count from",
    )
    grain = Grain.DAY if day else Grain.MONTH if month else Grain.YEAR
    return unknown(grain, caution[1])._replace(calendar=Calendar.HIJRI, basis=Basis.STATED, cautions=(caution,))


def _agree(e: Agree, scope: Scope) -> Reading:
    """Resolve a day said in several ways: the date decides, its year by the weekday; else the weekday, near the day counted."""
    ways = _flatten(e)
    date = next((way for way in ways if isinstance(way, Date | Nth)), None)
    named = next((way for way in ways if isinstance(way, DayOfWeek)), None)
    counted = next((way for way in ways if isinstance(way, Shift)), None)
    day = None if counted is None else resolve(counted, scope)
    near = None if day is None or day.start is None else day.start.date()
    if date is None:
        return _near_weekday(named, day, near, scope) if day is not None and named is not None else resolve(e.first, scope)
    found = (
        _date(date, scope, None if named is None else named.weekday, near) if isinstance(date, Date) else resolve(date, scope)
    )
    if found.start is None or named is None or found.start.weekday() == named.weekday:
        return found._replace(confidence=min(0.98, found.confidence + 0.02)) if found.start else found
    stated = found.start.date()
    if isinstance(date, Date) and date.counted and date.day is not None and date.day <= _ORDINALS and counted is None:
        # the second Tuesday of October is no second of October
        counted_day = _nth_weekday(date.day, named.weekday, stated.replace(day=1), stated)
        why = f"number {date.day} of the {named.weekday.name.capitalize()}s of {stated:%Y-%m}"
        return period(counted_day, Grain.DAY)._replace(why=why, basis=found.basis, confidence=0.8)
    offset = (named.weekday - stated.weekday() + 3) % 7 - 3
    other = stated + offset * DAY
    text = f"{spell(stated)} is not a {named.weekday.name.capitalize()}"
    if found.calendar is Calendar.HIJRI and abs(offset) == 1:
        why = f"{found.why} is {spell(stated)}; the stated {named.weekday.name.capitalize()} wins by one day"
        return period(other, Grain.DAY)._replace(
            calendar=Calendar.HIJRI,
            why=why,
            basis=found.basis,
            confidence=0.85,
            cautions=((WarningCode.CALENDAR_MISMATCH, text),),
        )
    option = Option(other.isoformat(), midnight(other), midnight(other + DAY), 0.3, "the stated weekday")
    return found._replace(
        confidence=0.65, options=(option,), cautions=((WarningCode.WEEKDAY_MISMATCH, text),), why=f"{found.why}; but {text}"
    )


def _near_weekday(named: DayOfWeek, day: Reading, near: dt.date | None, scope: Scope) -> Reading:
    if near is None or day.start is None:
        return resolve(named, scope)
    offset = (named.weekday - near.weekday() + 3) % 7 - 3
    if offset == 0:
        return day._replace(confidence=0.99)
    text = f"{spell(near)} is not a {named.weekday.name.capitalize()}"
    moved = period(near + offset * DAY, Grain.DAY)
    option = Option(day.value, day.start, day.end, 0.35, "the day counted from publication")
    return moved._replace(
        why=f"{named.weekday.name.capitalize()} nearest to {spell(near)}", confidence=0.6, options=(option,), cautions=((WarningCode.WEEKDAY_MISMATCH, text),)
    )  # fmt: skip


_ORDINALS = 5


def _flatten(e: Expression) -> list[Expression]:
    return [*_flatten(e.first), *_flatten(e.second)] if isinstance(e, Agree) else [e]


def _nth(e: Nth, scope: Scope) -> Reading:
    """Count units inside a whole; a quarter or a half without one is this year's."""
    whole = resolve(e.whole if e.whole is not None else Shift(0, Grain.YEAR), scope)
    if whole.start is None or whole.end is None:
        return unknown(e.unit, f"the whole is not known: {whole.why}")
    first, after = whole.start.date(), whole.end.date()
    if e.weekday is not None:
        chosen = _nth_weekday(e.n, e.weekday, first, after)
    elif e.n > 0:
        chosen = add(first, e.n - 1, e.unit)
    else:
        end = add(after, e.n, e.unit)
        chosen = end
    if chosen is None or not first <= chosen < after:
        return unknown(e.unit, f"{whole.value} has no number {e.n}")
    unit = Grain.DAY if e.weekday is not None else e.unit
    return period(chosen, unit)._replace(
        why=f"number {e.n} in {whole.value} ({whole.why})", basis=whole.basis, anchor=whole.anchor, confidence=whole.confidence
    )


def _nth_weekday(n: int, weekday: Weekday, first: dt.date, after: dt.date) -> dt.date:
    if n > 0:
        return first + ((weekday - first.weekday()) % 7 + 7 * (n - 1)) * DAY
    last = after - DAY
    return last - ((last.weekday() - weekday) % 7 + 7 * (-n - 1)) * DAY


def _edge(mod: Mod, whole: Expression | None, scope: Scope) -> Reading:
    found = resolve(whole if whole is not None else Shift(0, Grain.YEAR), scope)
    if isinstance(whole, Decade) and whole.whole is None and whole.tens <= _AGES:
        found = found._replace(confidence=0.5, why=f"{found.why}; or an age")  # في مطلع الأربعينات
    if mod in (Mod.AFTER, Mod.BEFORE):
        return found._replace(why=f"some time in {found.value} ({found.why})")
    return found._replace(mod=mod, why=f"{mod.name.lower()} of {found.value} ({found.why})")


_AGES = 70


def _day_of(day: Expression | None, scope: Scope) -> Reading | None:
    """Return the day of a time of day: the one said with it; in a past clause the latest day told; else the publication day."""
    if day is not None:
        return resolve(day, scope)
    if scope.today is None:
        return None
    latest = next((k for k in range(len(scope.earlier) - 1, -1, -1) if _is_day(scope.earlier[k])), -1)
    if latest >= 0:
        told = scope.earlier[latest].start
        if told is not None and scope.tense is Tense.PAST and told.date() <= scope.today:
            found = period(told.date(), Grain.DAY)
            return found._replace(
                why=f"the day told before: {found.value}", basis=Basis.RELATIVE_TO_EXPRESSION, anchor=latest, confidence=0.75
            )
        if told is not None and scope.tense is not Tense.PAST and told.date() > scope.today:
            return None
    return period(scope.today, Grain.DAY)._replace(
        why="no day is said; taken as the publication day", basis=Basis.INFERRED, confidence=0.6
    )


def _is_day(reading: Reading) -> bool:
    return (
        reading.start is not None
        and reading.grain is not None
        and reading.grain <= Grain.DAY
        and reading.type is not TimeType.DURATION
    )


def _season(e: SeasonOf, scope: Scope) -> Reading:
    code, month = e.season.value
    year = e.year
    why, basis = "stated", Basis.STATED
    if year is None:
        whole = None if e.whole is None else resolve(e.whole, scope)
        if whole is not None and whole.start is not None:
            year, why, basis = whole.start.year, whole.why, whole.basis
        elif scope.today is not None:
            year, why, basis = _season_year(e, scope.today), f"from {spell(scope.today)}", Basis.RELATIVE_TO_PUBLICATION
        else:
            return Reading(
                TimeType.DATE, f"XXXX-{code}", grain=Grain.SEASON, why="the publication date is not known", confidence=0.5
            )
    first = date_of(year, month, 1)
    after = None if first is None else add(first, 3, Grain.MONTH)
    if first is None or after is None:
        return unknown(Grain.YEAR, "outside the years 1-9999")
    return Reading(TimeType.DATE, f"{year:04d}-{code}", midnight(first), midnight(after), Grain.SEASON, why, basis, 0.9)


def _season_year(e: SeasonOf, today: dt.date) -> int:
    """Return the year in which the season meant begins; winter belongs to the year of its December."""
    month = e.season.value[1]
    current = today.year - 1 if e.season is Season.WINTER and today.month <= 2 else today.year
    begun = (today.month, today.day) >= (month, 1) or current < today.year
    over = not (e.season is Season.WINTER) and today.month >= month + 3
    if e.aim in (Aim.NEXT, Aim.FOLLOWING):
        return current + 1 if begun else current
    if e.aim in (Aim.PAST, Aim.PRECEDING, Aim.RECENT):
        return current if over else current - 1
    return current


def _decade(e: Decade, scope: Scope) -> Reading:
    whole = None if e.whole is None else resolve(e.whole, scope)
    if whole is not None and whole.start is not None:
        century, why = whole.start.year // 100 * 100, f"of {whole.value}"
        basis = whole.basis
    elif scope.today is not None:
        century = scope.today.year // 100 * 100
        century -= 100 if century + e.tens > scope.today.year else 0
        why, basis = f"latest before {spell(scope.today)}", Basis.RELATIVE_TO_PUBLICATION
    else:
        return Reading(
            TimeType.DATE, f"XX{e.tens // 10}", grain=Grain.DECADE, why="the publication date is not known", confidence=0.5
        )
    return period(dt.date(max(century + e.tens, 1), 1, 1), Grain.DECADE)._replace(why=why, basis=basis, confidence=0.93)


def _century(e: Century) -> Reading:
    first = dt.date(max((e.n - 1) * 100, 1), 1, 1)
    return period(first, Grain.CENTURY)._replace(why="stated", basis=Basis.STATED)


def _between(first: Reading, last: Reading) -> Reading:
    return first._replace(value=f"{first.value}/{last.value}", end=last.end, why=f"from {first.why} to {last.why}", options=())


def _weekend(n: int | None, scope: Scope) -> Reading:
    today = scope.today
    if today is None:
        return Reading(
            TimeType.DATE, "XXXX-WXX-WE", grain=Grain.WEEKEND, why="the publication date is not known", confidence=0.5
        )
    monday = add(floor(today, Grain.WEEK, scope.context.week_start), n or 0, Grain.WEEK)
    if monday is None:
        return unknown(Grain.WEEK, "outside the years 1-9999")
    start = monday + 5 * DAY  # the weekend closes the week that begins on the day after it
    value = value_of(monday, Grain.WEEKEND)
    why = f"last two days of the week of {spell(monday)}"
    return Reading(TimeType.DATE, value, midnight(start), midnight(start + 2 * DAY), Grain.WEEKEND, why, confidence=0.8)


def _vague(reference: Reference) -> Reading:
    return Reading(TimeType.DATE, reference.name, why=reference.value, confidence=0.9)


_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_HIJRI_MONTHS = (
    "Muharram", "Safar", "Rabi I", "Rabi II", "Jumada I", "Jumada II", "Rajab", "Shaaban", "Ramadan", "Shawwal", "Dhu al-Qaada", "Dhu al-Hijja",
)  # fmt: skip
