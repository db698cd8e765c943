"""Division into clauses, and the reading of each one's verb.

Clauses end at full stops, quotation marks, complementisers, relatives, subordinating words and before a further verb; a comma alone
ends none, since it fences dates (قال فلان، الأربعاء، إن ...).
"""

from __future__ import annotations

from timeline.model import EventClass, Tense
from timeline.text.bits import GIVEN
from timeline.text.builder import Builder
from timeline.text.categories import Particle
from timeline.text.clauses import Clauses, Opening
from timeline.text.entries import AMBIGUOUS, HEADS, PARTICLE, QUOTE, RARE, STOP, VERB, Entry
from timeline.text.letters import AND, THE, WILL
from timeline.text.words import Words

# Members of enums as globals: on this path an attribute of a class costs ten times as much.
(
    _THAT, _RELATIVE, _SUBORDINATE, _CONDITION, _TAMMA, _YATIMM, _MAY, _KANA, _YAKUN, _LAM, _LAN, _LA, _SAWFA, _QAD,
    _LAYSA, _STILL,
) = (
    Particle.THAT, Particle.RELATIVE, Particle.SUBORDINATE, Particle.CONDITION, Particle.TAMMA, Particle.YATIMM,
    Particle.MAY, Particle.KANA, Particle.YAKUN, Particle.LAM, Particle.LAN, Particle.LA, Particle.SAWFA,
    Particle.QAD, Particle.LAYSA, Particle.STILL,
)  # fmt: skip
(
    _OPENING_THAT, _OPENING_RELATIVE, _OPENING_SUBORDINATE, _SENTENCE, _QUOTATION,
) = (
    Opening.THAT, Opening.RELATIVE, Opening.SUBORDINATE, Opening.SENTENCE, Opening.QUOTE,
)  # fmt: skip
_PRESENT, _PAST = Tense.PRESENT, Tense.PAST
_REPORTING = EventClass.REPORTING
_BOUNDARY = {
    _THAT: _OPENING_THAT, _RELATIVE: _OPENING_RELATIVE, _SUBORDINATE: _OPENING_SUBORDINATE, _CONDITION: _OPENING_SUBORDINATE,
}  # fmt: skip
_LIGHT = (_TAMMA, _YATIMM)


def divide(words: Words) -> Clauses:
    """Return the clauses of a text."""
    entries = words.entries
    builder = Builder(words)
    marks = [i for i in words.marks if entries[i].role & _INTERESTING]
    scare = -1
    for k, i in enumerate(marks):
        entry = entries[i]
        role = entry.role
        if role & VERB and entry.verb is not None and not (role & PARTICLE and entry.particle is not _SAWFA):
            if _is_verb(builder, words, i, entry):
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
                builder.open(i + 1, _QUOTATION)
                builder.quoted = not builder.quoted
        elif entry.particle is _SAWFA:
            builder.wait(i, _SAWFA)
        else:
            _particle(builder, i, entry)
    if builder.first < len(entries):
        builder.close(len(entries) - 1)
    return Clauses(builder.items)


_INTERESTING = STOP | QUOTE | PARTICLE | VERB
_SHORT = 6  # words between the quotation marks of a name


def _stop(builder: Builder, i: int, entry: Entry) -> None:
    """End the sentence; after a line break the paragraph and any quotation too. An empty clause is not kept."""
    builder.outer = None
    if i > builder.first:
        builder.open(i + 1, _SENTENCE, marks=1)
    else:
        builder.first = i + 1
        builder.opening = _SENTENCE
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


def _particle(builder: Builder, i: int, entry: Entry) -> None:
    particle = entry.particle
    if particle is None:
        return
    opening = _BOUNDARY.get(particle)
    if opening is not None:
        if opening is _OPENING_RELATIVE:
            builder.part()
        else:
            builder.outer = None
        keep = None
        if opening is _OPENING_THAT:
            keep = builder.first if builder.verb < 0 else builder.lead(i)  # all of a clause without a verb, else من المقرر أن
        if i > builder.first:
            builder.open(i, opening, keep=keep)
        elif builder.opening in (_SENTENCE, _QUOTATION):
            builder.opening = opening if opening is not _OPENING_THAT else builder.opening
        if particle is _CONDITION:
            builder.wait(i, particle)
        builder.pending_at = i
        return
    if particle in _LIGHT:
        if builder.verb >= 0 or builder.light >= 0:
            builder.open_by_verb(i)
        builder.light = i
        past = particle is _TAMMA
        builder.tense, builder.modality = builder.read(
            _PAST if past else _PRESENT, will=not past and entry.folded.startswith(WILL)
        )
        return
    if particle in (_KANA, _YAKUN, _LAYSA, _STILL) and builder.verb >= 0:
        builder.open_by_verb(i)
    if particle is _YAKUN and builder.lead(i) < i and builder.pending[-1] is _QAD:
        builder.wait(i, _MAY)  # وقد يكون
    builder.wait(i, particle)


