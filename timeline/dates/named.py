"""Days, months and years named by the Gregorian calendar, and weekdays."""

from __future__ import annotations

import datetime as dt

from timeline.dates import direction
from timeline.dates.calendars import DAY, date_of
from timeline.dates.expressions import Date, DayOfWeek
from timeline.dates.hijri import hijri, of_current_month
from timeline.dates.history import known_year
from timeline.dates.reading import STATED, Option, Reading, midnight
from timeline.dates.scope import MEMORY, NO_PUBLICATION, OUT_OF_RANGE, SaidYear, Scope, period, unknown
from timeline.model import Basis, Calendar, Grain, Tense, TimeType, WarningCode, Weekday
from timeline.reasons import Because, MonthDay, Reason
from timeline.text.categories import Aim


def weekday(e: DayOfWeek, scope: Scope) -> Reading:
    """Return the day that a weekday means, with the day on the other side of the publication as the alternative."""
    today = scope.today
    if today is None:
        return Reading(TimeType.DATE, f"XXXX-WXX-{e.weekday + 1}", grain=Grain.DAY, why=NO_PUBLICATION, confidence=0.5)
    told = _told(e, scope, today)
    if told is not None:
        return told
    try:
        day, why, other = direction.weekday(e.weekday, e.aim, scope.tense, today, scope.context.week_start, lean=scope.lean)
    except OverflowError:
        return unknown(Grain.DAY, OUT_OF_RANGE)
    reason = Reason(why, (e.weekday, today))
    reason = reason if e.aim else Reason(Because.BY_CLAUSE, (reason, scope.tense))
    sure = 0.97 if e.aim is not None or day == today else 0.94 if scope.tense in _STEERING and not scope.lean else 0.8
    option = Option(
        other.isoformat(),
        midnight(other),
        midnight(other + DAY),
        round(0.9 * (1 - sure), 3),
        Reason(Because.ONE_WEEK_OFF) if (other > today) is (day > today) else Reason(Because.OTHER_SIDE, (today,)),
    )
    return period(day, Grain.DAY, reason, sure, options=(option,))


def _told(e: DayOfWeek, scope: Scope, today: dt.date) -> Reading | None:
    """Return the day of that name told before, where no adjective and no tense says which one is meant: غدا السبت ... السبت."""
    if e.aim is not None or scope.tense in (Tense.PAST, Tense.FUTURE):
        return None
    latest = len(scope.earlier) - 1
    for index in range(latest, max(latest - MEMORY, -1), -1):
        told = scope.earlier[index]
        day = None if told.start is None or told.grain is not Grain.DAY else told.start.date()
        if day is not None and day.weekday() == e.weekday and told.confidence >= _SURE and abs(day - today) <= 7 * DAY:
            why = Reason(Because.TOLD_WEEKDAY, (e.weekday, day))
            return period(day, Grain.DAY, why, 0.85, Basis.RELATIVE_TO_EXPRESSION)._replace(anchor=index)
    return None


_STEERING = (Tense.PAST, Tense.FUTURE)
_SURE = 0.97  # the confidence of a day that its words alone decide


def date(e: Date, scope: Scope, weekday: Weekday | None, near: dt.date | None = None) -> Reading:
    """Resolve calendar fields; a weekday or a day said beside them (`near`) helps to choose the year."""
    if e.calendar is Calendar.HIJRI:
        return hijri(e, scope, weekday, near)
    if e.known and (year := known_year(e, scope.context.country, scope.today)) is not None:
        return _inferred(e, SaidYear(year, Because.KNOWN_EVENT), scope, weekday, near)
    if e.year is not None:
        return full_date(e.year, e.month, e.day)
    if scope.said_year is not None:
        return _inferred(e, scope.said_year, scope, weekday, near)
    today = scope.today
    if today is None:
        value = f"XXXX-{e.month:02d}" + (f"-{e.day:02d}" if e.day else "") if e.month else f"XXXX-XX-{e.day:02d}"
        return Reading(
            TimeType.DATE,
            value,
            grain=Grain.DAY if e.day else Grain.MONTH,
            why=NO_PUBLICATION,
            confidence=0.5,
        )
    if e.month is None and e.day and e.aim is Aim.THIS and scope.context.hijri:
        current = of_current_month(e.day, weekday, scope, today)
        if current is not None:
            return current
    return _nearest(e, scope, today, weekday, near)


