"""Speech: the day on which a quotation was spoken, from which what it says is counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from timeline.dates.grammar import Mention
from timeline.dates.reading import Reading
from timeline.model import Basis, Grain, TimeType
from timeline.text.clauses import Clauses


class Spoken(NamedTuple):
    """The day of a saying, and the number of the reading that gives it."""

    day: dt.date
    number: int


def spoken(
    at: int, clauses: Clauses, mentions: Sequence[Mention], readings: Sequence[Reading], today: dt.date
) -> Spoken | None:
    """Return the day before publication on which the quotation of a clause was spoken, where the sentence before it tells it.

    قال الوزير الأحد: «سننشره الثلاثاء» counts from that Sunday.
    """
    quote = at
    while quote and clauses.items[quote - 1].quoted:
        quote -= 1
    first, sentence = clauses.items[quote].first, clauses.items[quote].sentence
    for index in range(len(readings) - 1, -1, -1):
        word = mentions[index].first
        if word >= first:
            continue
        if clauses.items[clauses.at(word)].sentence != sentence:
            break
        told = readings[index]
        if told.start is None or told.grain is None or told.grain > Grain.DAY or told.type is TimeType.DURATION:
            continue
        day = told.start.date()
        return Spoken(day, index) if told.basis is not Basis.INFERRED and 0 < (today - day).days <= _RECENT else None
    return None


_RECENT = 60  # days back that news still quotes
