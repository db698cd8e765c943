"""Beside a verb: the place and the other side of what it tells, after prepositions."""

from __future__ import annotations

from timeline.events.apposition import extended
from timeline.events.draft import Draft
from timeline.events.phrased import COUNTERPART, PLACE_OF, Found, Phrased
from timeline.events.phrases import read
from timeline.events.places import place_at
from timeline.events.subjects import SOMEBODY
from timeline.text.bits import (
    AGAINST,
    BEFORE,
    BODY,
    BY_NAME,
    BY_PERSON,
    COMMA,
    DEF,
    DOUBTFUL,
    EVENT,
    FEM,
    FENCE,
    FROM,
    GIVEN,
    IN,
    JOIN,
    KNOWN,
    LOOSE,
    MANY,
    MARK,
    MULTI,
    NEAR,
    NOBODY,
    NOUN,
    ON,
    OVER,
    OWNED,
    PERSON,
    PLACE,
    SITE,
    TIME,
    TOPIC,
    TOWARDS,
    WITH,
    WITH_BY,
)  # fmt: skip

_DEF_FENCE = DEF | FENCE
_DEF_FENCE_TIME_WITH_BY = DEF | FENCE | TIME | WITH_BY
_LOCAL = PLACE | DOUBTFUL | SITE | MULTI | NEAR
_FAR = 14  # words after a verb in which its place may be named
_WHO = PERSON | BODY | GIVEN | KNOWN
# Sums that are asked for, each made once.
_DEF_FEM_OWNED = DEF | FEM | OWNED
_EVENT_FENCE_TOPIC = EVENT | FENCE | TOPIC
_EVENT_JOIN_LOOSE_NOBODY_NOUN_TIME = EVENT | JOIN | LOOSE | NOBODY | NOUN | TIME
_FENCE_WITH_BY = FENCE | WITH_BY
_IN_ON_TOWARDS = IN | ON | TOWARDS
_MANY_SOMEBODY = MANY | SOMEBODY


def name_beside(text: Phrased, draft: Draft, limit: int, mask: int, found: Found) -> None:
    """Name what stands before word `limit` after the prepositions of a verb, `mask`, its own and those of the noun that it carries."""
    nominals, word = text.nominals, draft.word
    if limit - word <= 2:
        return
    frame = draft.lemma.frame | mask
    if mask & IN:
        mask |= WITH_BY | NEAR
    spoken_of = False  # the place of what is spoken of is none of the deed
    with_whom = True
    place = other = False
    for who in found:
        place = place or who.role is PLACE_OF
        other = other or who.role is COUNTERPART
    origin = -1
    for j, n in enumerate(nominals[word + 1 : min(limit, word + _FAR)], word + 1):
        if not n & _EVENT_FENCE_TOPIC:
            continue
        if n & TOPIC or (n & EVENT and n & _FENCE_WITH_BY == FENCE):
            spoken_of = True
            with_whom = with_whom and not n & FENCE
        at = -1
        if n & NEAR and frame & IN and not spoken_of:
            at = j + 1
        elif not n & mask:
            continue
        elif n & WITH_BY:
            if frame & BY_PERSON and n & _WHO:
                other = other or _counterpart(text, draft, j, found)
            elif frame & IN and not spoken_of:
                at = j
        elif n & WITH and frame & WITH:
            noun = text.entries[j - 1].noun
            if with_whom and (noun is None or j - 1 == draft.object):
                other = other or _counterpart(text, draft, j + 1, found)
        elif (n & ON and frame & OVER) or (n & BEFORE and frame & AGAINST):
            other = other or _counterpart(text, draft, j + 1, found)
        elif n & FROM:
            origin = j + 1 if origin < 0 else origin
        elif not spoken_of and n & frame & _IN_ON_TOWARDS and not (n & TOWARDS and _comma(nominals, word, j)):
            at = j + 1
        if at >= 0 and not place and nominals[at] & _LOCAL:
            place = _place(text, at, limit, found)
    if origin >= 0 and not place and frame & FROM:
        _place(text, origin, limit, found)


def _comma(nominals: list[int], k: int, j: int) -> bool:
    """Tell whether a comma stands between two words."""
    return any(n & COMMA for n in nominals[k:j])


def _place(text: Phrased, k: int, limit: int, found: Found) -> bool:
    if k < limit and text.nominals[k] & NEAR:
        k += 1
    last = place_at(text.entries, text.nominals, k, limit)
    if last >= 0:
        found.append(text.participant(PLACE_OF, k, last))
    return last >= 0


def _counterpart(text: Phrased, draft: Draft, k: int, found: Found) -> bool:
    """Name the other side, where it is somebody."""
    nominals = text.nominals
    limit = draft.clause.last + 1
    n = nominals[k]
    if k >= limit or n & _EVENT_JOIN_LOOSE_NOBODY_NOUN_TIME or n & _FENCE_WITH_BY == FENCE:
        return False
    end = text.end(k + 1, limit)
    last, sure, bits = read(text.entries, nominals, k, end)
    if not sure:
        return False
    if last == end - 1:
        last = extended(text, bits, last, end, limit)
        after = nominals[last + 1]
        if last < k or after & _DEF_FENCE_TIME_WITH_BY == _DEF_FENCE or (after & MARK and not nominals[last] & DEF):
            return False  # نائب رئيس الاتحاد, of a body whose name goes on with "to"
    elif not bits & SOMEBODY:
        return False
    if not bits & _MANY_SOMEBODY:
        unknown = not n & _DEF_FEM_OWNED and not text.entries[k].categories and last <= k + 1
        if not unknown or not draft.lemma.frame & BY_NAME:
            return False
    found.append(text.participant(COUNTERPART, k, last))
    return True


def name_fronted(text: Phrased, k: int, word: int, found: Found) -> None:
    """Name the place with which a clause begins: وفي الكويت، أعلنت."""
    if any(who.role is PLACE_OF for who in found):
        return
    last = place_at(text.entries, text.nominals, k, word)
    if last >= 0 and last + 1 < word and text.nominals[last + 1] & COMMA:
        found.append(text.participant(PLACE_OF, k, last))
