"""Places: where the name of a place that begins with a word ends."""

from __future__ import annotations

from timeline.events.proper import several
from timeline.text.bits import ADJ, BODY, DEF, DOUBTFUL, EVENT, FEM, FENCE, GIVEN, JOIN, MULTI, NOUN, PERSON, PLACE, SITE
from timeline.text.entries import Entry

_OTHER = FENCE | JOIN | EVENT
# Sums that are asked for, each made once.
_ADJ_BODY_NOUN_PERSON = ADJ | BODY | NOUN | PERSON
_BODY_DEF_NOUN_OTHER_PERSON_SITE = BODY | DEF | NOUN | _OTHER | PERSON | SITE
_DEF_OTHER_SITE = DEF | _OTHER | SITE
_DOUBTFUL_MULTI_PLACE_SITE = DOUBTFUL | MULTI | PLACE | SITE
_DOUBTFUL_PLACE = DOUBTFUL | PLACE
_NOUN_PERSON = NOUN | PERSON


def place_at(entries: list[Entry], nominals: list[int], k: int, limit: int) -> int:
    """Return the last word of the name of a place that begins with word k, -1 where none does or its end is not sure."""
    if k >= limit:
        return -1
    n = nominals[k]
    if n & MULTI:
        last, bits = several(entries, k, limit)
        if bits & PLACE:
            return _adjectives(nominals, last, limit)
    if n & _DOUBTFUL_PLACE:
        return _adjectives(nominals, k, limit)
    if not n & SITE or n & DEF:
        return -1
    return _named(entries, nominals, k + 1, limit)


def _named(entries: list[Entry], nominals: list[int], k: int, limit: int) -> int:
    """Return the last word of the name after مدينة and the like."""
    if k >= limit or nominals[k] & _OTHER:
        return -1
    n = nominals[k]
    if n & _DOUBTFUL_MULTI_PLACE_SITE:
        last = place_at(entries, nominals, k, limit)
        return last if last < 0 or n & SITE else _adjectives(nominals, last, limit)
    if (entries[k].categories or entries[k].verb is not None) and not n & GIVEN:
        return -1
    if n & DEF:
        k = _adjectives(nominals, k, limit)
        return -1 if n & _NOUN_PERSON or (k + 1 < limit and not nominals[k + 1] & ~(ADJ | FEM)) else k
    if n & _ADJ_BODY_NOUN_PERSON:
        return -1
    if k + 1 < limit and not nominals[k + 1] & _BODY_DEF_NOUN_OTHER_PERSON_SITE:
        if n & nominals[k + 1] & FEM:
            return -1  # منطقة ريفية واسعة
        k += 1  # بيت حانون
        if k + 1 < limit and not nominals[k + 1] & _DEF_OTHER_SITE:
            return -1
    elif k + 1 < limit and nominals[k + 1] & DEF and not nominals[k + 1] & _OTHER:
        k += 1  # عيتا الشعب
    return k


def _adjectives(nominals: list[int], k: int, limit: int) -> int:
    while k + 1 < limit and nominals[k + 1] & DEF and nominals[k + 1] & ADJ and not nominals[k + 1] & _OTHER:
        k += 1
    return k
