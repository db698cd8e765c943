"""Clauses: where they begin and end, and the tense and modality of each one's verb.

A clause holds at most one finite verb. Clauses end at full stops, quotation marks, complementisers, relatives, subordinating words
and before a further verb; a comma alone ends none, since it fences dates (قال فلان، الأربعاء، إن ...).
"""

from __future__ import annotations

import enum
from bisect import bisect_right
from typing import NamedTuple

from timeline.model import EventClass, Modality, Tense
from timeline.text.categories import Particle
from timeline.text.vocabulary import Verb
from timeline.text.words import AMBIGUOUS, PARTICLE, QUOTE, STOP, VERB, Entry, Words


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
    passive_light: bool  # تم or جرى: the event is the noun that follows


class Clauses:
    """The clauses of a text in order."""

    def __init__(self, items: list[Clause]) -> None:
        """Take the clauses, ordered and without gaps."""
        self.items = items
        self._firsts = [clause.first for clause in items]

    def at(self, word: int) -> int:
        """Return the index of the clause that holds a word."""
        return max(bisect_right(self._firsts, word) - 1, 0)

    def tense_at(self, word: int) -> Tense:
        """Return the tense around a word: of its clause's verb, else of the nearest clause before it in its sentence."""
        items = self.items
        if not items:
            return Tense.NONE
        at = self.at(word)
        sentence = items[at].sentence
        k = at
        while k >= 0 and items[k].sentence == sentence:
            if items[k].tense is not Tense.NONE:
                return items[k].tense
            k -= 1
        k = at + 1
        while k < len(items) and items[k].sentence == sentence and items[k].opening in (Opening.VERB, Opening.SENTENCE):
            if items[k].tense is not Tense.NONE:
                return items[k].tense
            k += 1
        return Tense.NONE


_BOUNDARY = {
    Particle.THAT: Opening.THAT,
    Particle.RELATIVE: Opening.RELATIVE,
    Particle.SUBORDINATE: Opening.SUBORDINATE,
    Particle.CONDITION: Opening.SUBORDINATE,
}
_LIGHT = (Particle.TAMMA, Particle.YATIMM)
_PROSPECTS = {
    Particle.PLANNED: (Tense.FUTURE, Modality.PLANNED), Particle.EXPECTED: (Tense.FUTURE, Modality.EXPECTED),
    Particle.SHOULD: (Tense.PRESENT, Modality.HYPOTHETICAL), Particle.MAY: (Tense.PRESENT, Modality.POSSIBLE),
    Particle.CONDITION: (Tense.PRESENT, Modality.HYPOTHETICAL),
}  # fmt: skip


class _Builder:
    """Collects clauses while the words go by."""

    def __init__(self, words: Words) -> None:
        self.entries = words.entries
        self.items: list[Clause] = []
        self.sentence = self.paragraph = 0
        self.quoted = False
        self.first = 0
        self.opening = Opening.SENTENCE
        self.governor: Verb | None = None
        self.reset()

    def reset(self) -> None:
        self.verb = -1
        self.form: Verb | None = None
        self.tense, self.modality = Tense.NONE, Modality.ACTUAL
        self.before_past = self.light = False
        self.pending: list[Particle] = []
        self.pending_at = -1

    def close(self, last: int) -> None:
        if last >= self.first:
            tense = self.tense
            if self.verb < 0 and Particle.KANA in self.pending:
                tense = Tense.PAST
            elif self.verb < 0 and (Particle.YAKUN in self.pending or Particle.PLANNED in self.pending):
                tense = Tense.FUTURE
            self.items.append(
                Clause(
                    self.first,
                    last,
                    self.opening,
                    self.verb,
                    self.form,
                    tense,
                    self.modality,
                    self.quoted,
                    self.sentence,
                    self.paragraph,
                    self.before_past,
                    self.light,
                )  # fmt: skip
            )
        if self.form is not None:
            self.governor = self.form

    def open(self, first: int, opening: Opening, *, keep: bool = False) -> None:
        self.close(first - 1)
        pending = self.pending if keep else []
        self.first, self.opening = first, opening
        self.reset()
        self.pending = pending

    def predicate(self, i: int, entry: Entry, verb: Verb) -> None:
        """Take a finite verb: a second one in a clause opens a clause of its own."""
        if self.verb >= 0 or self.light:
            self.open(i, Opening.VERB)
        elif entry.clitics and i > self.first:
            self.open(i, Opening.VERB, keep=False)
        self.verb, self.form = i, verb
        self.tense, self.modality = self._tense(entry, verb)
        self.pending = []

    def asks_imperfect(self, i: int) -> bool:
        """Tell whether what stands before word i goes with an imperfect only."""
        before = self.entries[i - 1] if i else None
        if before is None:
            return False
        return before.particle in (Particle.LAM, Particle.LAN, Particle.LA, Particle.SAWFA) or before.folded in (
            "ان",
            "بان",
            "لكي",
            "كي",
        )

    def _tense(self, entry: Entry, verb: Verb) -> tuple[Tense, Modality]:
        pending = self.pending
        if entry.particle is Particle.SAWFA or Particle.SAWFA in pending:
            return Tense.FUTURE, Modality.PLANNED
        if verb.tense is Tense.PAST:
            self.before_past = Particle.KANA in pending
            if Particle.CONDITION in pending:
                return Tense.PRESENT, Modality.HYPOTHETICAL
            return Tense.PAST, Modality.ACTUAL
        if Particle.LAM in pending:
            return Tense.PAST, Modality.NEGATED
        if Particle.LAN in pending:
            return Tense.FUTURE, Modality.NEGATED
        for particle, found in _PROSPECTS.items():
            if particle in pending:
                return (found[0], Modality.NEGATED) if Particle.LA in pending and particle is not Particle.CONDITION else found
        if Particle.LA in pending:
            return Tense.PRESENT, Modality.NEGATED
        if Particle.QAD in pending:
            return Tense.PRESENT, Modality.POSSIBLE
        if Particle.KANA in pending:
            return Tense.PAST, Modality.ACTUAL
        if self.opening is Opening.THAT and self.entries[self.first].folded in ("ان", "بان") and self.pending_at == self.first:
            planned = self.governor is not None and self.governor.lemma.class_ is EventClass.INTENTION
            return Tense.FUTURE, Modality.PLANNED if planned or self._decided() else Modality.HYPOTHETICAL
        return Tense.PRESENT, Modality.ACTUAL

    def _decided(self) -> bool:
        return self.governor is not None and self.governor.lemma.kind in ("decision", "agreement", "plan", "intention")


