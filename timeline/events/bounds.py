"""Bounds: what cues say of when an event was, beside its date; and which cues go against the dates.

An event that comes after another begins no earlier than that one, and the other ends no later than it. Cues that would put events
in a circle are left out, and so are those that the dates contradict; of the explicit ones among these the answer warns.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from timeline.events.cues import AS_NEWS, Cue
from timeline.events.draft import Draft, tomorrow
from timeline.model import Basis, Grain, Modality, Relation, Tense
from timeline.reasons import Because, Reason

# Members of enums as globals: on this path an attribute of a class costs ten times as much.
_PAST, _NO_TENSE, _FUTURE = Tense.PAST, Tense.NONE, Tense.FUTURE
_ACTUAL, _PLANNED, _EXPECTED = Modality.ACTUAL, Modality.PLANNED, Modality.EXPECTED
_INFERRED, _DAY = Basis.INFERRED, Grain.DAY
_BEFORE, _AFTER, _DURING = Relation.BEFORE, Relation.AFTER, Relation.DURING


class Sorted(NamedTuple):
    """Events in an order that every kept cue agrees with, each with those right after it; and the cues that went against dates."""

    drafts: list[Draft]
    after: dict[int, list[Draft]]
    contradicted: list[Cue]


def narrow(drafts: list[Draft], cues: list[Cue], today: dt.date | None) -> Sorted:
    """Give events without a date the bounds that cues say, and return the cues as an order."""
    if not cues:
        return Sorted(drafts, {}, [])
    kept, contradicted = [], []
    for cue in cues:
        if _against(cue.earlier, cue.later):
            if cue.word >= 0:
                contradicted.append(cue)
        else:
            kept.append(cue)
    ordered, after = _sort(drafts, kept)
    end = tomorrow(today)
    loose = {(id(cue.earlier), id(cue.later)) for cue in kept if cue.word == AS_NEWS}
    for draft in ordered:
        for later in after.get(id(draft), ()):
            if not later.own and (id(draft), id(later)) not in loose:
                _not_before(later, draft, end)
    for draft in reversed(ordered):
        if not draft.own:
            for later in after.get(id(draft), ()):
                if (id(draft), id(later)) not in loose:
                    _not_after(draft, later)
    return Sorted(ordered, after, contradicted)


def _against(earlier: Draft, later: Draft) -> bool:
    """Tell whether the dates of two events say the opposite of a cue."""
    if earlier.start is not None and later.end is not None and earlier.start >= later.end:
        return True
    if earlier.fine is None or later.fine is None or not (earlier.exact and later.exact):
        return False
    return earlier.fine > later.fine


def _sort(drafts: list[Draft], cues: list[Cue]) -> tuple[list[Draft], dict[int, list[Draft]]]:
    """Return the events so that the earlier one of each cue comes first, else in text order; what stands in a circle loses its cues."""
    after: dict[int, list[Draft]] = {}
    waiting: dict[int, int] = {}
    for cue in cues:
        after.setdefault(id(cue.earlier), []).append(cue.later)
        waiting[id(cue.later)] = waiting.get(id(cue.later), 0) + 1
    ready = [draft for draft in reversed(drafts) if id(draft) not in waiting]
    ordered: list[Draft] = []
    while ready:
        draft = ready.pop()
        ordered.append(draft)
        for later in after.get(id(draft), ()):
            waiting[id(later)] -= 1
            if not waiting[id(later)]:
                ready.append(later)
    if len(ordered) < len(drafts):
        sound = set(map(id, ordered))
        circle = [draft for draft in drafts if id(draft) not in sound]
        for draft in circle:
            after.pop(id(draft), None)
        for key, row in after.items():
            after[key] = [later for later in row if id(later) in sound]
        ordered += circle
    return ordered, after


def _not_before(later: Draft, earlier: Draft, end: dt.datetime | None) -> None:
    """Let an event that is not dated begin no earlier than another one."""
    first = earlier.start
    if first is None:
        return
    if later.start is None and later.end is None:
        if later.tense is _FUTURE and later.modality in _MEANT:
            later.start = first
        elif later.tense in _TOLD and later.modality is _ACTUAL and (end is None or first < end):
            later.start, later.end = first, None if later.side == 1 else end
        else:
            return
        _say(later, _AFTER, Because.AFTER_THAT)
    elif later.basis is _INFERRED and later.relation is not _DURING:
        if (later.start is None or later.start < first) and (later.end is None or first < later.end):
            later.start = first
            if later.relation is _BEFORE:
                _say(later, _DURING, Because.BETWEEN)


def _not_after(earlier: Draft, later: Draft) -> None:
    """Let an event that is not dated end no later than another one."""
    last = later.end
    if last is None:
        return
    if earlier.start is None and earlier.end is None:
        if earlier.tense in _TOLD and earlier.modality is _ACTUAL:
            earlier.end = last
            _say(earlier, _BEFORE, Because.BEFORE_THAT)
    elif earlier.basis is _INFERRED and earlier.relation is not _DURING:
        if (earlier.end is None or last < earlier.end) and (earlier.start is None or earlier.start < last):
            earlier.end = last
            if earlier.relation is _AFTER:
                _say(earlier, _DURING, Because.BETWEEN)


def _say(draft: Draft, relation: Relation, why: Because) -> None:
    draft.relation, draft.basis, draft.grain, draft.confidence, draft.why = relation, _INFERRED, _DAY, 0.6, Reason(why)
    draft.vague = True


_MEANT = (_PLANNED, _EXPECTED)
_TOLD = (_PAST, _NO_TENSE)
