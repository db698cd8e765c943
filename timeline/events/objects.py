"""Objects: whom or what the deed is done to, whom one meets, where one goes: the noun phrase after a verb and its subject."""

from __future__ import annotations

from timeline.events.apposition import extended
from timeline.events.draft import Draft
from timeline.events.phrased import COUNTERPART, PATIENT, Found, Phrased
from timeline.events.phrases import read
from timeline.events.subjects import SOMEBODY
from timeline.model import EventClass
from timeline.text.bits import (
    COUNT,
    DEF,
    EVENT,
    GIVEN,
    JOIN,
    KNOWN,
    LOOSE,
    MANY,
    MEETS,
    NOBODY,
    NOUN,
    OWNED,
    PERSON,
    SITE,
    TIME,
    TOPIC,
    WITH_BY,
)

# Members of enums as globals: on this path an attribute of a class costs ten times as much.
_OCCURRENCE, _ASPECTUAL = EventClass.OCCURRENCE, EventClass.ASPECTUAL
_NAME = GIVEN | KNOWN
_THING = SOMEBODY | MANY | DEF | LOOSE | NOUN | SITE | COUNT
# Sums that are asked for, each made once.
_DEF_TIME_WITH_BY = DEF | TIME | WITH_BY
_EVENT_JOIN_NOBODY = EVENT | JOIN | NOBODY
_MANY_SOMEBODY = MANY | SOMEBODY
_OWNED_PERSON = OWNED | PERSON


def name_object(text: Phrased, draft: Draft, subject: int, k: int, end: int, found: Found) -> None:
    """Name the direct object in the words from k to before `end`, after a subject of these bits."""
    nominals, frame = text.nominals, draft.lemma.frame
    first = nominals[k]
    if first & _EVENT_JOIN_NOBODY or first & _OWNED_PERSON == OWNED:
        return
    occurs = draft.type is _OCCURRENCE
    if not frame & MEETS and (
        not (occurs or draft.type is _ASPECTUAL) or draft.lemma.light or draft.object >= 0 or first & TOPIC
    ):
        return
    last, sure, bits = read(text.entries, nominals, k, end)
    if not sure or last != end - 1 or nominals[last] & COUNT or (subject & MANY and bits & _NAME):
        return  # الزعيمان ترامب وكيم: both are the subject
    somebody = bits & _MANY_SOMEBODY
    if not (somebody if frame & MEETS or not occurs else subject & _MANY_SOMEBODY and bits & _THING):
        return
    limit = draft.clause.last + 1
    last = extended(text, bits, last, end, limit)
    if last >= end or (last >= k and not (end < limit and nominals[end] & _DEF_TIME_WITH_BY == DEF)):
        found.append(text.participant(COUNTERPART if frame & MEETS else PATIENT, k, last))
