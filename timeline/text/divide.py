"""Division into clauses, and the reading of each one's verb.

Clauses end at full stops, quotation marks, complementisers, relatives, subordinating words and before a further verb; a comma alone
ends none, since it fences dates (قال فلان، الأربعاء، إن ...).
"""

from __future__ import annotations

from timeline.model import EventClass, Modality, Tense
from timeline.text.categories import Particle
from timeline.text.clauses import Clause, Clauses, Opening
from timeline.text.vocabulary import Verb
from timeline.text.words import AMBIGUOUS, HEADS, PARTICLE, QUOTE, RARE, STOP, VERB, Entry, Words

_BOUNDARY = (
    (Particle.THAT, Opening.THAT), (Particle.RELATIVE, Opening.RELATIVE), (Particle.SUBORDINATE, Opening.SUBORDINATE),
    (Particle.CONDITION, Opening.SUBORDINATE),
)  # fmt: skip
_LIGHT = (Particle.TAMMA, Particle.YATIMM)
_PROSPECTS = {
    Particle.PLANNED: (Tense.FUTURE, Modality.PLANNED), Particle.EXPECTED: (Tense.FUTURE, Modality.EXPECTED),
    Particle.SHOULD: (Tense.PRESENT, Modality.HYPOTHETICAL), Particle.MAY: (Tense.PRESENT, Modality.POSSIBLE),
    Particle.CONDITION: (Tense.PRESENT, Modality.HYPOTHETICAL),
}  # fmt: skip


class _Builder:
    """Collects clauses while the words go by."""

    __slots__ = (
        "before_past", "entries", "first", "form", "governor", "items", "light", "modality", "opening", "paragraph", "pending", "pending_at",
        "quoted", "sentence", "tense", "verb",
    )  # fmt: skip

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
        self.before_past = False
        self.light = -1
        self.pending: list[Particle] = []
        self.pending_at = -1

    def close(self, last: int) -> None:
        """End the clause with a word."""
        tense = self.tense
        if self.verb < 0 and self.pending:
            if Particle.KANA in self.pending:
                tense = Tense.PAST
            elif Particle.YAKUN in self.pending or Particle.PLANNED in self.pending:
                tense = Tense.FUTURE
        self.items.append(
            Clause(
                self.first, last, self.opening, self.verb, self.form, tense, self.modality, self.quoted, self.sentence, self.paragraph,
                self.before_past, self.light,
            )
        )  # fmt: skip
        if self.form is not None:
            self.governor = self.form

    def open(self, first: int, opening: Opening, *, keep: bool = False, marks: int = 0) -> None:
        """Begin a clause with a word, after so many marks; `keep` hands on the particles that wait for their verb."""
        if first > self.first:
            self.close(first - 1 - marks)
            self.first = first
        self.opening = opening
        pending = self.pending
        self.reset()
        if keep:
            self.pending = pending

    def predicate(self, i: int, entry: Entry, verb: Verb) -> None:
        """Take a finite verb: a second one in a clause opens a clause of its own."""
        if self.verb >= 0 or self.light >= 0:
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
        if not pending and entry.particle is None:
            if verb.tense is Tense.PAST:
                return Tense.PAST, Modality.ACTUAL
            return self._subjunctive() if self.opening is Opening.THAT else (Tense.PRESENT, Modality.ACTUAL)
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
        return self._subjunctive()

    def _subjunctive(self) -> tuple[Tense, Modality]:
        """Read an imperfect after أن: what was decided or intended is planned, all else is only thought of."""
        if self.opening is Opening.THAT and self.pending_at == self.first and self.entries[self.first].folded in ("ان", "بان"):
            planned = self.governor is not None and self.governor.lemma.class_ is EventClass.INTENTION
            return Tense.FUTURE, Modality.PLANNED if planned or self._decided() else Modality.HYPOTHETICAL
        return Tense.PRESENT, Modality.ACTUAL

    def _decided(self) -> bool:
        return self.governor is not None and self.governor.lemma.kind in ("decision", "agreement", "plan", "intention")


