"""What the whole article settles: headlines that the text below explains, and the two calendars of one day."""

from __future__ import annotations

from timeline.dates.expressions import DayOfWeek
from timeline.dates.grammar import Mention
from timeline.dates.join import gap
from timeline.dates.reading import Reading
from timeline.model import Basis, Calendar, Grain, Tense, WarningCode
from timeline.reasons import Because, Reason
from timeline.text.clauses import Clauses
from timeline.text.words import Words


def read_headline(mentions: list[Mention], readings: list[Reading], clauses: Clauses) -> None:
    """Give a bare weekday of a headline without a tense or in the present the day of that name that the text below tells of."""
    for k, mention in enumerate(mentions):
        clause = clauses.items[clauses.at(mention.first)]
        if clause.paragraph:
            break
        e = mention.expression
        if not isinstance(e, DayOfWeek) or e.aim is not None or clause.tense not in _UNTOLD:
            continue
        for index in range(k + 1, min(k + _LEAD, len(readings))):
            told = readings[index]
            below = clauses.items[clauses.at(mentions[index].first)].paragraph > 0
            if below and told.grain is Grain.DAY and told.start is not None and told.start.weekday() == e.weekday:
                why = Reason(Because.HEADLINE, (e.weekday, told.start.date()))
                readings[k] = told._replace(
                        why=why, basis=Basis.RELATIVE_TO_EXPRESSION, anchor=index, confidence=min(told.confidence, 0.9),
                        calendar=Calendar.GREGORIAN,
                    )  # fmt: skip
                break


_UNTOLD = (Tense.NONE, Tense.PRESENT)
_LEAD = 8  # times from a headline on that tell its story


def check_twins(mentions: list[Mention], readings: list[Reading], words: Words) -> None:
    """Check the two calendars around الموافق: where they differ, the Gregorian date wins and the difference is told."""
    for k in range(1, len(mentions)):
        left, right = readings[k - 1], readings[k]
        if left.calendar is right.calendar or left.start == right.start:
            continue
        if left.grain is not Grain.DAY or right.grain is not Grain.DAY:
            continue
        at, hijri, stated = (k - 1, left, right) if left.calendar is Calendar.HIJRI else (k, right, left)
        if stated.start is None or gap(words, mentions[k - 1].last, mentions[k].first) not in _TWIN:
            continue
        if hijri.start is None:  # a thirtieth day by sighting, or a year outside the tables
            why = Reason(Because.GREGORIAN_WINS, (hijri.why,))
            readings[at] = stated._replace(calendar=Calendar.HIJRI, why=why, cautions=hijri.cautions, confidence=0.85)
            continue
        text = Reason(Because.CALENDARS_DIFFER, (hijri.value, stated.value))
        readings[at] = hijri._replace(
            value=stated.value, start=stated.start, end=stated.end, confidence=min(hijri.confidence, 0.85),
            why=Reason(Because.GREGORIAN_WINS, (hijri.why,)), cautions=(*hijri.cautions, (WarningCode.CALENDAR_MISMATCH, text)),
        )  # fmt: skip


_TWIN = (("agree",), ("slash",), ("dash",), ("open",))
