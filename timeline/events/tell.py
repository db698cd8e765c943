"""From drafts to the events and items of a timeline."""

from __future__ import annotations

import datetime as dt

from timeline.events.draft import Draft
from timeline.model import Basis, Event, Interval, Relation, Span, TimeExpression, TimelineItem
from timeline.text.words import Words


def tell(
    drafts: list[Draft], groups: list[list[Draft]], times: tuple[TimeExpression, ...], words: Words, zone: dt.tzinfo
) -> tuple[tuple[Event, ...], tuple[TimelineItem, ...], tuple[str, ...]]:
    """Return the events in text order, the items in chronological order, and the ids of events without a date."""
    for number, draft in enumerate(drafts, 1):
        draft.number = number
    events = tuple(_event(draft, times, words, zone) for draft in drafts)
    items = tuple(_item(group, zone) for group in groups)
    return events, items, tuple(f"e{draft.number}" for draft in drafts if not draft.dated)


def _event(draft: Draft, times: tuple[TimeExpression, ...], words: Words, zone: dt.tzinfo) -> Event:
    entries, clause = words.entries, draft.clause
    trigger = Span(words.starts[draft.word] + entries[draft.word].skip, words.ends[draft.last])
    first, last = clause.first, clause.last
    while first < last and entries[first].categories.get("punctuation") is not None:
        first += 1
    while last > first and (entries[last].categories.get("punctuation") is not None or entries[last].folded == "\n"):
        last -= 1
    span = Span(words.starts[first], words.ends[last])
    interval = _interval(draft.start, draft.end, zone)
    return Event(
        f"e{draft.number}", trigger, span, words.text[span.start : span.end], draft.kind, draft.type, draft.modality, draft.tense, interval,
        draft.grain if interval is not None else None, draft.relation or (Relation.DURING if interval is not None else None),
        tuple(times[number].id for number in draft.times), draft.basis if draft.basis is not None or interval is None else Basis.INFERRED,
        draft.confidence, draft.why, f"e{draft.source.number}" if draft.source is not None else "",
        () if draft.agent is None else (draft.agent,), f"e{draft.same_as.number}" if draft.same_as is not None else "",
    )  # fmt: skip


def _item(group: list[Draft], zone: dt.tzinfo) -> TimelineItem:
    fine = {draft.fine for draft in group}
    first = group[0]
    start = next(iter(fine)) if len(fine) == 1 and None not in fine else first.start
    interval = _interval(start, first.end, zone)
    return TimelineItem(
        interval if interval is not None else Interval(None, None), tuple(f"e{draft.number}" for draft in group)
    )


def _interval(start: dt.datetime | None, end: dt.datetime | None, zone: dt.tzinfo) -> Interval | None:
    if start is None and end is None:
        return None
    return Interval(None if start is None else start.replace(tzinfo=zone), None if end is None else end.replace(tzinfo=zone))
