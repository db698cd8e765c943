"""Speech: the day on which a quotation was spoken, from which what it says is counted."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from timeline.dates.grammar import Mention
from timeline.dates.reading import Reading
from timeline.dates.scope import MEMORY
from timeline.model import Basis, EventClass, Grain, TimeType
from timeline.text.clauses import Clauses, Opening


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
    quotation = clauses.items[clauses.quotation_of(at)]
    before = bisect_left(mentions, quotation.first, key=lambda mention: mention.first)
    for index in range(before - 1, max(before - 1 - MEMORY, -1), -1):
        clause = clauses.items[clauses.at(mentions[index].first)]
        if clause.sentence != quotation.sentence:
            break
        if clause.opening is not Opening.RELATIVE and _is_day(readings[index]):  # not who speaks: الرجل الذي اعتقل الأحد
            return _lately(readings[index], index, today)
    return None


def spoken_after(
    number: int, clauses: Clauses, mentions: Sequence[Mention], readings: Sequence[Reading], today: dt.date
) -> Spoken | None:
    """Return the day on which the quotation around a time was spoken, where the words after it tell it: «...»، قال الوزير الأحد."""
    sentence = clauses.items[clauses.at(mentions[number].first)].sentence
    for index in range(number + 1, min(number + 1 + MEMORY, len(readings))):
        clause = clauses.items[clauses.at(mentions[index].first)]
        if clause.sentence != sentence:
            break
        saying = not clause.quoted and clause.form is not None and clause.form.lemma.class_ is EventClass.REPORTING
        if saying and _is_day(readings[index]):
            return _lately(readings[index], index, today)
    return None


def _is_day(told: Reading) -> bool:
    return told.start is not None and told.grain is not None and told.grain <= Grain.DAY and told.type is not TimeType.DURATION


def _lately(told: Reading, index: int, today: dt.date) -> Spoken | None:
    """Return the day of a reading as one of speaking, None where it is inferred, not past or long past."""
    if told.start is None or told.basis is Basis.INFERRED or not 0 < (today - told.start.date()).days <= _RECENT:
        return None
    return Spoken(told.start.date(), index)


_RECENT = 60  # days back that news still quotes
