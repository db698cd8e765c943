"""Order: events to items in chronological order; what can't be told apart in time shares an item, what has no date stands apart.

The order is that of the bounds, earliest begin first, of the same begin the shortest; inside one stretch of time that of the clock
times and of the cues. Ties keep the order of the text.
"""

from __future__ import annotations

import datetime as dt

from timeline.events.bounds import Sorted
from timeline.events.draft import Draft
from timeline.events.repeats import first_mentions
from timeline.model import EventClass

_REPORTING = EventClass.REPORTING
_LOW, _HIGH = dt.datetime(1, 1, 1), dt.datetime(9999, 12, 31)  # noqa: DTZ001  civil times, as drafts have
Key = tuple[dt.datetime, int, dt.datetime, dt.datetime, int]
"""First day, how what has one bound alone lies to that day, end, clock time, and how many cues lead to it."""
_DAY = dt.timedelta(days=1)


def order(drafts: list[Draft], found: Sorted) -> list[list[Draft]]:
    """Return the dated events in groups, in chronological order; the events of a group in text order."""
    keys, firsts = _keys(drafts, found), first_mentions(drafts)
    groups: dict[tuple[Key, bool], list[Draft]] = {}
    for draft in drafts:
        key = keys[firsts[draft.number].number]
        if key is not None:  # what has only a begin and what has only an end lie in no stretch of time together
            groups.setdefault((key, draft.end is None), []).append(draft)
    return [groups[key] for key in sorted(groups)]


def span(group: list[Draft]) -> tuple[dt.datetime | None, dt.datetime | None]:
    """Return when a group is: from the clock time that all of it share, unless it ends then, else over all of its days."""
    first = group[0]
    start, end = first.start, first.end
    for draft in group:
        start = None if start is None or draft.start is None else min(start, draft.start)
        end = None if end is None or draft.end is None else max(end, draft.end)
    if (
        first.fine is not None
        and start is not None
        and (end is None or first.fine < end)
        and all(d.fine == first.fine for d in group)
    ):
        return first.fine, end
    return start, end


def _keys(drafts: list[Draft], found: Sorted) -> list[Key | None]:
    """Return where each event stands, by its number; None for what has no date."""
    starts: dict[int, dt.datetime] = {}  # bounds that cues make narrower
    ends: dict[int, dt.datetime] = {}
    lead: dict[int, dt.datetime] = {}  # what has no begin comes before the first of those that it is before
    for draft in found.linked:
        at = starts.get(draft.number, draft.start)
        for later in found.after[draft.number]:
            begins = starts.get(later.number, later.start)
            if at is not None and (begins is None or begins < at) and (later.end is None or at < later.end):
                starts[later.number] = at
    for draft in reversed(found.linked):
        at = ends.get(draft.number, draft.end)
        for later in found.after[draft.number]:
            over, begins = ends.get(later.number, later.end), lead.get(later.number)
            if begins is None and not later.vague:
                begins = starts.get(later.number, later.start)
            begun = starts.get(draft.number, draft.start)
            if over is not None and (at is None or over < at) and (begun is None or begun < over):
                at = ends[draft.number] = over
            if begins is not None:
                lead[draft.number] = min(begins, lead.get(draft.number, begins))
    keys: list[Key | None] = []
    for draft in drafts:
        number = draft.number
        if draft.start is None and draft.end is None:
            keys.append(None)
        else:
            keys.append(_key(draft, starts.get(number, draft.start), ends.get(number, draft.end), lead.get(number)))
    _share_hours(drafts, keys)
    for draft in found.linked:
        key = keys[draft.number]
        for later in found.after[draft.number]:
            other = keys[later.number]
            if key is not None and other is not None and other <= key and (later.end is None or key[0] < later.end):
                keys[later.number] = (*key[:4], key[4] + 1)
    return keys


def _key(draft: Draft, start: dt.datetime | None, end: dt.datetime | None, lead: dt.datetime | None) -> Key:
    """Sort by begin; what is only known to lie before a day comes last of the day before it, what only has a begin after that.

    What comes before an event by a cue comes first of that event's day.
    """
    clock = draft.fine or _LOW
    if start is not None and end is None:
        return start, 2, _HIGH, clock, 0
    if end is None:
        return _LOW, 1, _LOW, clock, 0
    if start is not None and not draft.vague:
        return start, 0, end, clock, 0
    last = end if end == _LOW else end - _DAY
    if draft.lean is not None and draft.lean < last:
        last = draft.lean
    if lead is not None and lead <= last and (start is None or lead >= start):
        return lead, -1, end, clock, 0
    return last, 1 if draft.type is _REPORTING else -1, end, clock, 0


def _share_hours(drafts: list[Draft], keys: list[Key | None]) -> None:
    """Put what has no clock time with an event of its stretch of time that has one: sayings with the last, all else with the first."""
    hours: dict[tuple[dt.datetime, int, dt.datetime], tuple[dt.datetime, dt.datetime]] = {}
    for draft in drafts:
        key = keys[draft.number]
        if draft.fine is not None and key is not None:
            clock = key[3]
            low, high = hours.get(key[:3], (clock, clock))
            hours[key[:3]] = min(low, clock), max(high, clock)
    if not hours:
        return
    for draft in drafts:
        key = keys[draft.number]
        if draft.fine is None and key is not None and key[:3] in hours:
            keys[draft.number] = (*key[:3], hours[key[:3]][draft.type is _REPORTING], key[4])
