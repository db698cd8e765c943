"""Appositions: what is said of a noun phrase right after it, as part of it."""

from __future__ import annotations

from timeline.events.phrased import Phrased
from timeline.events.phrases import read
from timeline.text.bits import (
    ADJ,
    ALONE,
    BODY,
    COMMA,
    DASH,
    DEF,
    EVENT,
    FENCE,
    GIVEN,
    JOIN,
    KNOWN,
    MARK,
    NOUN,
    PERSON,
    PLACE,
    TO_BODY,
    WITH_BY,
)  # fmt: skip

GOES_ON = TO_BODY | DEF | COMMA | MARK  # with one of these at its end, a phrase may have an apposition
_QUOTED = 8  # words between the quotation marks of a name
# Sums that are asked for, each made once.
_ADJ_DEF = ADJ | DEF
_ADJ_PERSON = ADJ | PERSON
_BODY_NOUN = BODY | NOUN
_DEF_GIVEN_KNOWN_PLACE = DEF | GIVEN | KNOWN | PLACE
_EVENT_PERSON_WITH_BY = EVENT | PERSON | WITH_BY
_FENCE_JOIN = FENCE | JOIN
_GIVEN_KNOWN = GIVEN | KNOWN


def extended(text: Phrased, bits: int, last: int, end: int, limit: int) -> int:
    """Return the last word of a phrase with what is said of it between commas: وزير الخارجية، أحمد علي،; with its body after "to".

    A name between quotation marks goes with the noun before it; -1 where it does not end soon.
    """
    nominals = text.nominals
    n = nominals[end] if end < limit else 0
    if not n & GOES_ON:
        return last
    if n & MARK:
        return _quoted(text, bits, last, end, limit)
    if n & COMMA:
        return _between_commas(text, bits, last, end, limit)
    official = n & TO_BODY and bits & PERSON and nominals[last] & DEF and nominals[last] & _ADJ_PERSON
    if official or (n & DEF and not n & _EVENT_PERSON_WITH_BY and _titled(text, bits, last)):
        stop = text.end(end + 1, limit)
        nominals[end] = n & ~FENCE
        found, sure, _ = read(text.entries, nominals, end, stop, ALONE)
        nominals[end] = n
        return found if sure else last
    return last


def _quoted(text: Phrased, bits: int, last: int, end: int, limit: int) -> int:
    nominals = text.nominals
    if nominals[end] & DASH:
        return -1 if text.words.ends[end - 1] == text.words.starts[end] else last  # the rest of a double name
    if not bits & _BODY_NOUN or nominals[last] & _DEF_GIVEN_KNOWN_PLACE:
        return last
    return next((k for k in range(end + 1, min(end + _QUOTED, limit)) if nominals[k] & MARK), -1)


def _between_commas(text: Phrased, bits: int, last: int, end: int, limit: int) -> int:
    nominals = text.nominals
    first = nominals[end + 1] if end + 1 < limit else FENCE
    if first & _FENCE_JOIN or not ((bits & PERSON and first & _GIVEN_KNOWN) or (bits & _GIVEN_KNOWN and first & PERSON)):
        return last
    stop = text.end(end + 1, limit)
    if stop < limit and not nominals[stop] & COMMA:
        return last
    found, sure, _ = read(text.entries, nominals, end + 1, stop, ALONE)
    return found if sure and found == stop - 1 else last


def _titled(text: Phrased, bits: int, last: int) -> bool:
    """Tell whether a phrase is a title that goes on with "to": المدير العام للتعليم."""
    if bits & PERSON and "name" in text.entries[last].categories:
        return True
    return bool(bits & BODY and text.nominals[last] & _ADJ_DEF == _ADJ_DEF)
