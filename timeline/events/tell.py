"""From drafts to the events and items of a timeline."""

from __future__ import annotations

import datetime as dt

from timeline.events.draft import Draft
from timeline.events.order import span
from timeline.model import Basis, Event, Interval, Relation, Span, TimeExpression, TimelineItem
from timeline.reasons import Reason
from timeline.text.clauses import Clause
from timeline.text.entries import QUOTE, STOP
from timeline.text.words import Words
from timeline.wording import Wording

# Members of enums as globals: on this path an attribute of a class costs ten times as much.
_DURING = Relation.DURING
_INFERRED = Basis.INFERRED
_new = tuple.__new__  # what a named tuple does itself, without a call in between
Bounds = tuple[dt.datetime | None, dt.datetime | None]


def tell(
    drafts: list[Draft],
    groups: list[list[Draft]],
    times: tuple[TimeExpression, ...],
    words: Words,
    zone: dt.tzinfo,
    wording: Wording,
) -> tuple[tuple[Event, ...], tuple[TimelineItem, ...], tuple[str, ...]]:
    """Return the events in text order, the items in chronological order, and the ids of events without a date."""
    for number, draft in enumerate(drafts, 1):
        draft.id = f"e{number}"
    teller = _Teller(times, words, zone, wording)
    events = tuple([teller.event(draft) for draft in drafts])
    items = tuple([TimelineItem(*teller.item(group)) for group in groups])
    return events, items, tuple([draft.id for draft in drafts if draft.start is None and draft.end is None])


class _Teller:
    """Makes what several events share (clauses, intervals) only once."""

    def __init__(self, times: tuple[TimeExpression, ...], words: Words, zone: dt.tzinfo, wording: Wording) -> None:
        self.wording = wording
        self.said: dict[Reason, str] = {}
        self.times = times
        self.words = words
        self.zone = zone
        self.clauses: dict[int, tuple[Span, str]] = {}
        self.intervals: dict[Bounds, Interval] = {(None, None): Interval(None, None)}

    def event(self, draft: Draft) -> Event:
        words, word = self.words, draft.word
        clause, text = self.clauses.get(draft.clause_index) or self.clause(draft.clause_index, draft.clause, word)
        start, end = draft.start, draft.end
        dated = start is not None or end is not None
        times, source, twin = self.times, draft.source, draft.same_as
        fields = (
            draft.id,
            _new(Span, (words.starts[word] + words.entries[word].skip, words.ends[word])),
            clause,
            text,
            draft.kind,
            draft.type,
            draft.modality,
            draft.tense,
            (self.intervals.get((start, end)) or self.interval(start, end)) if dated else None,
            draft.grain if dated else None,
            draft.relation or (_DURING if dated else None),
            tuple([times[number].id for number in draft.times]) if draft.times else (),
            (draft.basis or _INFERRED) if dated else draft.basis,
            draft.confidence,
            draft.why if isinstance(draft.why, str) else self.said.get(draft.why) or self.say(draft.why),
            "" if source is None else source.id,
            draft.participants,
            "" if twin is None else twin.id,
            draft.salience,
        )
        return _new(Event, fields)

    def say(self, why: Reason) -> str:
        found = self.said[why] = self.wording.tell(why)
        return found

    def clause(self, index: int, clause: Clause, word: int) -> tuple[Span, str]:
        """Return the span of a clause without the marks at its ends, and its text; of a long one, what stands around the trigger."""
        words = self.words
        entries, first, last = words.entries, clause.first, clause.last
        if long := last - first > _LONG:
            first, last = max(first, word - _LONG // 2), min(last, word + _LONG // 2)
        while first < last and (entries[first].role & _EDGE or "comma" in entries[first].categories):
            first += 1
        while last > first and (entries[last].role & _EDGE or "comma" in entries[last].categories):
            last -= 1
        span = _new(Span, (words.starts[first], words.ends[last]))
        found = span, words.text[span.start : span.end]
        if not long:
            self.clauses[index] = found
        return found

    def interval(self, start: dt.datetime | None, end: dt.datetime | None) -> Interval:
        found = self.intervals.get((start, end))
        if found is None:
            zone = self.zone
            found = Interval(
                None if start is None else start.replace(tzinfo=zone), None if end is None else end.replace(tzinfo=zone)
            )
            self.intervals[start, end] = found
        return found

    def item(self, group: list[Draft]) -> tuple[Interval, tuple[str, ...]]:
        """Return the interval of a group, from its clock time where all share one, and its ids."""
        return self.interval(*span(group)), tuple([draft.id for draft in group])


_EDGE = STOP | QUOTE
_LONG = 80  # words; a clause without punctuation can run over a whole text
