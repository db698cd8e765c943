"""Order: events to items in chronological order; what can't be told apart in time shares an item, what has no date stands apart."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from timeline.events.draft import Draft
from timeline.model import Modality, Tense

# Members of enums as globals: on this path an attribute of a class costs ten times as much.
_ACTUAL = Modality.ACTUAL
_PAST = Tense.PAST
_LOW, _HIGH = dt.datetime(1, 1, 1), dt.datetime(9999, 12, 31)  # noqa: DTZ001  civil times, as drafts have
Key = tuple[dt.datetime, int, dt.datetime, int]


def order(drafts: list[Draft]) -> list[list[Draft]]:
    """Return the dated events in groups, earliest day first, of the same first day the shortest; all in stable order.

    Clock times part a group only where all of its events have one: an event of unknown hour can't be told from the others.
    """
    _cues(drafts)
    _clause_cues(drafts)
    groups: dict[Key, list[Draft]] = {}
    for draft, layer in _layers([draft for draft in drafts if draft.dated]):
        groups.setdefault(_key(draft, layer), []).append(draft)
    ordered: list[list[Draft]] = []
    for key in sorted(groups):
        ordered += _by_clock(groups[key])
    return ordered


def begin(group: list[Draft]) -> dt.datetime | None:
    """Return when a group begins: at the clock time that all of it share, else with its day; None where only an end is known."""
    first = group[0]
    if first.fine is not None and (first.end is None or first.fine < first.end) and all(d.fine == first.fine for d in group):
        return first.fine
    return first.start


def _by_clock(group: list[Draft]) -> list[list[Draft]]:
    times = {draft.fine for draft in group}
    if len(times) == 1 or None in times:
        return [group]
    return [[draft for draft in group if draft.fine == time] for time in sorted(time for time in times if time is not None)]


def _key(draft: Draft, layer: int) -> Key:
    """Sort by begin; what only has an end comes just before it, what only has a begin after all that begins then."""
    if draft.start is None:
        return draft.end or _LOW, -1, draft.end or _LOW, layer
    if draft.end is None:
        return draft.start, 1, _HIGH, layer
    return draft.start, 0, draft.end, layer


def _cues(drafts: list[Draft]) -> None:
    """Read explicit order inside a clause: a noun after بعد happened before the verb, one after قبل after it."""
    for draft in drafts:
        verb = draft.main
        if verb is not None and draft.side and not verb.noun and verb.modality is _ACTUAL and verb.tense is _PAST:
            if draft.side < 0:
                draft.later = (*draft.later, verb)
            else:
                verb.later = (*verb.later, draft)


def _clause_cues(drafts: list[Draft]) -> None:
    """Read explicit order between clauses: what stands after بعد أن happened before what is told just before it."""
    previous: Draft | None = None
    for draft in drafts:
        if previous is not None and draft.opener is not None and previous.clause.sentence == draft.clause.sentence:
            if draft.opener < 0:
                draft.later = (*draft.later, previous)
            else:
                previous.later = (*previous.later, draft)
        previous = draft


def _layers(drafts: list[Draft]) -> list[tuple[Draft, int]]:
    """Return each event with the length of the longest chain of cues to it from events of the same bounds; a circle is cut."""
    linked = [draft for draft in drafts if draft.later]
    if not linked:
        return [(draft, 0) for draft in drafts]
    known = set(map(id, drafts))
    depth: dict[int, int] = {}
    follows = {id(draft): [later for later in draft.later if _level(later, draft) and id(later) in known] for draft in linked}
    waiting = Counter(id(later) for row in follows.values() for later in row)
    ready = [draft for draft in linked if not waiting[id(draft)]]
    while ready:
        draft = ready.pop()
        for later in follows.get(id(draft), ()):
            depth[id(later)] = max(depth.get(id(later), 0), depth.get(id(draft), 0) + 1)
            if draft.fine is not None and (later.fine is None or later.fine < draft.fine):
                later.fine = draft.fine  # it can't begin before what it follows
            waiting[id(later)] -= 1
            if not waiting[id(later)]:
                ready.append(later)
    return [(draft, depth.get(id(draft), 0)) for draft in drafts]


def _level(a: Draft, b: Draft) -> bool:
    return (a.start, a.end) == (b.start, b.end)