def divide(words: Words) -> Clauses:
    """Return the clauses of a text."""
    entries = words.entries
    builder = _Builder(words)
    marks = [i for i in words.marks if entries[i].role & _INTERESTING]
    scare = -1
    for k, i in enumerate(marks):
        entry = entries[i]
        role = entry.role
        if role & VERB and entry.verb is not None and not (role & PARTICLE and entry.particle is not Particle.SAWFA):
            if _is_verb(builder, entries, i, entry):
                builder.predicate(
                    i, entry, (entry.present if entry.present is not None and builder.asks_imperfect(i) else entry.verb)
                )
        elif role & STOP:
            if not _in_number(words, i):
                _stop(builder, i, entry)
        elif role & QUOTE:
            after = marks[k + 1] if k + 1 < len(marks) else i
            if i == scare:
                scare = -1
            elif entries[after].role & QUOTE and 0 < after - i <= _SHORT:
                scare = after  # a short quoted name opens no clause: "أكسيوس"
            else:
                builder.open(i + 1, Opening.QUOTE)
                builder.quoted = not builder.quoted
        elif entry.particle is Particle.SAWFA:
            builder.pending.append(Particle.SAWFA)
        else:
            _particle(builder, i, entry)
    if builder.first < len(entries):
        builder.close(len(entries) - 1)
    return Clauses(builder.items)


_INTERESTING = STOP | QUOTE | PARTICLE | VERB
_SHORT = 6  # words between the quotation marks of a name


def _stop(builder: _Builder, i: int, entry: Entry) -> None:
    """End the sentence; after a line break the paragraph and any quotation too. An empty clause is not kept."""
    if i > builder.first:
        builder.open(i + 1, Opening.SENTENCE, marks=1)
    else:
        builder.first = i + 1
        builder.opening = Opening.SENTENCE
    if entry.folded != ":":
        builder.sentence += 1
    if entry.folded == "\n":
        builder.paragraph += 1
        builder.quoted = False


def _in_number(words: Words, i: int) -> bool:
    """Tell whether a point or a colon stands between digits: 2.1, 11:30."""
    entries = words.entries
    if not 0 < i < len(entries) - 1 or not entries[i + 1].folded.isdecimal():
        return False
    return words.ends[i - 1] == words.starts[i] and words.ends[i] == words.starts[i + 1] and entries[i - 1].folded.isdecimal()


def _particle(builder: _Builder, i: int, entry: Entry) -> None:
    particle = entry.particle
    if particle is None:
        return
    opening = next((opening for boundary, opening in _BOUNDARY if boundary is particle), None)
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
        if builder.verb >= 0 or builder.light >= 0:
            builder.open(i, Opening.VERB)
        builder.light = i
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
    if before is not None and not entry.clitics and before.role & HEADS:
        return False
    if not entry.role & AMBIGUOUS:
        return True
    if before is None or before.role & (STOP | QUOTE) or before.particle in (Particle.RELATIVE, Particle.SUBORDINATE):
        return i + 1 < len(entries) and not entries[i + 1].role & (STOP | QUOTE)
    if builder.verb >= 0 or builder.light >= 0 or entry.role & RARE:
        return False
    if "comma" in before.categories:
        return not entry.clitics
    if Particle.KANA in builder.pending and before.particle is None and not entry.clitics:
        return True  # كان فلان تعهد
    named = before.role == 0 and not before.categories and i - builder.first >= 2  # a subject that is a name: أن نتنياهو رفض
    return named and builder.opening in (Opening.THAT, Opening.SUBORDINATE) and not before.folded.startswith("ال")


_STEERING = (Particle.QAD, Particle.LAM, Particle.LAN, Particle.SAWFA, Particle.LA)
