"""Event nouns: which of them the words around admit, and what they make of them.

A noun of happening is admitted under a preposition of time, as what a verb brings about, wills or does (أدى إلى, قرر, تمكن من), where a
plan is told without a verb, with a pronoun, and in the headline; presence alone is right in one case of three. One that only a
date would admit is left to `attach`.
"""

from __future__ import annotations

from timeline.events.denial import denies, in_denial
from timeline.events.draft import Draft
from timeline.model import EventClass, Modality, Tense
from timeline.text.categories import Particle
from timeline.text.clauses import Clause
from timeline.text.entries import HEADS, NOUN, STARTS
from timeline.text.letters import AND, BY, THE, TO
from timeline.text.words import Words

# Members of enums as globals: on this path an attribute of a class costs ten times as much.
_STATE, _REPORTING = EventClass.STATE, EventClass.REPORTING
_ACTUAL, _HYPOTHETICAL, _PLANNED, _DENIED = Modality.ACTUAL, Modality.HYPOTHETICAL, Modality.PLANNED, Modality.DENIED
_NO_TENSE, _FUTURE = Tense.NONE, Tense.FUTURE
# Kinds of verbs whose noun names what is willed, those of them that make it a plan, and that take it with ل.
_WILLED = frozenset(("decision", "promise", "demand", "agreement", "intention", "proposal", "threat", "approval"))
_MEANT = frozenset(("decision", "promise", "agreement", "intention", "approval"))
_PLANNING = frozenset(("intention",))
# Kinds of verbs that only think of it.
_THOUGHT = frozenset(("demand", "proposal", "warning", "threat", "hope"))
# Kinds of harm, and of what it comes from.
_HARM = frozenset(("death", "injury", "accident"))
_HARMING = frozenset((
    "attack", "explosion", "fighting", "investigation", "accident", "destruction", "fire", "quake", "weather", "death", "crime",
))  # fmt: skip  # fmt: skip
_FAR = 20  # words from a verb to the noun in which it happened  # words from a verb to the noun in which it happened
_NEAR = 4  # words from a verb to the noun that it brings about  # words from a verb to the noun that it brings about
APART = 2  # the side of a noun of which nothing says where it lies


def noun_event(words: Words, clause: Clause, index: int, i: int, side: int | None) -> Draft:
    """Make an event of a noun; `side` tells where it lies to its clause's own event, None where nothing says so."""
    noun = words.entries[i].noun
    if noun is None:
        message = f"word {i} is no event noun"
        raise ValueError(message)
    modality, tense = _ACTUAL, _NO_TENSE
    if 0 <= clause.light < i and _first_noun(words, clause, i):
        modality, tense = clause.modality, clause.tense
    elif _foreseen(words, clause, i):
        modality, tense = _PLANNED, _FUTURE
    elif clause.form is not None and 0 <= clause.verb < i and clause.form.lemma.kind in _THOUGHT:
        modality = _HYPOTHETICAL
    elif clause.form is not None and clause.form.lemma.kind in _MEANT and clause.verb < i and _content(words, clause.verb, i):
        modality = _PLANNED
    elif denies(clause) and clause.verb < i and in_denial(words, clause, i):
        modality = _DENIED
    elif 0 <= clause.verb < i and "resulting" in words.entries[clause.verb].categories:
        modality = clause.modality
    elif words.entries[i].clitics.endswith(TO) and noun.possessed:
        modality = _PLANNED
    elif words.entries[i].clitics.endswith(TO):
        modality = _HYPOTHETICAL if noun.lemma.class_ is not _STATE else modality
    draft = Draft(i, noun.lemma, clause, index, tense, modality, noun=True)
    draft.side = side
    draft.after_since = i > 0 and "since" in words.entries[i - 1].categories
    return draft


def admit(words: Words, clause: Clause, i: int, headline: int) -> int | None:
    """Return on which side of its clause's event an admitted noun lies, 2 where nothing says so; None where it is not admitted."""
    entries = words.entries
    noun = entries[i].noun
    if noun is None or noun.lemma.dated:
        return None
    clitics = entries[i].clitics
    if 0 <= clause.light < i and _first_noun(words, clause, i):
        return 0
    if _foreseen(words, clause, i):
        return APART
    before = entries[i - 1].categories if i and not clitics.strip(AND) else {}
    side = before.get("anchor")
    if isinstance(side, int):
        edge = "edge" in entries[i].categories and i < clause.last and entries[i + 1].role & STARTS
        return None if edge else side  # قبل نهاية يونيو says when, and tells of no end
    saying = noun.lemma.class_ is _REPORTING
    verb = clause.verb
    if 0 <= verb < i <= verb + _FAR and not saying:
        if "managing" in entries[verb].categories and ("of" in before or "in" in before):
            return 0
        if clause.form is not None and clause.form.lemma.kind in _HARM and noun.lemma.kind in _HARMING and "in" in before:
            return 0  # قتل خمسة في انفجار
        if clause.form is not None and clause.form.lemma.kind in _WILLED and _content(words, verb, i):
            return APART
    if 0 <= verb < i <= verb + _NEAR and not saying and "bringing" in entries[verb].categories:
        return 0
    if (noun.possessed and not saying) or (i <= headline and not clitics.endswith(TO)):
        return APART
    return None


def _content(words: Words, verb: int, i: int) -> bool:
    """Tell whether an indefinite noun is the first after a verb of will, and so what is willed.

    قرر المجلس إقالة المدرب, تعهد المدير، في بيان، بإعادة الطريق; after one of planning with ل, too: تخطط الشركة لفتح مصنع.
    """
    entries = words.entries
    noun, clitics = entries[i].noun, entries[i].clitics
    if noun is None or noun.definite:
        return False
    if clitics == TO:
        form = entries[verb].verb
        if form is None or form.lemma.kind not in _PLANNING:
            return False
    elif clitics not in {"", BY}:
        return False
    for k in range(verb + 1, i):
        if entries[k].role & NOUN and not (clitics == BY and "preposition" in entries[k - 1].categories):
            return False
        if clitics != BY and "comma" in entries[k].categories:
            return False
    return True


def _foreseen(words: Words, clause: Clause, i: int) -> bool:
    """Tell whether a noun is what a clause without a verb says is planned or expected: من المتوقع ارتفاع الحرارة."""
    if clause.verb >= 0 or clause.light >= 0 or clause.tense is not _FUTURE or i == 0:
        return False
    before = words.entries[i - 1]
    return before.particle in _PROSPECTS and not words.entries[i].clitics


_PROSPECTS = (Particle.PLANNED, Particle.EXPECTED)


def _first_noun(words: Words, clause: Clause, i: int) -> bool:
    """Tell whether a noun is the one that تم or جرى carries: the first after it, or one joined to it by و."""
    entries = words.entries
    if entries[i].clitics == AND:
        return True
    return not any(entries[k].role & NOUN for k in range(clause.light, i)) and i - clause.light <= 3


def part_of_name(words: Words, k: int) -> bool:
    """Tell whether a definite noun is the second term of the word before it, and so no event: وزير الدفاع, مجلس الحرب."""
    noun = words.entries[k].noun
    if k == 0 or noun is None or not noun.definite or noun.possessed or words.entries[k].clitics:
        return False
    before = words.entries[k - 1]
    return not before.role & ~HEADS and not before.folded.startswith(THE) and "preposition" not in before.categories
