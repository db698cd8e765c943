"""Which words name events: finite verbs, and the nouns of happening that events/nouns.py admits.

A light verb and its noun are one event, of the noun's kind; what تم carries is one too.
"""

from __future__ import annotations

from operator import attrgetter

from timeline.events.denial import call_off, modality_of
from timeline.events.draft import Draft
from timeline.events.idioms import take_idiom
from timeline.events.nouns import APART, admit, noun_event, part_of_name
from timeline.model import EventClass, Modality, Tense
from timeline.text.clauses import Clause, Clauses, Opening
from timeline.text.entries import HEADS, PARTICLE, QUOTE, SEQUEL, STOP, VERB
from timeline.text.letters import BY
from timeline.text.vocabulary import Lemma
from timeline.text.words import Words

# Members of enums as globals: on this path an attribute of a class costs ten times as much.
_RELATIVE, _BY_VERB = Opening.RELATIVE, Opening.VERB
_ACTUAL = Modality.ACTUAL
_PRESENT, _PAST = Tense.PRESENT, Tense.PAST
UNNAMED = Lemma("تم", "carrying-out", EventClass.OCCURRENCE)  # what تم carries, where the lexicon does not have the noun


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
        verb, last, skip = clause.verb, clause.last, -1
        main: Draft | None = None
        if clause.form is not None:
            main = _verb_event(words, index, items, latest)
            skip = main.object
            drafts.append(main)
            latest = main
            meant = meant or clause.before_past
        while nouns[at] <= last:
            i = nouns[at]
            at += 1
            if i in (verb, skip):
                continue
            side = admit(words, clause, i, headline)
            if side is not None:
                draft = noun_event(words, clause, index, i, None if side == APART else side)
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


def _verb_event(words: Words, index: int, items: list[Clause], latest: Draft | None) -> Draft:
    """Make an event of the verb of a clause; `latest` is that of the clause before it that has one."""
    clause, entries = items[index], words.entries
    form, verb = clause.form, clause.verb
    if form is None:
        message = f"clause {index} has no verb"
        raise ValueError(message)
    draft = Draft(verb, form.lemma, clause, index, clause.tense, modality_of(words, clause, index, items), noun=False)
    opening = entries[clause.first].categories
    draft.after_since = "since" in opening
    side = opening.get("opener")
    if isinstance(side, int):
        draft.opener = side
        if clause.tense is _PRESENT and latest is not None and _went_on(latest, draft):
            draft.tense = _PAST  # غادر قبل أن يبدأ الاجتماع
    draft.habit = form.tense is _PRESENT and draft.tense is _PAST and draft.opener is None and draft.modality is _ACTUAL
    if clause.opening is _RELATIVE:
        draft.aside = True
        draft.attributes = "according" in opening or (clause.first > 0 and "according" in entries[clause.first - 1].categories)
    elif clause.opening is _BY_VERB:
        draft.aside = _describes(words, index, items)
    else:
        draft.aside = _after_noun(words, clause)
    if form.lemma.light:
        draft.object = _object(words, clause, verb)
        carried = entries[draft.object].noun if draft.object >= 0 else None
        draft.kind = draft.kind if carried is None else carried.lemma.kind
    if form.lemma.idioms:
        draft.object = take_idiom(draft, words, clause, draft.object)
    return draft


def _went_on(before: Draft, draft: Draft) -> bool:
    """Tell whether the clause just before a clause with "before" or "after" tells what happened."""
    return before.tense is _PAST and before.modality is _ACTUAL and before.clause_index == draft.clause_index - 1


def _after_noun(words: Words, clause: Clause) -> bool:
    """Tell whether a perfect describes the indefinite noun under a preposition just before it: إن المعبر مغلق في بيان صدر أمس."""
    entries, verb = words.entries, clause.verb
    if verb - clause.first < _PHRASE or clause.tense is not _PAST or entries[verb].clitics:
        return False
    noun = entries[verb - 1].noun
    return noun is not None and not noun.definite and "in" in entries[verb - 2].categories


_PHRASE = 2  # words of a preposition and its noun


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


_LEADS = frozenset(("aside", "comma", "upto", "link_to", "since"))


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
            and not noun.lemma.dated
            and not part_of_name(words, k)
            and entries[k].clitics in {"", BY}
            and (counted or not entries[k - 1].role & HEADS)
        ):
            return k
    return -1


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
