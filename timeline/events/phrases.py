"""Phrases: where the noun phrase that begins with a word ends, and whether that is sure.

Nouns are known by lists and endings, so a phrase is read by its shape: a definite noun and its adjectives (الشرطة الإسرائيلية), nouns in
construct up to a definite one (وزير خارجية مصر), an indefinite noun and its adjectives (مسؤول أمني عراقي), an amount (ثلاثة جنود), a name.
Titles go on with the name after them. Where two readings are left, the phrase is not sure.
"""

from __future__ import annotations

from timeline.events.constructs import definite, first_term, indefinite, named
from timeline.events.proper import NAME, several
from timeline.text.bits import (
    ADJ,
    ALONE,
    BODY,
    COUNT,
    DEF,
    DEMONSTRATIVE,
    DOUBTFUL,
    EVENT,
    FEM,
    GOING,
    HONOUR,
    HUMAN,
    JOIN,
    LINK,
    LOOSE,
    MANY,
    MASCULINE,
    MULTI,
    NOBODY,
    NOUN,
    OBLIQUE,
    OWNED,
    PERSON,
    PLACE,
    SITE,
)  # fmt: skip
from timeline.text.entries import Entry

_NOUNS = PERSON | BODY | NOUN | SITE
_SPECIAL = MULTI | NOBODY | DEMONSTRATIVE | COUNT | LINK
# Sums that are asked for, each made once.
_ADJ_DEF = ADJ | DEF
_ADJ_NAME = ADJ | NAME
_BODY_PERSON = BODY | PERSON
_BODY_PLACE = BODY | PLACE
_COUNT_DEF = COUNT | DEF
_COUNT_NOUNS = COUNT | _NOUNS
_DEF_NAME_PERSON = DEF | NAME | PERSON
_DEF_OWNED_PLACE = DEF | OWNED | PLACE
_DOUBTFUL_PLACE = DOUBTFUL | PLACE
_HONOUR_PERSON = HONOUR | PERSON
_JOIN_NOBODY = JOIN | NOBODY
_LINK_NAME = LINK | NAME


def read(entries: list[Entry], nominals: list[int], first: int, end: int, state: int = 0) -> tuple[int, bool, int]:
    """Read the phrase that begins with a word and ends before word `end`; return its last word, whether that is sure, and its bits.

    The bits are those of its first words. `state` may be ALONE (nothing but it stands there) and GOING (a place may stand after it:
    زار نتنياهو واشنطن).
    """
    n = bits = nominals[first]
    k = first
    if n & _SPECIAL:
        if n & MULTI:
            k, found = several(entries, first, end)
            if found:
                bits = n = (n & ~(ADJ | LOOSE | NOUN | PERSON | BODY | EVENT)) | found | (DEF if found & _BODY_PLACE else 0)
        if n & NOBODY or (n & DEMONSTRATIVE and not (first + 1 < end and nominals[first + 1] & DEF)):
            return first, False, bits
        if n & COUNT and not n & DEF:
            return _amount(entries, nominals, k, end, bits, state)
        if n & DEMONSTRATIVE:
            k += 1
            n = bits = nominals[k]
        if n & LINK and k + 1 == end and not (n & NAME and not (n & DEF and n & _BODY_PERSON)):
            return k, False, bits
    if k + 1 == end:
        return k, True, bits
    if n & _HONOUR_PERSON or n & _ADJ_DEF == _ADJ_DEF:
        state |= HUMAN
    if (n & NAME and not (n & DEF and n & _BODY_PERSON)) or n & LINK:
        last, sure = named(entries, nominals, k, n, end, state)
    elif n & _DEF_OWNED_PLACE:
        last, sure = definite(entries, nominals, k, n, end, state)
    elif n & LOOSE:
        last, sure = indefinite(nominals, k, n, end, state)
    elif n & _NOUNS:
        last, sure = first_term(entries, nominals, k, n, end, state)
    else:
        last, sure = _unknown(entries, nominals, k, n, end, state)
    return last, sure, bits


def _amount(entries: list[Entry], nominals: list[int], k: int, end: int, bits: int, state: int) -> tuple[int, bool, int]:
    """Read an amount and the noun that it counts: ثلاثة جنود, عشرات الآلاف من."""
    first = k
    while k + 1 < end and nominals[k] & _COUNT_DEF == COUNT and not nominals[k + 1] & _JOIN_NOBODY:
        k += 1
    n = nominals[k]
    bits |= n & _BODY_PERSON
    if k == first or (n & LOOSE and k + 1 == end):
        return k, k + 1 == end, bits
    if n & PERSON:
        state |= HUMAN
    if n & DEF:
        return *definite(entries, nominals, k, n, end, state), bits
    last, sure = indefinite(nominals, k, n, end, state)
    if last + 1 < end and nominals[last + 1] & DEF:
        sure = False  # أحد رجال المقاومة
    return last, sure, bits


def _unknown(entries: list[Entry], nominals: list[int], k: int, n: int, end: int, state: int) -> tuple[int, bool]:
    """Go on after a word that may be a name or an indefinite noun."""
    alone = state & ALONE
    while True:
        head = n
        k += 1
        if k >= end:
            return k - 1, True
        state |= head if head & FEM else head | MASCULINE
        n = nominals[k]
        if n & LOOSE and not n & _ADJ_NAME:
            return k - 1, True
        if n & JOIN:
            if not alone or not n & _DEF_NAME_PERSON:
                return k - 1, False
            return definite(entries, nominals, k, n, end, state)
        if head & MANY and not head & OBLIQUE and not n & DEF:
            return indefinite(nominals, k - 1, head, end, state)
        if not n & DEF:
            if n & _COUNT_NOUNS:
                return k - 1, False
            if n & ADJ:
                return indefinite(nominals, k, n, end, state)
        if not alone:
            if n & _DOUBTFUL_PLACE or (n & MULTI and several(entries, k, end)[1] & PLACE):
                return k - 1, state & GOING != 0
            if n & FEM and head & FEM and not n & DEF:
                return indefinite(nominals, k, n, end, state)
            return k - 1, False
        if n & DEF:
            return definite(entries, nominals, k, n, end, state)
        if n & _LINK_NAME:
            return named(entries, nominals, k, n, end, state)
        if n & OWNED:
            return k - 1, True
