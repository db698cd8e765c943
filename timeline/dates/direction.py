"""Direction: which one of a series of days, months or years is meant, seen from an anchor.

A bare weekday or a date without its year is the latest one on or before the publication in a clause about the past, the first one on
or after it in a clause about the future, and the nearest one where the clause does not tell. A word that points decides alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from timeline.dates.calendars import DAY
from timeline.model import Tense
from timeline.text.categories import Aim

# A date without its year that lies this close is not the one of another year, whatever the tense.
_CLOSE, _FAR = 45 * DAY, 300 * DAY


def weekday(wanted: int, aim: Aim | None, tense: Tense, today: dt.date, week_start: int) -> tuple[dt.date, str, dt.date]:
    """Return the day meant by a weekday, why, and the next best day."""
    back = (today.weekday() - wanted) % 7
    ahead = (wanted - today.weekday()) % 7
    latest, coming = today - back * DAY, today + ahead * DAY
    before, after = (today - (back or 7) * DAY), (today + (ahead or 7) * DAY)
    match aim:
        case Aim.PAST | Aim.RECENT | Aim.PRECEDING:
            return before, "latest {0} before", before - 7 * DAY
        case Aim.NEXT | Aim.FOLLOWING:
            return after, "first {0} after", after + 7 * DAY
        case Aim.AFTER_NEXT:
            return after + 7 * DAY, "second {0} after", after
        case Aim.BEFORE_LAST:
            return before - 7 * DAY, "second latest {0} before", before
        case Aim.THIS:
            first = today - (today.weekday() - week_start) % 7 * DAY
            return first + (wanted - week_start) % 7 * DAY, "{0} of the week of", after
        case _:
            pass
    if tense is Tense.FUTURE:
        return coming, "first {0} on or after", before
    if tense is Tense.PRESENT and ahead < back:
        return coming, "nearest {0} to", before
    return latest, "latest {0} on or before", after


def nearest(
    candidates: Sequence[dt.date], aim: Aim | None, tense: Tense, today: dt.date, holds: Callable[[dt.date], bool]
) -> tuple[dt.date, str, tuple[dt.date, ...]]:
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
                "close to {0}, though the clause points the other way, to",
                tuple(day for day in by_distance if day != against),
            )
    match aim:
        case Aim.PAST | Aim.RECENT | Aim.PRECEDING if any(not holds(day) for day in past):
            chosen, why = max(day for day in past if not holds(day)), "latest {0} before"
        case Aim.NEXT | Aim.FOLLOWING if any(not holds(day) for day in future):
            chosen, why = min(day for day in future if not holds(day)), "first {0} after"
        case _ if aim is None and tense is Tense.PAST and past:
            chosen, why = max(past), "latest {0} on or before"
        case _ if aim is None and tense is Tense.FUTURE and future:
            chosen, why = min(future), "first {0} on or after"
        case _:
            chosen, why = by_distance[0], "nearest {0} to"
    return chosen, why, tuple(day for day in by_distance if day != chosen)
