"""Order: events to items in chronological order; what can't be told apart in time shares an item, what has no date stands apart.

The order is that of the bounds, earliest begin first, of the same begin the shortest; inside one stretch of time that of the clock
times and of the cues. Ties keep the order of the text.
"""

from __future__ import annotations

import datetime as dt

from timeline.events.bounds import Sorted
from timeline.events.draft import Draft
from timeline.model import EventClass

_REPORTING = EventClass.REPORTING
_LOW, _HIGH = dt.datetime(1, 1, 1), dt.datetime(9999, 12, 31)  # noqa: DTZ001  civil times, as drafts have
Key = tuple[dt.datetime, int, dt.datetime, dt.datetime, int]
"""First day, how what has one bound alone lies to that day, end, clock time, and how many cues lead to it."""
_DAY = dt.timedelta(days=1)


def order(drafts: list[Draft], found: Sorted) -> list[list[Draft]]:
    """Return the dated events in groups, in chronological order; the events of a group in text order."""
    dated = [draft for draft in found.drafts if draft.dated]
    keys = _keys(dated, found.after)
    groups: dict[Key, list[Draft]] = {}
    for draft in drafts:
        key = keys.get(id(draft if draft.same_as is None else _first(draft, keys)))
        if key is not None:
            groups.setdefault(key, []).append(draft)
    return [groups[key] for key in sorted(groups)]


def span(group: list[Draft]) -> tuple[dt.datetime | None, dt.datetime | None]:
    """Return when a group is: from the clock time that all of it share, else over all of its days."""
    first = group[0]
    start, end = first.start, first.end
    for draft in group:
        start = None if start is None or draft.start is None else min(start, draft.start)
        end = None if end is None or draft.end is None else max(end, draft.end)
    if first.fine is not None and (end is None or first.fine < end) and all(d.fine == first.fine for d in group):
        return first.fine, end
    return start, end


def _first(draft: Draft, keys: dict[int, Key]) -> Draft:
    """Return the mention of an event whose place all of its mentions share, where their dates agree."""
    twin = draft.same_as
    if twin is None or id(twin) not in keys or (twin.start, twin.end) != (draft.start, draft.end):
        return draft
    return _first(twin, keys)


def _keys(dated: list[Draft], after: dict[int, list[Draft]]) -> dict[int, Key]:
    """Return where each event stands; `dated` in an order that the cues in `after` agree with."""
    start: dict[int, dt.datetime | None] = {id(draft): draft.start for draft in dated}
    end: dict[int, dt.datetime | None] = {id(draft): draft.end for draft in dated}
    linked = [draft for draft in dated if id(draft) in after]
    for draft in linked:
        at = start[id(draft)]
        for later in after[id(draft)]:
            if at is not None and id(later) in start:
                begins = start[id(later)]
                start[id(later)] = at if begins is None else max(at, begins)
    lead: dict[int, dt.datetime] = {}  # what has no begin comes before the first of those that it is before
    for draft in reversed(linked):
        at = end[id(draft)]
        for later in after[id(draft)]:
            if id(later) not in end:
                continue
            ends, begins = end[id(later)], lead.get(id(later)) or start[id(later)]
            if ends is not None:
                at = ends if at is None else min(at, ends)
            if begins is not None:
                lead[id(draft)] = min(begins, lead.get(id(draft), begins))
        end[id(draft)] = at
    keys = {id(draft): _key(draft, start[id(draft)], end[id(draft)], lead.get(id(draft))) for draft in dated}
    _share_hours(dated, keys)
    for draft in linked:
        key = keys[id(draft)]
        for later in after[id(draft)]:
            if id(later) in keys and keys[id(later)] <= key:
                keys[id(later)] = (*key[:4], key[4] + 1)
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
    last = (end if end == _LOW else end - _DAY) if draft.lean is None else draft.lean
    if lead is not None and lead <= last and (start is None or lead >= start):
        return lead, -1, end, clock, 0
    return last, 1 if draft.type is _REPORTING else -1, end, clock, 0


def _share_hours(dated: list[Draft], keys: dict[int, Key]) -> None:
    """Put what has no clock time with an event of its stretch of time that has one: sayings with the last, all else with the first."""
    first: dict[tuple[dt.datetime, int, dt.datetime], tuple[dt.datetime, dt.datetime]] = {}
    for draft in dated:
        begin, side, end, clock, _ = keys[id(draft)]
        if draft.fine is not None:
            low, high = first.get((begin, side, end), (clock, clock))
            first[begin, side, end] = min(low, clock), max(high, clock)
    if not first:
        return
    for draft in dated:
        begin, side, end, clock, depth = keys[id(draft)]
        found = first.get((begin, side, end))
        if draft.fine is None and found is not None:
            keys[id(draft)] = begin, side, end, found[draft.type is _REPORTING], depth
