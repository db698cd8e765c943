"""Proper names: where the name that begins with a word, or goes on with it, ends."""

from __future__ import annotations

from timeline.text.bits import (
    ADJ,
    BODY,
    COUNT,
    DEF,
    EVENT,
    FEM,
    GIVEN,
    JOIN,
    KNOWN,
    LINK,
    LOOSE,
    NOBODY,
    NOUN,
    OWNED,
    PERSON,
    PLACE,
    SITE,
)  # fmt: skip
from timeline.text.entries import Entry

NAME = GIVEN | KNOWN
LONGEST_NAME = 4  # words
_NOUNS = PERSON | BODY | NOUN | SITE
_ENDS = COUNT | NOBODY | EVENT | PLACE | OWNED
# Sums that are asked for, each made once.
_BODY_NOUN_PERSON = BODY | NOUN | PERSON
_DEF_LOOSE = DEF | LOOSE


def several(entries: list[Entry], k: int, end: int) -> tuple[int, int]:
    """Return the last word and the bits of the longest name of several words that begins with word k; k and 0 for none."""
    for names in entries[k].names:
        last = k + len(names.rest)
        if last < end and all(entries[k + 1 + n].folded == word for n, word in enumerate(names.rest)):
            return last, names.bits
    return k, 0


def name(nominals: list[int], k: int, n: int, end: int, alone: bool) -> tuple[int, bool | None]:  # noqa: FBT001
    """Return the last word of a name that has reached word k, and whether that is sure; word k and None where a noun goes on there."""
    size = 2 if n & KNOWN else 1
    before = n
    k += 1
    while k < end:
        n = nominals[k]
        if n & JOIN:
            if n & NAME:
                size, before = 2 if n & KNOWN else 1, n
                k += 1
                continue
            if n & PERSON or (n & DEF and alone):
                return k, None
            return k - 1, alone
        if (n | before) & LINK or (n & NAME and size < LONGEST_NAME) or (size == 1 and n & PERSON and not n & _DEF_LOOSE):
            pass
        elif n & _ENDS or (n & _NOUNS and not n & DEF):
            return k - 1, True
        elif n & DEF:
            if before & KNOWN and n & ADJ:
                return k, None
            if size > 1 and ((n & FEM and not alone) or (n & _NOUNS and not n & ADJ)):
                return k - 1, True
            if not alone and ((size > 1 and not before & GIVEN) or size > 2):
                return k - 1, n & FEM != 0
        elif n & LOOSE and not n & _BODY_NOUN_PERSON and not alone and size == 1:
            return k - 1, False
        elif (n & LOOSE and (not alone or n & _BODY_NOUN_PERSON)) or (n & FEM and not alone):
            return k - 1, True
        elif (size > 1 and not alone and not before & GIVEN) or size >= LONGEST_NAME:
            return k - 1, False
        size += 1
        before = n
        k += 1
    return k - 1, True
