"""Subjects: the noun phrase before or after a verb that is its subject, where that is sure."""

from __future__ import annotations

from timeline.events.apposition import GOES_ON, extended
from timeline.events.draft import Draft
from timeline.events.phrased import PATIENT, Found, Phrased
from timeline.events.phrases import read
from timeline.events.places import place_at
from timeline.model import EventClass
from timeline.text.bits import (
    ADJ,
    ALONE,
    AT,
    BARE,
    BEFORE,
    BODY,
    COMMA,
    COUNT,
    DEF,
    DOUBTFUL,
    EITHER,
    EVENT,
    FEM,
    FENCE,
    FROM,
    GIVEN,
    GOING,
    HARMS,
    HIM,
    HINGE,
    IN,
    JOIN,
    KNOWN,
    LEADING,
    LOOSE,
    MANY,
    MULTI,
    NOBODY,
    NOUN,
    OBLIQUE,
    ON,
    OTHERS,
    OWNED,
    PASSIVE,
    PERSON,
    PLACE,
    PREFIXED,
    SHE,
    SITE,
    THAT,
    TIME,
    TOWARDS,
    WITH,
)  # fmt: skip
from timeline.text.clauses import Opening

# Members of enums as globals: on this path an attribute of a class costs ten times as much.
_REPORTING, _INTENTION, _STATE = EventClass.REPORTING, EventClass.INTENTION, EventClass.STATE
_THAT, _RELATIVE, _BY_VERB = Opening.THAT, Opening.RELATIVE, Opening.VERB
SOMEBODY = PERSON | BODY | GIVEN | KNOWN | PLACE | DOUBTFUL
_SURE = GIVEN | KNOWN | PLACE
_KNOWN = SOMEBODY | NOUN | SITE | COUNT | MULTI
_COUNTED = DEF | PERSON | BODY | COUNT | NOUN | MANY | SITE
_FRONT = 9  # words before a verb that may be its subject
_LONGEST = 12  # words of a participant


Subject = tuple[int, int, int, int]
"""The first and the last word of a subject, the bits of its first words, and the word from which on an object may stand."""
NONE, AFTER = (-1, -1, 0, -1), (-1, -1, 0, -2)  # no subject; none before the verb, so that it may stand after it
# Sums that are asked for, each made once.
_ADJ_PREFIXED = ADJ | PREFIXED
_BEFORE_FROM_ON_TOWARDS_WITH = BEFORE | FROM | ON | TOWARDS | WITH
_BODY_GIVEN_KNOWN_PERSON = BODY | GIVEN | KNOWN | PERSON
_COMMA_TIME = COMMA | TIME
_DEF_KNOWN = DEF | _KNOWN
_DEF_LEADING = DEF | LEADING
_DEF_NOBODY_OWNED = DEF | NOBODY | OWNED
_DEF_SOMEBODY = DEF | SOMEBODY
_DOUBTFUL_EITHER_FEM = DOUBTFUL | EITHER | FEM
NO_SUBJECT = EVENT | JOIN | LOOSE | NOBODY  # none begins with these after its verb
_EVENT_LOOSE_NOBODY = EVENT | LOOSE | NOBODY
_HINGE_LEADING = HINGE | LEADING
_HINGE_OWNED = HINGE | OWNED
_LEADING_NOBODY = LEADING | NOBODY
_OWNED_PERSON = OWNED | PERSON


