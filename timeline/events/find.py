"""Which words name events: finite verbs, and nouns of happening that the context admits.

A noun is admitted when it is dated, possessed by a pronoun, stands under a preposition of time, is brought about by a verb, or
stands in the headline; presence alone is right in one case of three. A light verb and its noun are one event.
"""

from __future__ import annotations

from itertools import chain, pairwise
from operator import attrgetter

from timeline.events.draft import Draft
from timeline.model import EventClass, Modality, Tense
from timeline.text.clauses import Clause, Clauses, Opening
from timeline.text.letters import AND, BY, THE, TO, fold
from timeline.text.vocabulary import Lemma
from timeline.text.words import HEADS, NOUN, STARTS, Entry, Words

# Members of enums as globals: on this path an attribute of a class costs ten times as much.
_RELATIVE = Opening.RELATIVE
_OCCURRENCE, _STATE, _REPORTING = EventClass.OCCURRENCE, EventClass.STATE, EventClass.REPORTING
_ACTUAL, _HYPOTHETICAL, _PLANNED, _DENIED, _POSSIBLE = (
    Modality.ACTUAL,
    Modality.HYPOTHETICAL,
    Modality.PLANNED,
    Modality.DENIED,
    Modality.POSSIBLE,
)
_NEGATED = Modality.NEGATED
_NO_TENSE, _PAST = Tense.NONE, Tense.PAST
_THAT, _SUBORDINATE, _BY_VERB = Opening.THAT, Opening.SUBORDINATE, Opening.VERB
_THOUGHT = frozenset(("demand", "proposal", "warning", "threat", "hope"))
UNNAMED = Lemma("تم", "carrying-out", _OCCURRENCE)  # what تم carries, where the lexicon does not have the noun


def find(words: Words, clauses: Clauses) -> list[Draft]:
    """Return the events of a text in text order; nouns that only a date would admit are left to `attach`."""
    drafts: list[Draft] = []
    items, entries = clauses.items, words.entries
    headline = _headline_end(words)
    nouns = [i for i in words.marks if entries[i].role & NOUN]
    nouns.append(len(entries))  # a sentinel after all clauses
    at = 0
    for index, clause in enumerate(items):
        verb, last = clause.verb, clause.last
        skip = -1
        main: Draft | None = None
        if clause.form is not None:
            draft = Draft(verb, clause.form.lemma, clause, index, clause.tense, _modality(clause, index, items), noun=False)
            opening = entries[clause.first].categories
            draft.after_since = "since" in opening
            side = opening.get("opener")
            draft.opener = side if isinstance(side, int) else None
            draft.attributes = (
                clause.opening is _RELATIVE and clause.first > 0 and "according" in entries[clause.first - 1].categories
            )
            if clause.form.lemma.light:
                skip = draft.object = _object(words, clause, verb)
                carried = entries[skip].noun if skip >= 0 else None
                draft.kind = draft.kind if carried is None else carried.lemma.kind
            if clause.form.lemma.idioms:
                skip = _take_idiom(draft, words, clause, skip)
            drafts.append(draft)
            main = draft
        while nouns[at] <= last:
            i = nouns[at]
            at += 1
            if i in (verb, skip):
                continue
            side = admit(words, clause, i, headline)
            if side is not None:
                draft = noun_event(words, clause, index, i, side)
                draft.main = main
                drafts.append(draft)
                if main is None and clause.light >= 0:
                    main = draft
        if clause.light >= 0 and main is None:
            unnamed = _carried(words, clause)
            if unnamed is not None:
                drafts.append(Draft(unnamed, UNNAMED, clause, index, clause.tense, clause.modality, noun=True))
    drafts.sort(key=_WORD)
    _call_off(drafts)
    return drafts


def _call_off(drafts: list[Draft]) -> None:
    """Deny a plan of the past that the next verb calls off: كان من المقرر أن يزور ... لكنه ألغى الزيارة."""
    verbs = [draft for draft in drafts if not draft.noun or draft.clause.light >= 0]
    for plan, then in pairwise(verbs):
        clause, after = plan.clause, then.clause
        if (
            clause.before_past
            and plan.modality in _MEANT
            and after.sentence == clause.sentence
            and after.opening is _SUBORDINATE
        ):
            negated = then.modality is _NEGATED or then.kind in _OFF
            if negated and then.tense is _PAST:
                plan.modality, plan.tense = _NEGATED, _PAST


_MEANT = (Modality.PLANNED, Modality.EXPECTED)
_OFF = frozenset(("cancellation", "postponement", "prevention", "obstruction"))


def noun_event(words: Words, clause: Clause, index: int, i: int, side: int | None) -> Draft:
    """Make an event of a noun; `side` tells where it lies to its clause's own event, None where nothing says so."""
    noun = words.entries[i].noun
    if noun is None:
        message = f"word {i} is no event noun"
        raise ValueError(message)
    modality, tense = _ACTUAL, _NO_TENSE
    if clause.light >= 0:
        modality, tense = clause.modality, clause.tense
    elif clause.form is not None and 0 <= clause.verb < i and clause.form.lemma.kind in _THOUGHT:
        modality = _HYPOTHETICAL
    elif _denies(clause) and clause.verb < i and _in_denial(words, clause, i):
        modality = _DENIED
    elif words.entries[i].clitics.endswith(TO) and noun.possessed:
        modality = _PLANNED
    elif words.entries[i].clitics.endswith(TO):
        modality = _HYPOTHETICAL if noun.lemma.class_ is not _STATE else modality
    draft = Draft(i, noun.lemma, clause, index, tense, modality, noun=True)
    draft.side = side
    draft.after_since = i > 0 and "since" in words.entries[i - 1].categories
    return draft


