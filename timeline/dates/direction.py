"""Direction: which one of a series of days, months or years is meant, seen from an anchor.

A bare weekday or a date without its year is the latest one on or before the publication in a clause about the past, the first one
on or after it in a clause about the future, and the nearest one where the clause does not tell. A weekday in a clause of the present
is the coming one (in news, 7 of 8 that are not of the day itself), in one without a verb the latest. A date that is the whole text
is of the year of its publication. A word that points decides alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from timeline.dates.calendars import DAY
from timeline.model import Tense
from timeline.reasons import Because
from timeline.text.categories import Aim

# A date without its year that lies this close is not the one of another year, whatever the tense.
_CLOSE, _FAR = 45 * DAY, 300 * DAY


def weekday(
    wanted: int, aim: Aim | None, tense: Tense, today: dt.date, week_start: int, *, lean: bool = False
) -> tuple[dt.date, Because, dt.date]:
    """Return the day meant by a weekday, why, and the next best day; a present that only leans points to neither side."""
    back = (today.weekday() - wanted) % 7
    ahead = (wanted - today.weekday()) % 7
    latest, coming = today - back * DAY, today + ahead * DAY
    before, after = (today - (back or 7) * DAY), (today + (ahead or 7) * DAY)
    match aim:
        case Aim.PAST | Aim.RECENT | Aim.PRECEDING:
            return before, Because.LATEST_BEFORE, before - 7 * DAY
        case Aim.NEXT | Aim.FOLLOWING:
            return after, Because.FIRST_AFTER, after + 7 * DAY
        case Aim.AFTER_NEXT:
            return after + 7 * DAY, Because.SECOND_AFTER, after
        case Aim.BEFORE_LAST:
            return before - 7 * DAY, Because.SECOND_LATEST_BEFORE, before
        case Aim.THIS:
            first = today - (today.weekday() - week_start) % 7 * DAY
            day = first + (wanted - week_start) % 7 * DAY
            return day, Because.OF_THE_WEEK, before if day == after else after
        case _:
            pass
    if lean and tense is Tense.PRESENT:
        return (coming, Because.NEAREST_TO, before) if ahead < back else (latest, Because.NEAREST_TO, after)
    if tense is Tense.FUTURE or tense is Tense.PRESENT:
        return coming, Because.FIRST_ON_OR_AFTER, before
    return latest, Because.LATEST_ON_OR_BEFORE, after


def contradicts(agreeing: Sequence[dt.date], candidates: Sequence[dt.date], tense: Tense, today: dt.date) -> bool:
    """Tell whether all the days that a weekday leaves lie far off on the wrong side of today, and another one lies close by."""
    side = -1 if tense is Tense.PAST else 1 if tense is Tense.FUTURE else 0
    if not side or not any(abs(day - today) <= _CLOSE and side * (day - today) >= dt.timedelta(0) for day in candidates):
        return False
    return bool(agreeing) and all(side * (day - today) < -_FAR for day in agreeing)


def just_over(candidates: Sequence[dt.date], today: dt.date) -> bool:
    """Tell whether a feast has begun so lately that the news still speaks of it."""
    return any(dt.timedelta(0) <= today - day <= _LINGERS for day in candidates)


_LINGERS = 6 * DAY


def nearest(
    candidates: Sequence[dt.date], aim: Aim | None, tense: Tense, today: dt.date, holds: Callable[[dt.date], bool]
) -> tuple[dt.date, Because, tuple[dt.date, ...]]:
    """Return the candidate meant, why, and the others from near to far.

    Candidates are the first days of the periods that may be meant; `holds` tells whether the publication lies in one of them.
    """
    past = [day for day in candidates if day <= today]
    future = [day for day in candidates if day > today or holds(day)]
    by_distance = sorted(candidates, key=lambda day: (abs(day - today), day))
    against = by_distance[0]
    steers = (tense is Tense.PAST and against > today) or (tense is Tense.FUTURE and against < today)
    if aim is None and abs(against - today) <= _CLOSE and steers:
        rest = past if tense is Tense.PAST else future
        if rest and min(abs(day - today) for day in rest) > _FAR:
            return (
                against,
                Because.CLOSE_TO,
                tuple(day for day in by_distance if day != against),
            )
    match aim:
        case Aim.PAST | Aim.RECENT | Aim.PRECEDING if any(not holds(day) for day in past):
            chosen, why = max(day for day in past if not holds(day)), Because.LATEST_BEFORE
        case Aim.NEXT | Aim.FOLLOWING if any(not holds(day) for day in future):
            chosen, why = min(day for day in future if not holds(day)), Because.FIRST_AFTER
        case _ if aim is None and tense is Tense.PAST and past:
            chosen, why = max(past), Because.LATEST_ON_OR_BEFORE
        case _ if aim is None and tense is Tense.FUTURE and future:
            chosen, why = min(future), Because.FIRST_ON_OR_AFTER
        case _:
            chosen, why = by_distance[0], Because.NEAREST_TO
    return chosen, why, tuple(day for day in by_distance if day != chosen)
