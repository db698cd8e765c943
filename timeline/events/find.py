"""Which words name events: finite verbs, and nouns of happening that the context admits.

A noun is admitted when it is dated, possessed by a pronoun, stands under a preposition of time, is brought about by a verb, or
stands in the headline; presence alone is right in one case of three. A light verb and its noun are one event.
"""

from __future__ import annotations

from operator import attrgetter

from timeline.events.denial import call_off, denies, in_denial, modality_of
from timeline.events.draft import Draft
from timeline.events.idioms import take_idiom
from timeline.model import EventClass, Modality, Tense
from timeline.text.categories import Particle
from timeline.text.clauses import Clause, Clauses, Opening
from timeline.text.letters import AND, BY, THE, TO
from timeline.text.vocabulary import Lemma
from timeline.text.words import HEADS, NOUN, PARTICLE, QUOTE, SEQUEL, STARTS, STOP, VERB, Words

# Members of enums as globals: on this path an attribute of a class costs ten times as much.
_RELATIVE, _BY_VERB = Opening.RELATIVE, Opening.VERB
_OCCURRENCE, _STATE, _REPORTING = EventClass.OCCURRENCE, EventClass.STATE, EventClass.REPORTING
_ACTUAL, _HYPOTHETICAL, _PLANNED, _DENIED = Modality.ACTUAL, Modality.HYPOTHETICAL, Modality.PLANNED, Modality.DENIED
_NO_TENSE, _PAST = Tense.NONE, Tense.PAST
_WILLED = frozenset(("decision", "promise", "demand", "agreement", "intention", "proposal", "threat", "approval"))
_MEANT = frozenset(("decision", "promise", "agreement", "intention", "approval"))
_PLANNING = frozenset(("intention",))
_THOUGHT = frozenset(("demand", "proposal", "warning", "threat", "hope"))
UNNAMED = Lemma("تم", "carrying-out", _OCCURRENCE)  # what تم carries, where the lexicon does not have the noun


def find(words: Words, clauses: Clauses) -> list[Draft]:
    """Return the events of a text in text order; nouns that only a date would admit are left to `attach`."""
    drafts: list[Draft] = []
    items, entries = clauses.items, words.entries
    headline = _headline_end(words)
    nouns = [*words.nouns, len(entries)]  # with a sentinel after all clauses
    at = 0
    latest: Draft | None = None  # the event of the latest clause that has one
    meant = False  # a verb tells what was meant in the past
    for index, clause in enumerate(items):
        verb, last = clause.verb, clause.last
        skip = -1
        main: Draft | None = None
        if clause.form is not None:
            draft = Draft(
                verb, clause.form.lemma, clause, index, clause.tense, modality_of(words, clause, index, items), noun=False
            )
            opening = entries[clause.first].categories
            draft.after_since = "since" in opening
            side = opening.get("opener")
            draft.opener = side if isinstance(side, int) else None
            if draft.opener is not None and draft.tense is Tense.PRESENT and latest is not None and _went_on(latest, draft):
                draft.tense = _PAST  # غادر قبل أن يبدأ الاجتماع
            draft.attributes = (
                clause.opening is _RELATIVE
                and clause.first > 0
                and ("according" in entries[clause.first - 1].categories or "according" in entries[clause.first].categories)
            )
            draft.aside = clause.opening is _RELATIVE or (clause.opening is _BY_VERB and _describes(words, index, items))
            if clause.form.lemma.light:
                skip = draft.object = _object(words, clause, verb)
                carried = entries[skip].noun if skip >= 0 else None
                draft.kind = draft.kind if carried is None else carried.lemma.kind
            if clause.form.lemma.idioms:
                skip = take_idiom(draft, words, clause, skip)
            drafts.append(draft)
            main = latest = draft
            meant = meant or clause.before_past
        while nouns[at] <= last:
            i = nouns[at]
            at += 1
            if i in (verb, skip):
                continue
            side = admit(words, clause, i, headline)
            if side is not None:
                draft = noun_event(words, clause, index, i, None if side is _APART else side)
                draft.main = main
                drafts.append(draft)
                if main is None and clause.light >= 0:
                    main = latest = draft
        if clause.light >= 0 and main is None:
            unnamed = _carried(words, clause)
            if unnamed is not None:
                drafts.append(Draft(unnamed, UNNAMED, clause, index, clause.tense, clause.modality, noun=True))
    drafts.sort(key=_WORD)
    for draft in drafts:
        if draft.word > headline:
            break
        draft.headline = True
    if meant:
        call_off(drafts)
    return drafts