def admit(words: Words, clause: Clause, i: int, headline: int) -> int | None:
    """Return on which side of its clause's event an admitted noun lies (0 for neither), None where it is not admitted."""
    entries = words.entries
    noun = entries[i].noun
    if noun is None:
        return None
    clitics = entries[i].clitics
    if 0 <= clause.light < i and _first_noun(words, clause, i):
        return 0
    before = entries[i - 1].categories if i and not clitics.strip(AND) else {}
    side = before.get("anchor")
    if isinstance(side, int):
        edge = "edge" in entries[i].categories and i < clause.last and entries[i + 1].role & STARTS
        return None if edge else side  # قبل نهاية يونيو says when, and tells of no end
    saying = noun.lemma.class_ is _REPORTING
    if noun.possessed and not saying:
        return 0
    if i <= headline and not clitics.endswith(TO):
        return 0
    if clause.verb >= 0 and "bringing" in entries[clause.verb].categories and clause.verb < i <= clause.verb + 4 and not saying:
        return 0
    return None


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
    """Return the event noun that a light verb carries: in its clause, at most five words on, under no preposition but ب; -1 for none."""
    entries = words.entries
    for k in range(verb + 1, min(verb + 6, clause.last + 1)):
        noun = entries[k].noun
        if noun is not None and entries[k].clitics in ("", BY) and not entries[k - 1].role & HEADS:
            return k
    return -1


def _take_idiom(draft: Draft, words: Words, clause: Clause, skip: int) -> int:
    """Give a verb the kind that it has with the word after it (أخلى سبيله); return the noun that is one event with it."""
    idioms = dict(draft.lemma.idioms)
    entries = words.entries
    after = range(draft.word + 1, min(draft.word + 6, clause.last + 1))
    subject = range(clause.first, min(clause.first + 3, draft.word))  # إن زلزالا ضرب
    for k in chain(after, subject):
        if entries[k].clitics:
            continue
        headed = k and entries[k - 1].role & HEADS and k - 1 != draft.word
        before = entries[k - 1].folded + " " if headed else ""
        kind = next((idioms[before + stem] for stem in _stems(entries[k]) if before + stem in idioms), None)
        if kind is None:
            continue
        draft.kind = kind
        if entries[k].noun is None or k < draft.word:
            return skip
        draft.object = k
        return k
    return skip


def _stems(entry: Entry) -> tuple[str, ...]:
    """Return the forms under which a word may stand in an idiom: without article, ending or pronoun; a noun's dictionary form."""
    bare = entry.folded.removeprefix(THE)
    lemma = () if entry.noun is None else (fold(entry.noun.lemma.form.split()[0]),)
    return (bare, bare.rstrip(_ACCUSATIVE), *(bare.removesuffix(pronoun) for pronoun in _PRONOUNS), *lemma)


_ACCUSATIVE = "ا"
_PRONOUNS = ("ه", "ها", "هم", "هما", "هن")
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


def _modality(clause: Clause, index: int, items: list[Clause]) -> Modality:
    """Return the modality of a clause's verb, with what the verb that governs the clause adds."""
    content = _resumed(index, items) if clause.opening is _BY_VERB else index
    if items[content].opening is _THAT and clause.modality in _UNSURE:
        governor = _governor(content, items)
        if governor is not None and _denies(governor):
            return _DENIED
    return clause.modality


_UNSURE = (_ACTUAL, _HYPOTHETICAL, _POSSIBLE)


def _resumed(index: int, items: list[Clause]) -> int:
    """Return the clause without a verb that a clause goes on with after a relative clause, the clause itself where there is none."""
    if index > 1 and items[index - 1].opening is _RELATIVE and items[index - 1].sentence == items[index].sentence:
        before = items[index - 2]
        return index - 2 if before.verb < 0 and before.light < 0 else index
    return index


def _governor(index: int, items: list[Clause]) -> Clause | None:
    """Return the clause whose verb governs a clause of content: the one before it, relative clauses passed over."""
    sentence = items[index].sentence
    for k in range(index - 1, -1, -1):
        if items[k].sentence != sentence:
            break
        if items[k].opening is not _RELATIVE:
            return items[k]
    return None


def _in_denial(words: Words, clause: Clause, i: int) -> bool:
    """Tell whether a noun is what its clause denies: an object, not under a preposition unless a denied report leads to it."""
    entries = words.entries
    direct, told = True, False
    for k in range(clause.verb + 1, i + 1):
        entry = entries[k]
        truth = entry.categories.get("truth")
        if isinstance(truth, int) and not entry.clitics:
            direct, told = True, told or truth > 0
        elif (("preposition" in entry.categories and k < i) or entry.clitics.endswith((TO, BY))) and not told:
            direct = False
    return direct and not (isinstance(entries[i - 1].categories.get("anchor"), int) and not entries[i].clitics)


def _denies(clause: Clause) -> bool:
    """Tell whether a clause says that something is not so: نفى, not لم ينف."""
    return clause.form is not None and clause.form.lemma.kind == "denial" and clause.modality is _ACTUAL
