"""The feast: which of the two of the Hijri year a text means that does not name it."""

from __future__ import annotations

from timeline.dates.expressions import Date, TheFeast
from timeline.dates.hijri import hijri
from timeline.dates.reading import Reading
from timeline.dates.scope import MEMORY, NO_PUBLICATION, Scope, unknown
from timeline.model import Calendar, Grain

_FIRST_DAYS = ((10, 1), (12, 10))  # of the feasts of breaking the fast and of sacrifice: Hijri month and day


def the_feast(e: TheFeast, scope: Scope) -> Reading:
    """Return a day of the feast that lies nearest to the Hijri day told before, else to the publication."""
    if scope.today is None:
        return unknown(Grain.DAY, NO_PUBLICATION)
    told = (reading.start for reading in reversed(scope.earlier[-MEMORY:]) if reading.calendar is Calendar.HIJRI)
    day = next((start.date() for start in told if start is not None), scope.today)
    found = [
        hijri(Date(month, first + e.day - 1, None, Calendar.HIJRI, None, "hijri"), scope, None, None)
        for month, first in _FIRST_DAYS
    ]
    known = [(abs(reading.start.date() - day), reading) for reading in found if reading.start is not None]
    return min(known, key=lambda pair: pair[0])[1]._replace(confidence=0.8) if known else found[0]
