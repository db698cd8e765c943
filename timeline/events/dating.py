"""How a time dates its event: the relation that the words before it say, and the bounds that follow from it."""

from __future__ import annotations

import datetime as dt
import re

from timeline.events.draft import Draft, tomorrow
from timeline.model import Grain, Mod, Modality, Relation, Tense, TimeExpression, TimeType
from timeline.reasons import Because, Reason
from timeline.text.letters import AND
from timeline.text.words import Words

_SPANS = (Relation.DURING, Relation.BEFORE)
_LONG_AGO = dt.timedelta(days=30)
_SURE = 0.55  # a time less sure than this is linked, but dates nothing


def date(draft: Draft, number: int, time: TimeExpression, first: int, words: Words, today: dt.date | None) -> None:
    """Give an event a time; the first one that has an interval decides."""
    draft.times = (*draft.times, number)
    if time.confidence < _SURE or (draft.own and not _finer(draft, time, today)):
        return
    if time.type is TimeType.DURATION and time.grain is not None and time.grain < Grain.HOUR:
        return  # the last five minutes are those of the match
    relation = _relation(words, first, time)
    draft.relation = draft.relation or relation
    start, end = _bounds(time, today)
    if start is None and end is None:
        _count(draft, time, first, words)
        return
    if (
        today is not None
        and start is not None
        and start.date() > today
        and draft.tense is Tense.PAST
        and draft.modality is Modality.ACTUAL
    ):
        return  # what is past is not dated by what is to come: تأجلت المباراة ليوم غد
    if relation in _SPANS and _is_now(draft) and end is not None and today is not None and today - end.date() > _LONG_AGO:
        draft.stuck = True
        return  # what is so now is not dated by what was long ago
    draft.own = True
    draft.firm = time.value[:1].isdigit()
    draft.relation = relation
    draft.basis = time.basis
    draft.confidence = round(0.95 * time.confidence, 3)
    draft.grain = Grain.DAY if time.grain is None or time.grain < Grain.DAY else time.grain
    draft.why = time.explanation
    if relation is Relation.BEFORE and time.mod is Mod.END:
        start = end  # before the end of June: by then it lies before July
    elif relation is Relation.AFTER and time.mod is Mod.START:
        end = start
    draft.start, draft.end = _related(relation, start, end, draft, today)
    if (
        (draft.noun or draft.tense is Tense.PRESENT)
        and draft.modality is Modality.ACTUAL
        and today is not None
        and draft.start is not None
        and draft.start.date() > today
    ):
        draft.modality = Modality.PLANNED
    _cut(draft, today)
    if time.type is TimeType.TIME and time.interval is not None and time.interval.start is not None:
        draft.fine = time.interval.start.replace(tzinfo=None)
        draft.exact = ":" in time.value


def _is_now(draft: Draft) -> bool:
    return draft.tense is Tense.PRESENT and not draft.headline


def _count(draft: Draft, time: TimeExpression, first: int, words: Words) -> None:
    """Keep what a time without an interval says: so long after what was told before, or so long a time that no day is its date."""
    lead = words.entries[first - 1].categories if first else {}
    found = _LENGTH.fullmatch(time.value)
    if time.type is not TimeType.DURATION:
        draft.stuck = True
    elif found is not None and "ahead" in lead and time.grain is not None:
        draft.count = float(found[1]), time.grain
    elif "throughout" in lead and (time.grain is None or time.grain >= Grain.WEEK):
        draft.stuck = True


_LENGTH = re.compile(r"PT?([0-9.]+)[HMDWY]")


def _finer(draft: Draft, time: TimeExpression, today: dt.date | None) -> bool:
    """Tell whether a further time says more exactly when in the first one: في عام 1996، حين غرقت في 21 مايو."""
    start, end = _bounds(time, today)
    if start is None or end is None or draft.start is None or draft.end is None or draft.grain is None or time.grain is None:
        return False
    return time.grain < draft.grain > Grain.WEEK and draft.start <= start and end <= draft.end


def _cut(draft: Draft, today: dt.date | None) -> None:
    """Cut a month or a longer time that holds the publication: what is past lies before that day, what is to come not before it."""
    if today is None or draft.start is None or draft.end is None or draft.grain is None or draft.grain < Grain.MONTH:
        return
    here = dt.datetime.combine(today, dt.time())
    if not draft.start < here < draft.end or draft.relation is not Relation.DURING:
        return
    if draft.tense is Tense.PAST:
        draft.end = here
    elif draft.tense is Tense.FUTURE:
        draft.start = here


def _bounds(time: TimeExpression, today: dt.date | None) -> tuple[dt.datetime | None, dt.datetime | None]:
    """Return the civil days that a time covers; the recent past ends and the near future begins with the publication."""
    if time.interval is not None:
        start, end = time.interval
        first = None if start is None else dt.datetime.combine(start.date(), dt.time())
        if end is None:
            return first, None
        civil = end.replace(tzinfo=None)
        if time.value.endswith("T24:00") and first is not None:  # the end of a day belongs to that day
            first, civil = first - dt.timedelta(days=1), first
        after = dt.datetime.combine(civil.date(), dt.time())
        return first, after if after == civil else tomorrow(civil.date())
    if today is None:
        return None, None
    here = dt.datetime.combine(today, dt.time())
    if time.value == "PAST_REF":
        return None, tomorrow(today)
    if time.value == "FUTURE_REF":
        return here, None
    return None, None


def _relation(words: Words, first: int, time: TimeExpression) -> Relation:
    """Return how the word before a time places the event."""
    entries = words.entries
    if first == 0 or entries[first].clitics.strip(AND):
        return Relation.DURING
    before = entries[first - 1].categories
    if "since" in before or "onward" in before:
        return Relation.SINCE
    if "upto" in before:
        return Relation.UNTIL
    if time.type in (TimeType.DATE, TimeType.TIME):
        if "ago" in before:
            return Relation.BEFORE
        if "ahead" in before:
            return Relation.AFTER
    return Relation.DURING


def _related(
    relation: Relation, start: dt.datetime | None, end: dt.datetime | None, draft: Draft, today: dt.date | None
) -> tuple[dt.datetime | None, dt.datetime | None]:
    now = tomorrow(today)
    here = None if today is None else dt.datetime.combine(today, dt.time())
    past = draft.tense is Tense.PAST or draft.tense is Tense.NONE
    match relation:
        case Relation.SINCE:
            return start, now if past and (start is None or now is None or start < now) else None
        case Relation.AFTER:
            return (end or start), now if past and end is not None and now is not None and end < now else None
        case Relation.BEFORE:
            return _yet(draft, here, start), start
        case Relation.UNTIL:
            return _yet(draft, here, end), end
        case _:
            return start, end


def _yet(draft: Draft, here: dt.datetime | None, end: dt.datetime | None) -> dt.datetime | None:
    """Return when a plan begins at the earliest: on the day of publication; None for what is not to come."""
    return here if draft.tense is Tense.FUTURE and here is not None and end is not None and here < end else None


def run_on(draft: Draft, begin: TimeExpression, number: int, time: TimeExpression, today: dt.date | None) -> bool:
    """Let the span of an event run on to the end of a second time; False where that lies before its begin."""
    end = _bounds(time, today)[1]
    if begin.grain is not time.grain or draft.start is None or end is None or draft.end is None or end <= draft.end:
        return False
    draft.times = (*draft.times, number)
    draft.end = end
    draft.confidence = min(draft.confidence, round(0.95 * time.confidence, 3))
    draft.why = Reason(Because.TO, (draft.why, time.explanation))
    return True
