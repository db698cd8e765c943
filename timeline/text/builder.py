"""A builder of clauses: what waits for a verb while the words go by, and the tense and modality that the verb then has."""

from __future__ import annotations

from typing import NamedTuple

from timeline.model import EventClass, Modality, Tense
from timeline.text.categories import Particle
from timeline.text.clauses import Clause, Opening
from timeline.text.entries import STOP, Entry
from timeline.text.letters import THE, TO, WILL
from timeline.text.vocabulary import Verb
from timeline.text.words import Words

# Members of enums as globals: on this path an attribute of a class costs ten times as much.
(
    _CONDITION, _PLANNED_PARTICLE, _EXPECTED, _SHOULD, _MAY, _KANA, _YAKUN, _LAM, _LAN, _LA, _SAWFA, _QAD, _LAYSA,
    _UNLIKELY,
) = (
    Particle.CONDITION, Particle.PLANNED, Particle.EXPECTED, Particle.SHOULD, Particle.MAY, Particle.KANA,
    Particle.YAKUN, Particle.LAM, Particle.LAN, Particle.LA, Particle.SAWFA, Particle.QAD, Particle.LAYSA,
    Particle.UNLIKELY,
)  # fmt: skip
_OPENING_THAT, _SENTENCE, _BY_VERB = Opening.THAT, Opening.SENTENCE, Opening.VERB
_FUTURE, _PRESENT, _NO_TENSE, _PAST = Tense.FUTURE, Tense.PRESENT, Tense.NONE, Tense.PAST
(
    _PLANNED, _MODALITY_EXPECTED, _HYPOTHETICAL, _POSSIBLE, _ACTUAL, _NEGATED,
) = (
    Modality.PLANNED, Modality.EXPECTED, Modality.HYPOTHETICAL, Modality.POSSIBLE, Modality.ACTUAL, Modality.NEGATED,
)  # fmt: skip
_INTENTION = EventClass.INTENTION
_new = tuple.__new__  # what a named tuple does itself, without a call in between
_DENYING = frozenset((_LA, _LAM, _LAN, _LAYSA))
_PROSPECTS = {
    _UNLIKELY: (_FUTURE, _NEGATED),
    _PLANNED_PARTICLE: (_FUTURE, _PLANNED), _EXPECTED: (_FUTURE, _MODALITY_EXPECTED),
    _SHOULD: (_PRESENT, _HYPOTHETICAL), _MAY: (_PRESENT, _POSSIBLE),
    _CONDITION: (_PRESENT, _HYPOTHETICAL),
}  # fmt: skip


class _Outer(NamedTuple):
    """What waited for its verb before a relative clause, and whether it is a clause of content."""

    pending: list[Particle]
    places: list[int]
    content: bool


