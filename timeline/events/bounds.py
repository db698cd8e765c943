"""Bounds: what cues say of when an event was, beside its date; and which cues go against the dates.

An event that comes after another begins no earlier than that one, and the other ends no later than it. Cues that would put events
in a circle are left out, and so are those that the dates contradict; of the explicit ones among these the answer warns.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from timeline.events.cues import AS_NEWS, Cue
from timeline.events.draft import Draft, tomorrow
from timeline.events.repeats import first_mentions
from timeline.model import Basis, Grain, Modality, Relation, Tense
from timeline.reasons import Because, Reason

# Members of enums as globals: on this path an attribute of a class costs ten times as much.
_PAST, _NO_TENSE, _FUTURE = Tense.PAST, Tense.NONE, Tense.FUTURE
_ACTUAL, _PLANNED, _EXPECTED = Modality.ACTUAL, Modality.PLANNED, Modality.EXPECTED
_INFERRED, _DAY = Basis.INFERRED, Grain.DAY
_BEFORE, _AFTER, _DURING = Relation.BEFORE, Relation.AFTER, Relation.DURING


After = dict[int, list[Draft]]


class Sorted(NamedTuple):
    """What cues say of the order of events.

    `linked` are the events that a kept cue puts before others, in an order that all kept cues agree with; `after` has for the number
    of each of them those right after it; `contradicted` are the explicit cues that went against dates.
    """

    linked: list[Draft]
    after: After
    contradicted: list[Cue]


def narrow(drafts: list[Draft], cues: list[Cue], today: dt.date | None) -> Sorted:
    """Give events without a date the bounds that cues say, and return the cues as an order."""
    for number, draft in enumerate(drafts):
        draft.number = number
    kept, contradicted = [], []
    firsts = first_mentions(drafts) if cues else []
    for found in cues:
        cue = found
        if found.earlier.same_as is not None or found.later.same_as is not None:
            cue = Cue(firsts[found.earlier.number], firsts[found.later.number], found.word)
            if cue.earlier is cue.later:
                continue
        if not _against(cue.earlier, cue.later):
            kept.append(cue)
        elif cue.word >= 0:
            contradicted.append(cue)
    linked, after = _sort(kept)
    end = tomorrow(today)
    loose = {(cue.earlier.number, cue.later.number) for cue in kept if cue.word == AS_NEWS}
    for draft in linked:
        for later in after[draft.number]:
            if not later.own and (draft.number, later.number) not in loose:
                _not_before(later, draft, end)
    for draft in reversed(linked):
        if not draft.own:
            for later in after[draft.number]:
                if (draft.number, later.number) not in loose:
                    _not_after(draft, later)
    for number, row in after.items():  # over an event between two others a cue may contradict dates all the same
        after[number] = [later for later in row if not _against(drafts[number], later)]
    return Sorted(linked, after, contradicted)


def _against(earlier: Draft, later: Draft) -> bool:
    """Tell whether the dates of two events say the opposite of a cue."""
    if earlier.start is not None and later.end is not None and earlier.start >= later.end:
        return True
    if earlier.fine is None or later.fine is None or not (earlier.exact and later.exact):
        return False
    return earlier.fine > later.fine


def _sort(cues: list[Cue]) -> tuple[list[Draft], After]:
    """Return the events that cues put before others, each before those that it is before; what stands in a circle loses its cues."""
    after: After = {}
    waiting: dict[int, int] = {}
    for cue in cues:
        after.setdefault(cue.earlier.number, []).append(cue.later)
        waiting[cue.later.number] = waiting.get(cue.later.number, 0) + 1
    ready = [cue.earlier for cue in reversed(cues) if cue.earlier.number not in waiting]
    sound: dict[int, Draft] = {}
    while ready:
        draft = ready.pop()
        if draft.number in sound:
            continue
        sound[draft.number] = draft
        for later in after.get(draft.number, ()):
            waiting[later.number] -= 1
            if not waiting[later.number]:
                ready.append(later)
    kept = {number: [later for later in row if later.number in sound] for number, row in after.items() if number in sound}
    return [draft for number, draft in sound.items() if number in kept], kept


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
    elif _open(later) and (later.start is None or later.start < first) and (later.end is None or first < later.end):
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
    elif _open(earlier) and (earlier.end is None or last < earlier.end) and (earlier.start is None or earlier.start < last):
        earlier.end = last
        if earlier.relation is _AFTER:
            _say(earlier, _DURING, Because.BETWEEN)


def _open(draft: Draft) -> bool:
    """Tell whether an event is only bounded, so that a cue can narrow it."""
    return draft.basis is _INFERRED and draft.relation is not _DURING


def _say(draft: Draft, relation: Relation, why: Because) -> None:
    draft.relation, draft.basis, draft.grain, draft.confidence, draft.why = relation, _INFERRED, _DAY, 0.6, Reason(why)
    draft.vague = True


_MEANT = (_PLANNED, _EXPECTED)
_TOLD = (_PAST, _NO_TENSE)
