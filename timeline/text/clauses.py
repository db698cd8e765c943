"""Clauses: stretches of words with at most one finite verb, and that verb's tense and modality. text/divide.py finds them."""

from __future__ import annotations

import enum
from bisect import bisect_right
from typing import NamedTuple

from timeline.model import Modality, Tense
from timeline.text.vocabulary import Verb

# Members of enums as globals: on this path an attribute of a class costs ten times as much.
_NO_TENSE = Tense.NONE


class Opening(enum.Enum):
    """What opens a clause."""

    SENTENCE = enum.auto()
    QUOTE = enum.auto()
    THAT = enum.auto()
    RELATIVE = enum.auto()
    SUBORDINATE = enum.auto()
    VERB = enum.auto()


class Clause(NamedTuple):
    """The words `first` to `last`, both included; `verb` is the index of its finite verb, -1 for none.

    `quoted` says that it stands in a quotation; `sentence` and `paragraph` count from 0; `before_past` marks كان قد.
    """

    first: int
    last: int
    opening: Opening
    verb: int
    form: Verb | None
    tense: Tense
    modality: Modality
    quoted: bool
    sentence: int
    paragraph: int
    before_past: bool
    light: int  # the index of تم, whose event is the noun that follows; -1 for none


class Clauses:
    """The clauses of a text in order."""

    def __init__(self, items: list[Clause]) -> None:
        """Take the clauses, in order; only marks of punctuation lie between them."""
        self.items = items
        self._firsts = [clause.first for clause in items]
        self._quotations: list[int] = []

    def at(self, word: int) -> int:
        """Return the index of the clause that holds a word."""
        return max(bisect_right(self._firsts, word) - 1, 0)

    def quotation_of(self, at: int) -> int:
        """Return the index of the first clause of the quotation that holds the clause of that index."""
        found = self._quotations
        for k in range(len(found), at + 1):  # each clause is looked at once, however often a quotation is asked for
            found.append(found[k - 1] if k and self.items[k - 1].quoted else k)
        return found[at]

    def tense_at(self, word: int) -> Tense:
        """Return the tense around a word: of its clause's verb, else of the nearest clause before it in its sentence."""
        return self.tense_of(self.at(word)) if self.items else _NO_TENSE

    def tense_of(self, at: int) -> Tense:
        """Return the tense in the clause of that index, as `tense_at` does for its words."""
        items = self.items
        if items[at].tense is not _NO_TENSE:
            return items[at].tense
        sentence = items[at].sentence
        for k in range(at, max(at - _FAR, -1), -1):
            if items[k].sentence != sentence:
                break
            if items[k].tense is not _NO_TENSE:
                return items[k].tense
        for k in range(at + 1, min(at + _FAR, len(items))):
            if items[k].sentence != sentence or items[k].opening not in (Opening.VERB, Opening.SENTENCE):
                break
            if items[k].tense is not _NO_TENSE:
                return items[k].tense
        return _NO_TENSE


_FAR = 12  # clauses over which a tense still governs