def _is_verb(builder: Builder, words: Words, i: int, entry: Entry) -> bool:
    """Tell whether a form that may be a verb is one here."""
    entries = words.entries
    before = entries[i - 1] if i else None
    if before is not None and before.particle in _STEERING:
        noun = entry.role & AMBIGUOUS and entry.verb is not None and entry.verb.tense is _PAST and entry.present is None
        return not (before.particle is _LA and noun)  # لا فرق: a perfect after لا is rare
    if before is not None and not entry.clitics and before.role & HEADS and not _who(entries, i):
        return False
    if before is not None and builder.verb >= 0 and _ends_name(before, entry):
        return False
    if not entry.role & AMBIGUOUS:
        return True
    if _is_accusative(entries, i):
        return False
    if (entry.present is not None and builder.thinks(i)) or _is_perfect(words, i, entry):
        return True
    if before is None or before.role & (STOP | QUOTE) or before.particle in (_RELATIVE, _SUBORDINATE):
        return i + 1 < len(entries) and not entries[i + 1].role & (STOP | QUOTE)
    if i + 1 < len(entries) and "aside" in entries[i + 1].categories and not entry.clitics:
        return True  # تقدم به
    if _says(words, i, entry):
        return True
    if _held(before, entry) and i + 1 < len(entries) and "preposition" in entries[i + 1].categories:
        return True
    if builder.verb >= 0 or builder.light >= 0 or entry.role & RARE:
        return False
    if "comma" in before.categories:
        return not entry.clitics
    if _KANA in builder.pending and before.particle is None and not entry.clitics:
        return True  # كان فلان تعهد
    if entry.clitics or i - builder.first < 2 or builder.opening not in {_OPENING_THAT, _OPENING_SUBORDINATE}:
        return False
    plain = (
        before.role == 0 and not before.categories
    )  # a subject that is a name, or ends in an adjective: أن نتنياهو رفض, أن الرئيس الفرنسي وصف
    return plain and not entry.folded.startswith(THE)


def _who(entries: list[Entry], i: int) -> bool:
    """Tell whether a verb follows "he who": هم من أطلقوا."""
    return i > 1 and "of" in entries[i - 1].categories and "nobody" in entries[i - 2].categories


def _says(words: Words, i: int, entry: Entry) -> bool:
    """Tell whether a form that may be a verb of saying opens a sentence and has its content after it: وبين الوزير أن."""
    entries = words.entries
    if entry.verb is None or entry.verb.lemma.class_ is not _REPORTING or entry.verb.tense is not _PAST:
        return False
    if i and not entries[i - 1].role & STOP and entry.clitics != AND:
        return False
    for k in range(i + 1, min(i + _SUBJECT, len(entries))):
        if entries[k].particle is _THAT:
            return True
        if entries[k].role & (STOP | VERB):
            return False
    return False


_SUBJECT = 9  # words from a verb of saying to its content


def _held(before: Entry, entry: Entry) -> bool:
    """Tell whether a light verb says that the meeting before it took place: اجتماع عقد في مدريد."""
    noun = before.noun
    if entry.clitics or entry.verb is None or not entry.verb.lemma.light or noun is None or noun.definite:
        return False
    return noun.lemma.kind == "meeting"


def _ends_name(before: Entry, entry: Entry) -> bool:
    """Tell whether what looks like a short perfect ends the name that a given name begins: كرم المهرجان الممثل أحمد زكي."""
    return bool(before.nominal & GIVEN) and not entry.clitics and len(entry.folded) <= _ROOT


_ROOT = 3  # letters of a bare perfect


def _is_accusative(entries: list[Entry], i: int) -> bool:
    """Tell whether the alef of an indefinite object, and no dual, ends a noun: طلب المدرب توقفا قصيرا."""
    entry = entries[i]
    if entry.noun is None or not entry.folded.endswith(_ALEF) or i + 1 == len(entries):
        return False
    after = entries[i + 1]
    return after.folded.endswith(_ALEF) and not after.categories and after.verb is None


_ALEF = "\u0627"


def _is_perfect(words: Words, i: int, entry: Entry) -> bool:
    """Tell whether a form joined by و and spelled with the perfect's last letter (ونفى, not ونفي) is followed by أن or a noun."""
    if not entry.clitics or entry.verb is None or entry.verb.tense is not _PAST or i + 1 >= len(words.entries):
        return False
    after = words.entries[i + 1]
    return after.particle is _THAT or (words.text[words.ends[i] - 1] == _PERFECT and not after.role & (STOP | QUOTE | HEADS))


_PERFECT = "ى"
_STEERING = (_QAD, _LAM, _LAN, _SAWFA, _LA)
