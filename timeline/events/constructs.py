"""Constructs: how a phrase goes on after a definite noun, after the first term of a construct, and after an indefinite noun.

Each function gets the words of the text, the word k that the phrase has reached and its bits n, the word at which the phrase ends at the
latest, and the state that the words so far leave (text/bits.py); it returns the last word of the phrase and whether that is sure.
"""

from __future__ import annotations

from timeline.events.proper import LONGEST_NAME, NAME, name, several
from timeline.text.bits import (
    ADJ,
    ALONE,
    BODY,
    COUNT,
    DEF,
    DEMONSTRATIVE,
    DOUBTFUL,
    EITHER,
    EVENT,
    FEM,
    FENCE,
    GIVEN,
    HONOUR,
    HUMAN,
    JOIN,
    KNOWN,
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

# With these a new phrase begins after a finished one.
_STARTS = DEMONSTRATIVE | PERSON | BODY | NOUN | SITE | COUNT | EVENT | LOOSE | OWNED | NOBODY | PLACE | DOUBTFUL
_NOUNS = PERSON | BODY | NOUN | SITE
_HEADS = _NOUNS | EVENT
_OTHER = _HEADS | PLACE | DOUBTFUL | OBLIQUE
_FEMININE = EITHER | FEM | PLACE
_THING = BODY | NOUN | SITE
# Sums that are asked for, each made once.
_ADJ_COUNT_LOOSE_PERSON = ADJ | COUNT | LOOSE | PERSON
_ADJ_DEF = ADJ | DEF
_ADJ_DEF_JOIN = ADJ | DEF | JOIN
_ADJ_MANY = ADJ | MANY
_ALONE_FEMININE = ALONE | _FEMININE
_BODY_COUNT_PERSON = BODY | COUNT | PERSON
_BODY_DEF_NAME_PLACE = BODY | DEF | NAME | PLACE
_BODY_FEM_OBLIQUE = BODY | FEM | OBLIQUE
_BODY_KNOWN_PERSON_PLACE = BODY | KNOWN | PERSON | PLACE
_BODY_NOUN_PERSON = BODY | NOUN | PERSON
_BODY_PERSON = BODY | PERSON
_BODY_PLACE = BODY | PLACE
_COUNT_MANY_NOUNS = COUNT | MANY | _NOUNS
_DEF_DOUBTFUL_PLACE = DEF | DOUBTFUL | PLACE
_DEF_KNOWN_PLACE = DEF | KNOWN | PLACE
_DEF_NAME_OWNED_PLACE = DEF | NAME | OWNED | PLACE
_DEF_OWNED = DEF | OWNED
_DEF_PERSON = DEF | PERSON
_DEF_PLACE = DEF | PLACE
_FENCE_HONOUR_JOIN_LINK_MULTI_NAME = FENCE | HONOUR | JOIN | LINK | MULTI | NAME
_LINK_NAME = LINK | NAME
_LOOSE_NOBODY = LOOSE | NOBODY


def named(entries: list[Entry], nominals: list[int], k: int, n: int, end: int, state: int) -> tuple[int, bool]:
    """Go on inside a name, and after it where a noun follows."""
    last, sure = name(nominals, k, n, end, state & ALONE != 0)
    if sure is not None:
        return last, sure
    n = nominals[last]
    return (definite if n & DEF else first_term)(entries, nominals, last, n, end, state)


def definite(entries: list[Entry], nominals: list[int], k: int, n: int, end: int, state: int) -> tuple[int, bool]:
    """Go on after a definite noun: its adjectives, the name after a title, what "and" joins to it."""
    k += 1
    if k == end:
        return k - 1, True
    state |= n if n & FEM else n | MASCULINE
    alone, human = state & ALONE, state & HUMAN
    if n & HONOUR and n & DEF and nominals[k] & _ADJ_DEF_JOIN == DEF:
        k += 1  # المهندس المخرج: a surname
    while k < end:
        n = nominals[k]
        if n & _FENCE_HONOUR_JOIN_LINK_MULTI_NAME:
            if n & FENCE:
                k += 1
                continue
            if n & LINK and n & NOUN:
                return first_term(entries, nominals, k, n, end, state)
            if n & JOIN:
                if n & _ADJ_DEF == DEF or n & _BODY_KNOWN_PERSON_PLACE:
                    state |= n if n & FEM else n | MASCULINE
                    if not n & _DEF_KNOWN_PLACE:
                        return first_term(entries, nominals, k, n, end, state)
                elif not (n & DEF and n & ADJ):
                    return k - 1, alone != 0
                k += 1
                continue
            if n & MULTI:
                last, found = several(entries, k, end)
                if found & PLACE:
                    return k - 1, True
                if found & GIVEN:
                    return named(entries, nominals, last, found, end, state) if human else (k - 1, False)
            if human and n & HONOUR and n & DEF and k + 1 < end and _names(nominals[k + 1]):
                k += 1
                continue
            if n & NAME and _names(n):
                goes_on = human or nominals[k - 1] & _DEF_PERSON == _DEF_PERSON or (alone and n & GIVEN and not state & _THING)
                return named(entries, nominals, k, n, end, state) if goes_on else (k - 1, True)
        if n & DEF:
            sure = _definite_after(nominals[k - 1], n, state)
            if sure is not None:
                return k - 1, sure
            k += 1
            continue
        if n & LINK and human:
            return named(entries, nominals, k, n, end, state)
        if n & _STARTS:
            return k - 1, not (n & LOOSE and human and not n & _BODY_NOUN_PERSON)
        if alone and human and not n & FEM:
            return named(entries, nominals, k, n, end, state)
        return k - 1, bool(state & _THING and not human and not alone)
    return k - 1, True


def _definite_after(before: int, n: int, state: int) -> bool | None:
    """Tell of a definite word after a definite noun whether a phrase surely ends before it; None where it goes on."""
    if n & ADJ and not (n & OBLIQUE and not before & OBLIQUE):
        return None if state & (_FEMININE if n & FEM else MASCULINE) else True
    if n & OBLIQUE:
        if n & ADJ and not before & _BODY_FEM_OBLIQUE:
            return False  # نادي الطلبة السعوديين
        if before & OBLIQUE:
            return None
    if n & _BODY_PERSON and n & FEM and state & _FEMININE:
        return False
    if n & _OTHER:
        return True
    if n & FEM:
        if not state & _ALONE_FEMININE:
            return False
    elif not state & MASCULINE:
        return True
    return None if state & ALONE else False


def _names(n: int) -> bool:
    """Tell whether a name begins with a word that is no adjective too: تركي, not التركي."""
    return bool(n & _LINK_NAME) and not (n & DEF and n & ADJ)


def first_term(entries: list[Entry], nominals: list[int], k: int, n: int, end: int, state: int) -> tuple[int, bool]:
    """Go on after a noun that is the first term of a construct, or indefinite."""
    start = k
    while True:
        head = n
        k += 1
        if k >= end:
            return k - 1, True
        state |= head if head & FEM else head | MASCULINE
        n = nominals[k]
        if n & FENCE:
            return k, k + 1 >= end
        if n & JOIN:
            if n & DEF or not n & _BODY_COUNT_PERSON:
                return k - 1, bool(state & ALONE and n & DEF)
            start = k
            continue
        if n & DEMONSTRATIVE:
            return definite(entries, nominals, k, 0, end, state)
        if n & MULTI:
            last, found = several(entries, k, end)
            if found & _BODY_DEF_NAME_PLACE:
                go_on = named if found & NAME and not found & _BODY_PLACE else definite
                return go_on(entries, nominals, last, found, end, state)
        if n & NAME:
            return named(entries, nominals, k, n, end, state)
        if n & _DEF_DOUBTFUL_PLACE:
            if n & OBLIQUE and not head & _COUNT_MANY_NOUNS:
                return k - 1, True
            return definite(entries, nominals, k, n, end, state)
        if n & COUNT:
            return k - 1, bool(head & LOOSE)
        if n & _LOOSE_NOBODY:
            return k - 1, True
        if n & OWNED:
            if head & _BODY_PERSON and start == k - 1 and not head & _ADJ_MANY:
                return definite(entries, nominals, k, n, end, state)
            return k - 1, not state & HUMAN
        if n & ADJ and (not n & _HEADS or head & MANY) and (head & EITHER or not (n ^ head) & FEM):
            return indefinite(nominals, k, n, end, state)
        if n & LINK:
            return named(entries, nominals, k, n, end, state)
        if n & EVENT and not n & _BODY_PERSON:
            return k - 1, state & ALONE != 0
        if n & _NOUNS:
            if head & MANY:
                return k - 1, True
            continue
        if k - start > LONGEST_NAME:
            return k - 1, False
        if not state & ALONE and not (k + 1 < end and nominals[k + 1] & _DEF_PLACE) and (n ^ head) & FEM:
            return k - 1, False


def indefinite(nominals: list[int], k: int, n: int, end: int, state: int) -> tuple[int, bool]:
    """Go on after an indefinite noun with an adjective, or an accusative."""
    state |= n if n & FEM else n | MASCULINE
    alone = state & ALONE
    k += 1
    while k < end:
        n = nominals[k]
        if n & FENCE:
            pass
        elif n & JOIN:
            if n & DEF or not n & _ADJ_COUNT_LOOSE_PERSON:
                return k - 1, alone != 0
        elif n & _DEF_NAME_OWNED_PLACE:
            return k - 1, bool(n & _DEF_OWNED and not alone and not n & ADJ)
        elif n & _ADJ_MANY or (n & LOOSE and nominals[k - 1] & LOOSE):
            pass
        elif n & (_STARTS & ~DEMONSTRATIVE):
            return k - 1, True
        elif not alone and not (n & FEM and state & _FEMININE):
            return k - 1, False
        k += 1
    return k - 1, True
