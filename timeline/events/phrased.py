"""A text as its noun phrases are read: what each word is in one, with the times marked, and the spans that participants take."""

from __future__ import annotations

from operator import attrgetter

from timeline.model import Participant, Role, Span
from timeline.text.bits import ASIDE, FENCE, HOLDS, JOIN, NOBODY, TIME
from timeline.text.words import Words

# Members of enums as globals: on this path an attribute of a class costs ten times as much.
AGENT, PATIENT, PLACE_OF, COUNTERPART = Role.AGENT, Role.PATIENT, Role.PLACE, Role.COUNTERPART
Found = list[Participant]  # one a role
_NOMINAL = attrgetter("nominal")
_new = tuple.__new__  # what a named tuple does itself, without a call in between
_MARKED = FENCE | TIME
# Sums that are asked for, each made once.
_FENCE_JOIN_NOBODY = FENCE | JOIN | NOBODY


class Phrased:
    """The words of one text and their bits (text/bits.py), with one more at the end over which no phrase goes."""

    __slots__ = ("entries", "nominals", "words")

    def __init__(self, words: Words, times: list[tuple[int, int]]) -> None:
        """Take the first and last words of the times, which are part of no participant."""
        self.words = words
        self.entries = words.entries
        self.nominals = nominals = list(map(_NOMINAL, words.entries))
        nominals.append(FENCE)
        for first, last in times:
            for k in range(first, last + 1):
                nominals[k] |= _MARKED

    def participant(self, role: Role, first: int, last: int) -> Participant:
        """Return the words from first to last as a participant, without what is glued before them."""
        words = self.words
        start, end = words.starts[first] + self.entries[first].glued, words.ends[last]
        return _new(Participant, (role, _new(Span, (start, end)), words.text[start:end]))

    def end(self, k: int, limit: int) -> int:
        """Return the first word from k on that no phrase goes over."""
        nominals = self.nominals
        while k < limit and not nominals[k] & FENCE:
            k += 1
        if k < limit and nominals[k] & ASIDE and nominals[k - 1] & HOLDS:
            return self.end(k + 1, limit)
        return k

    def past_time(self, k: int, limit: int) -> int:
        """Return the word after the time that ends a phrase, where a further phrase begins there; -1 for none."""
        nominals = self.nominals
        if not nominals[k] & TIME:
            return -1
        while k < limit and nominals[k] & TIME:
            k += 1
        return k if k < limit and not nominals[k] & _FENCE_JOIN_NOBODY else -1