class Builder:
    """Collects clauses while the words go by."""

    __slots__ = (
        "before_past", "entries", "first", "form", "governor", "items", "light", "modality", "opening", "outer", "paragraph", "pending",
        "pending_at", "places", "quoted", "resumed", "sentence", "tense", "verb",
    )  # fmt: skip

    def __init__(self, words: Words) -> None:
        self.entries = words.entries
        self.items: list[Clause] = []
        self.sentence = self.paragraph = 0
        self.quoted = False
        self.first = 0
        self.opening = _SENTENCE
        self.governor: Verb | None = None
        self.outer: _Outer | None = None
        self.reset()

    def reset(self) -> None:
        """Begin with nothing known."""
        self.verb = -1
        self.form: Verb | None = None
        self.tense, self.modality = _NO_TENSE, _ACTUAL
        self.before_past = False
        self.light = -1
        self.resumed = (
            False  # it goes on with a clause of content that a relative clause parted: أن يكون الوفد الذي وصل قد غادر
        )
        self.pending: list[Particle] = []
        self.places: list[int] = []  # the words of the particles that wait
        self.pending_at = -1

    def wait(self, i: int, particle: Particle) -> None:
        """Keep a particle for the verb to come."""
        self.pending.append(particle)
        self.places.append(i)

    def close(self, last: int) -> None:
        """End the clause with a word."""
        tense = self.tense
        if self.verb < 0 and self.pending:
            if _KANA in self.pending:
                tense = _PAST
            elif not _AHEAD.isdisjoint(self.pending):
                tense = _FUTURE
        fields = (
            self.first, last, self.opening, self.verb, self.form, tense, self.modality, self.quoted, self.sentence, self.paragraph,
            self.before_past, self.light,
        )  # fmt: skip
        self.items.append(_new(Clause, fields))
        if self.form is not None:
            self.governor = self.form

    def open(self, first: int, opening: Opening, *, keep: int | None = None, marks: int = 0) -> None:
        """Begin a clause with a word, after so many marks; the particles from word `keep` on go on waiting for their verb."""
        if first > self.first:
            self.close(first - 1 - marks)
            self.first = first
        self.opening = opening
        pending, places = self.pending, self.places
        self.reset()
        if keep is not None and pending:
            for particle, place in zip(pending, places, strict=True):
                if place >= keep:
                    self.wait(place, particle)

    def predicate(self, i: int, entry: Entry, verb: Verb) -> None:
        """Take a finite verb: a second one in a clause opens a clause of its own."""
        if self.verb >= 0 or self.light >= 0:
            alone = self.outer is not None and i - 1 > self.verb and i - 1 > self.light
            self.open_by_verb(i)
            if alone and not entry.clitics:
                self.resume()
        elif entry.clitics and i > self.first:
            self.open(i, _BY_VERB)
        self.verb, self.form = i, verb
        if entry.clitics.endswith(TO):
            self.tense, self.modality = _NO_TENSE, _ACTUAL  # what came or shall come of what the clause before tells: ليصل
        else:
            self.tense, self.modality = self.read(verb.tense, will=entry.particle is _SAWFA)
        if self.pending:
            self.pending, self.places = [], []

    def open_by_verb(self, i: int) -> None:
        """Begin a clause with a further verb: the particles right before it open the clause and go with it."""
        start = self.lead(i)
        self.open(start, _BY_VERB, keep=start)

    def part(self) -> None:
        """Keep what waits in a clause without a verb while a relative clause goes by."""
        self.outer = (
            _Outer(self.pending, self.places, self.opening is _OPENING_THAT) if self.verb < 0 and self.light < 0 else None
        )

    def resume(self) -> None:
        """Go on with the clause that a relative clause parted: what waited there waits for the verb here."""
        if self.outer is not None:
            self.pending, self.places = [*self.outer.pending, *self.pending], [*self.outer.places, *self.places]
            self.resumed = self.outer.content
            self.outer = None

    def lead(self, i: int) -> int:
        """Return the first of the particles that stand right before a word, the word itself where there are none."""
        for place in self.places[: -_LEADING - 1 : -1]:
            if place != i - 1:
                break
            i = place
        return i

    def asks_imperfect(self, i: int) -> bool:
        """Tell whether what stands before word i goes with an imperfect only."""
        before = self.entries[i - 1] if i else None
        if before is None or before.role & STOP:
            return self._heads_her(i)
        if self.verb >= 0 and self.tense is _PRESENT and self.entries[i].clitics and self.entries[i].folded.startswith(_HERS):
            return True  # توقد النار وتحقق
        if before.particle in (_LAM, _LAN, _LA, _SAWFA) or "subjunctive" in before.categories:
            return True
        if not self.entries[i].folded.startswith(_HERS):
            return False
        return before.folded == _WHICH or (not before.categories and before.verb is None and before.folded.endswith(_FEMININE))

    def _heads_her(self, i: int) -> bool:
        """Tell whether a verb that begins a sentence stands before a feminine subject, so that its ت is hers: تصدر اللائحة."""
        after = self.entries[i + 1].folded if i + 1 < len(self.entries) else ""
        return self.entries[i].folded.startswith(_HERS) and after.startswith(THE) and after.endswith(_FEMININE)

    def thinks(self, i: int) -> bool:
        """Tell whether word i follows an أن that only a verb can follow: one of a plan, a likelihood, a demand, not of a saying."""
        if self.opening is not _OPENING_THAT or self.pending_at != i - 1 or "subjunctive" not in self._opener:
            return False
        if any(particle in self.pending for particle in _PROSPECTS):
            return True
        return self.governor is not None and self.governor.lemma.class_ is _INTENTION

    def read(self, tense: Tense, *, will: bool) -> tuple[Tense, Modality]:
        """Return tense and modality of a verb of this form with the particles that wait for it; `will` for سـ on the verb itself."""
        pending = self.pending
        if not pending and not will:
            if tense is _PAST:
                return _PAST, _ACTUAL
            return self._subjunctive() if self.opening is _OPENING_THAT else (_PRESENT, _ACTUAL)
        if will or _SAWFA in pending:
            return _FUTURE, _PLANNED
        negated = _LAYSA in pending
        if _UNLIKELY in pending and not _DENYING.isdisjoint(pending):
            return (_PAST if tense is _PAST else _FUTURE), _POSSIBLE  # لا يستبعد أن
        if tense is _PAST:
            self.before_past = _KANA in pending
            if _CONDITION in pending:
                return _PRESENT, _HYPOTHETICAL
            if self._may_be_done:
                return self._future_perfect()
            if self._maybe:
                return _PAST, _POSSIBLE
            return _PAST, _NEGATED if (negated and _QAD not in pending) or _LAM in pending else _ACTUAL
        if _LAM in pending:
            return _PAST, _NEGATED
        if _LAN in pending:
            return _FUTURE, _NEGATED
        if pending[-2:] == [_QAD, _LA]:
            return _PRESENT, _POSSIBLE  # قد لا يصل
        negated = negated or _LA in pending
        for particle, found in _PROSPECTS.items():
            if particle in pending:
                self.before_past = _KANA in pending  # meant in the past: what came of it is another matter
                return (found[0], _NEGATED) if negated and particle is not _CONDITION else found
        if negated:
            return _PRESENT, _NEGATED
        if _QAD in pending and self.lead(self.verb) <= self.places[pending.index(_QAD)]:
            return _PRESENT, _POSSIBLE
        if _KANA in pending:
            return _PAST, _ACTUAL
        return self._subjunctive()

    @property
    def _may_be_done(self) -> bool:
        """Tell whether a perfect follows أن يكون or سيكون closely, or over قد: the predicate of يكون is then no noun."""
        if _YAKUN not in self.pending or _LAM in self.pending:
            return False
        near = self.verb - self.places[self.pending.index(_YAKUN)] <= _NEAR
        return (near or _QAD in self.pending) and (self.opening is _OPENING_THAT or self.resumed or self._yet)

    def _future_perfect(self) -> tuple[Tense, Modality]:
        """Read a perfect after أن يكون: what is likely, possible or only thought of, of the past; what is planned, of the future."""
        pending = self.pending
        if _LA in pending or _LAN in pending or _LAYSA in pending:
            return _PAST, _NEGATED
        if _PLANNED_PARTICLE in pending or self._yet:
            return _FUTURE, _PLANNED
        modality = next((found[1] for particle, found in _PROSPECTS.items() if particle in pending), _POSSIBLE)
        return _PAST, modality

    @property
    def _yet(self) -> bool:
        """Tell whether what waits puts a perfect into the future: سيكون قد وصل, لن يكون قد وصل."""
        waiting = zip(self.pending, self.places, strict=True)
        return any(
            particle in (_LAN, _SAWFA) or (particle is _YAKUN and self.entries[place].folded.startswith(WILL))
            for particle, place in waiting
        )

    @property
    def _maybe(self) -> bool:
        """Tell whether ربما or قد يكون stands before the verb in its own clause; an adjective (المحتمل) says nothing of it."""
        waiting = zip(self.pending, self.places, strict=True)
        return any(
            particle is _MAY and place >= self.first and not self.entries[place].folded.startswith(THE)
            for particle, place in waiting
        )

    def _subjunctive(self) -> tuple[Tense, Modality]:
        """Read an imperfect right after أن: what was decided is planned, what was forecast expected, all else only thought of."""
        if self.opening is not _OPENING_THAT or self.pending_at != self.verb - 1 or "subjunctive" not in self._opener:
            return _PRESENT, _ACTUAL
        kind = "" if self.governor is None else self.governor.lemma.kind
        return _FUTURE, _PLANNED if kind in _DECIDING else Modality.EXPECTED if kind == "forecast" else _HYPOTHETICAL

    @property
    def _opener(self) -> dict[str, object]:
        return self.entries[self.pending_at].categories


_AHEAD = frozenset((_YAKUN, _PLANNED_PARTICLE, _EXPECTED))
_DECIDING = frozenset(("decision", "agreement", "intention"))
_WHICH = "التي"  # she who: what follows is her imperfect (التي تقدم), not a perfect with ت
_FEMININE = ("ه", "ات")
_HERS = "ت"
_LEADING = 6  # particles in a row that can stand before a verb
_NEAR = 3  # words from يكون to a perfect that needs no قد