def divide(words: Words) -> Clauses:
    """Return the clauses of a text."""
    entries = words.entries
    builder = _Builder(words)
    interesting = STOP | QUOTE | PARTICLE | VERB
    for i in [i for i, entry in enumerate(entries) if entry.role & interesting]:
        entry = entries[i]
        role = entry.role
        if role & STOP:
            builder.open(i + 1, Opening.SENTENCE)
            if entry.folded != ":":
                builder.sentence += 1
            if entry.folded == "\n":
                builder.paragraph += 1
                builder.quoted = False
        elif role & QUOTE:
            if not _scare(entries, i):
                builder.open(i + 1, Opening.QUOTE)
                builder.quoted = not builder.quoted
        elif role & PARTICLE and entry.particle is not Particle.SAWFA:
            _particle(builder, i, entry)
        elif role & PARTICLE and entry.verb is None:
            builder.pending.append(Particle.SAWFA)
        elif role & VERB and entry.verb is not None and _is_verb(builder, entries, i, entry):
            builder.predicate(i, entry, (builder.asks_imperfect(i) and entry.present) or entry.verb)
    builder.close(len(entries) - 1)
    return Clauses(builder.items)


def _scare(entries: list[Entry], i: int) -> bool:
    """Tell whether a quotation mark belongs to a short quoted name, which opens no clause: "أكسيوس"."""
    for k in range(i + 1, min(i + 6, len(entries))):
        if entries[k].role & QUOTE:
            return True
        if entries[k].role & (STOP | VERB):
            break
    return any(entries[k].role & QUOTE for k in range(max(i - 5, 0), i)) and not any(
        entries[k].role & (STOP | VERB) for k in range(max(i - 5, 0), i)
    )


def _particle(builder: _Builder, i: int, entry: Entry) -> None:
    particle = entry.particle
    if particle is None:
        return
    opening = _BOUNDARY.get(particle)
    if opening is not None:
        keep = opening is Opening.THAT and builder.verb < 0
        if i > builder.first:
            builder.open(i, opening, keep=keep)
        elif builder.opening in (Opening.SENTENCE, Opening.QUOTE):
            builder.opening = opening if opening is not Opening.THAT else builder.opening
        if particle is Particle.CONDITION:
            builder.pending.append(particle)
        builder.pending_at = i
        return
    if particle in _LIGHT:
        if builder.verb >= 0 or builder.light:
            builder.open(i, Opening.VERB)
        builder.light = True
        future = entry.folded.startswith("س") or Particle.SAWFA in builder.pending
        negated = Particle.LAM in builder.pending or Particle.LAN in builder.pending
        builder.tense = (
            Tense.FUTURE
            if future
            else Tense.PAST
            if particle is Particle.TAMMA or Particle.LAM in builder.pending
            else Tense.PRESENT
        )
        builder.modality = Modality.NEGATED if negated else Modality.PLANNED if future else Modality.ACTUAL
        return
    if particle in (Particle.KANA, Particle.YAKUN, Particle.LAYSA, Particle.STILL) and builder.verb >= 0:
        builder.open(i, Opening.VERB)
    builder.pending.append(particle)


def _is_verb(builder: _Builder, entries: list[Entry], i: int, entry: Entry) -> bool:
    """Tell whether a form that may be a verb is one here."""
    before = entries[i - 1] if i else None
    if before is not None and before.particle in _STEERING:
        return True
    if before is not None and not entry.clitics and "preposition" in before.categories:
        return False
    if not entry.role & AMBIGUOUS:
        return True
    if before is None or before.role & (STOP | QUOTE) or before.particle in (Particle.RELATIVE, Particle.SUBORDINATE):
        return i + 1 < len(entries) and not entries[i + 1].role & (STOP | QUOTE)
    if builder.verb >= 0 or builder.light:
        return False
    if "comma" in before.categories:
        return not entry.clitics
    named = before.role == 0 and not before.categories and i - builder.first >= 2  # a subject that is a name: أن نتنياهو رفض
    return named and builder.opening in (Opening.THAT, Opening.SUBORDINATE) and not before.folded.startswith("ال")


_STEERING = (Particle.QAD, Particle.LAM, Particle.LAN, Particle.SAWFA, Particle.LA)