def before(text: Phrased, draft: Draft, form: int) -> Subject:
    """Return the subject before a verb, إن بلينكن كرر; NONE or AFTER for none."""
    nominals, clause = text.nominals, draft.clause
    opening, stop, start = clause.opening, draft.word, clause.first
    if opening is _RELATIVE:
        return AFTER if form & HIM else NONE
    while stop > start and nominals[stop - 1] & HINGE:
        stop -= 1
    n = 0
    while start < stop:
        n = nominals[start]
        if not n & _LEADING_NOBODY or (n & _DEF_LEADING == DEF):
            break
        start += 1
    pronoun = start > clause.first and nominals[start - 1] & _HINGE_OWNED == _HINGE_OWNED
    if start >= stop:
        return NONE if pronoun or nominals[stop] & _HINGE_OWNED == _HINGE_OWNED else AFTER
    if pronoun:
        return NONE
    for k in range(stop - 1, start - 1, -1):
        if nominals[k] & FENCE:
            if opening is not _THAT and (nominals[stop - 1] & _COMMA_TIME or draft.lemma.frame & BARE):
                return AFTER
            return NONE
    if stop - start > _FRONT or n & _EVENT_LOOSE_NOBODY:
        return NONE
    last, sure, bits = read(text.entries, nominals, start, stop, ALONE)
    if not sure or last != stop - 1 or not _agree(bits, form):
        return NONE
    return start, last, bits, draft.word + 1


def after(text: Phrased, draft: Draft, form: int, k: int, end: int, limit: int, found: Found) -> Subject:
    """Return the subject after a verb, in the words from k to before `end`, or NONE; an amount to whom harm is done is added to `found`."""
    nominals = text.nominals
    first = nominals[k]
    if first & _OWNED_PERSON == OWNED:
        return NONE
    type_, frame = draft.type, draft.lemma.frame
    says = type_ is _REPORTING
    if not says:
        if not first & _DEF_KNOWN and first & _ADJ_PREFIXED:
            return NONE
        if type_ is _STATE and not first & _DEF_SOMEBODY:
            return NONE  # what it is, rather: تبقى أسيرة
    content = nominals[limit] & THAT or (says and nominals[limit - 1] & _HINGE_LEADING == LEADING)
    state = GOING if frame & AT else 0
    # A saying without a subject may go on: ويدعو الناس إلى.
    if (
        content
        or form & HIM
        or ((form & PASSIVE or frame & BARE) and not ((says or type_ is _INTENTION) and draft.clause.opening is _BY_VERB))
    ):
        state |= ALONE
    last, sure, bits = read(text.entries, nominals, k, end, state)
    if not sure or last - k >= _LONGEST:
        return NONE
    whole = last == end - 1 or nominals[last + 1] & _DEF_NOBODY_OWNED == NOBODY
    if whole and frame & HARMS and first & COUNT:
        found.append(text.participant(PATIENT, k, last))
        return NONE
    if (
        bits & OBLIQUE
        or not _agree(bits, form)
        or (whole and not state & ALONE and not _stands_alone(text, draft, bits, last, end))
    ):
        return NONE
    phrase = last
    if whole and end < limit:
        if nominals[end] & GOES_ON:
            last = extended(text, bits, last, end, limit)
            if last < k:
                return NONE
        if says and content and bits & BODY and nominals[end] & IN:
            where = place_at(text.entries, nominals, end + 1, limit)
            last = where if where + 1 >= limit else last
    return k, last, bits, phrase + 1


def _stands_alone(text: Phrased, draft: Draft, bits: int, last: int, end: int) -> bool:
    """Tell whether a noun phrase that no other follows at once is the subject of a verb that can have an object."""
    if draft.object > last:
        return True
    limit = draft.clause.last + 1
    if end < limit and text.nominals[end] & draft.lemma.frame & _BEFORE_FROM_ON_TOWARDS_WITH:
        return True
    if draft.type in (_REPORTING, _INTENTION) and draft.clause.opening is not _BY_VERB:
        return bits & _BODY_GIVEN_KNOWN_PERSON != 0
    return bits & SOMEBODY != 0 and text.past_time(end, limit) >= 0


def _agree(bits: int, form: int) -> bool:
    """Tell whether a phrase of these bits can be the subject of such a form of a verb."""
    if bits & _SURE or form & OTHERS:
        return True
    if form & SHE:
        return bool(bits & _DOUBTFUL_EITHER_FEM) or not bits & _COUNTED
    return not bits & FEM or bits & COUNT != 0