def _went_on(before: Draft, draft: Draft) -> bool:
    """Tell whether the clause just before a clause with "before" or "after" tells what happened."""
    return before.tense is _PAST and before.modality is _ACTUAL and before.clause_index == draft.clause_index - 1


def _describes(words: Words, index: int, items: list[Clause]) -> bool:
    """Tell whether a perfect without a conjunction says more of the noun before it: انفجار هز المدينة, and not the predicate."""
    clause, entries = items[index], words.entries
    if clause.verb != clause.first or clause.verb < 1 or clause.tense is not _PAST or entries[clause.verb].clitics:
        return False
    before = entries[clause.verb - 1]
    if before.role & (STOP | QUOTE | PARTICLE | VERB | SEQUEL) or not _LEADS.isdisjoint(before.categories):
        return False
    at = index - 1
    while at > 0 and items[at].opening is _RELATIVE and items[at].sentence == clause.sentence:
        at -= 1
    return items[at].sentence == clause.sentence and (items[at].verb >= 0 or items[at].light >= 0)


_LEADS = frozenset(("comma", "upto", "link_to", "since"))


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
        modality, tense = _PLANNED, Tense.FUTURE
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
    if noun is None:
        return None
    clitics = entries[i].clitics
    if 0 <= clause.light < i and _first_noun(words, clause, i):
        return 0
    if _foreseen(words, clause, i):
        return _APART
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
            return _APART
    if 0 <= verb < i <= verb + _NEAR and not saying:
        if "bringing" in entries[verb].categories:
            return 0
    if (noun.possessed and not saying) or (i <= headline and not clitics.endswith(TO)):
        return _APART
    return None


_APART = 2
_HARM = frozenset(("death", "injury", "accident"))
_HARMING = frozenset((
    "attack", "explosion", "fighting", "investigation", "accident", "destruction", "fire", "quake", "weather", "death", "crime",
))  # fmt: skip
_FAR = 20  # words from a verb to the noun in which it happened
_NEAR = 4  # words from a verb to the noun that it brings about


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
    return not any(
        entries[k].role & NOUN or (clitics != BY and "comma" in entries[k].categories) for k in range(verb + 1, i)
    )


def _foreseen(words: Words, clause: Clause, i: int) -> bool:
    """Tell whether a noun is what a clause without a verb says is planned or expected: من المتوقع ارتفاع الحرارة."""
    if clause.verb >= 0 or clause.light >= 0 or clause.tense is not Tense.FUTURE or i == 0:
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


def _carried(words: Words, clause: Clause) -> int | None:
    """Return the noun after تم or جرى where no event noun of the lexicon follows it at once."""
    entries = words.entries
    k = clause.light
    if k >= clause.last:
        return None
    after = entries[k + 1]
    plain = not after.role and not after.clitics and not after.categories and len(after.folded) > _SHORT
    return k + 1 if plain else None


def _object(words: Words, clause: Clause, verb: int) -> int:
    """Return the event noun that a light verb carries: in its clause, at most ten words on, under no preposition but ب; -1 for none."""
    entries = words.entries
    for k in range(verb + 1, min(verb + 11, clause.last + 1)):
        if "comma" in entries[k].categories and k > verb + 1:
            break
        noun = entries[k].noun
        counted = "an_ordinal" in entries[k - 1].categories or "ordinal" in entries[k - 1].categories  # عقد أول اجتماع
        if (
            noun is not None
            and not part_of_name(words, k)
            and entries[k].clitics in {"", BY}
            and (counted or not entries[k - 1].role & HEADS)
        ):
            return k
    return -1


def part_of_name(words: Words, k: int) -> bool:
    """Tell whether a definite noun is the second term of the word before it, and so no event: وزير الدفاع, مجلس الحرب."""
    noun = words.entries[k].noun
    if k == 0 or noun is None or not noun.definite or noun.possessed or words.entries[k].clitics:
        return False
    before = words.entries[k - 1]
    return not before.role & ~HEADS and not before.folded.startswith(THE) and "preposition" not in before.categories


_WORD = attrgetter("word")
_SHORT = 3  # letters of a word that is no masdar


def _headline_end(words: Words) -> int:
    """Return the last word of the headline: a first line without a full stop, before more text; -1 where there is none."""
    for i, entry in enumerate(words.entries):
        if entry.folded == "\n":
            return i - 1 if i <= 30 and "dot" not in words.entries[i - 1].categories else -1
        if i > 30:
            break
    return -1