def _nearest(e: Date, scope: Scope, today: dt.date, weekday: Weekday | None, near: dt.date | None) -> Reading:
    """Return a date without its year, of the year that its words, its clause or nearness point to."""
    unit = Grain.DAY if e.day else Grain.MONTH
    candidates = _candidates(e, scope, today, weekday)
    if not candidates:
        return unknown(unit, Reason(Because.NO_SUCH_DAY))
    agreeing = [day for day in candidates if weekday is not None and day.weekday() == weekday and abs(day - today) < 400 * DAY]
    if e.aim is None and not e.ahead and direction.contradicts(agreeing, candidates, scope.tense, today):
        agreeing = []  # the weekday is wrong: no past clause tells of a day a year ahead where one of last week has that date
    if near is not None and near in candidates:
        agreeing = [near]
    alone = scope.alone and e.aim is None and e.month is not None and weekday is None and near is None and not e.feast
    if alone:
        agreeing = [day for day in candidates if day.year == today.year]  # nothing points anywhere: this year's
    here = today if e.day else today.replace(day=1)
    chosen, why, others = direction.nearest(
        agreeing or candidates,
        _aim(e, scope, candidates, today),
        Tense.FUTURE if e.ahead else scope.tense if e.aim is None else Tense.NONE,
        today,
        lambda day: day == here,
    )
    reason = Reason(why, (MonthDay(e.day or 0, e.month or chosen.month), today))
    reason = reason if e.aim or e.ahead else Reason(Because.BY_CLAUSE, (reason, scope.tense))
    sure = 0.8 if alone else 0.96 if e.aim or agreeing or abs(chosen - today) < 100 * DAY else 0.85
    found = period(_in_row(e, chosen), unit, reason, sure)
    if not others:
        return found
    other = period(_in_row(e, others[0]), unit)
    option = Option(other.value, other.start, other.end, round(0.9 * (1 - sure), 3), Reason(Because.NEXT_YEAR))
    return found._replace(options=(option,))


def _candidates(e: Date, scope: Scope, today: dt.date, weekday: Weekday | None) -> list[dt.date]:
    """Return the days, or first days of months, that a date may mean: of three years or months, of more where more is said."""
    if e.month is None:
        days = [date_of(*divmod_month(today, k), e.day or 1) for k in (-1, 0, 1)]
        days = [days[1]] if e.aim is Aim.THIS else days
    else:
        years = range(-8, 9) if weekday is not None or e.day == _LEAP else (-1, 0, 1)
        days = [date_of(today.year + k, e.month, e.row or e.day or 1) for k in years]
    return [day for day in days if day is not None and (day <= today or not scope.backward)]


def _aim(e: Date, scope: Scope, candidates: list[dt.date], today: dt.date) -> Aim | None:
    """Return the side that the words point to; a feast is the coming one, unless the clause is past or the feast just over."""
    aim = None if e.aim is Aim.THIS else e.aim
    if not e.feast or aim is not None or scope.tense is Tense.PAST or today > max(candidates):
        return aim
    return Aim.NEXT if scope.tense is Tense.FUTURE or not direction.just_over(candidates, today) else None


def _in_row(e: Date, chosen: dt.date) -> dt.date:
    """Return the day itself where another one of its row decided the year."""
    return (date_of(chosen.year, chosen.month, e.day) or chosen) if e.row and e.day else chosen


_LEAP = 29  # of February: the year may be some way off


def _inferred(e: Date, said: SaidYear, scope: Scope, weekday: Weekday | None, near: dt.date | None) -> Reading:
    """Return a date in a year that the article or its event gives, with what it would be without that as the alternative."""
    found = full_date(said.year, e.month, e.day)._replace(basis=Basis.INFERRED, confidence=0.9, why=Reason(said.because))
    plain = found if scope.today is None else _nearest(e, scope, scope.today, weekday, near)
    if plain.value == found.value:
        return found
    if found.start is None:
        return plain  # that year has no 29 February
    return found._replace(options=(Option(plain.value, plain.start, plain.end, 0.1, Reason(Because.CLAUSE_SIDE)),))


def divmod_month(day: dt.date, k: int) -> tuple[int, int]:
    """Return the year and month k months from a day."""
    year, month = divmod(day.year * 12 + day.month - 1 + k, 12)
    return year, month + 1


def full_date(year: int, month: int | None, day: int | None) -> Reading:
    """Return a day, a month or a year that is stated in full."""
    first = date_of(year, month or 1, day or 1)
    unit = Grain.DAY if day else Grain.MONTH if month else Grain.YEAR
    if first is None:
        return unknown(unit, Reason(Because.NO_SUCH_DAY))._replace(
            cautions=((WarningCode.DATE_OUT_OF_RANGE, Reason(Because.NO_SUCH_DATE, (f"{year}-{month}-{day}",))),)
        )
    return period(first, unit, STATED, 0.99, Basis.STATED)
