"""Links times to events: finds the event of each time, dates it, and lets spans and the governing verb have their share."""

from __future__ import annotations

import datetime as dt

from timeline.events.dating import date, run_on
from timeline.events.draft import Draft
from timeline.events.nouns import noun_event
from timeline.events.target import Place, names_one, target
from timeline.model import Basis, Grain, Modality, Tense, TimeExpression, TimeType
from timeline.text.clauses import Clauses
from timeline.text.entries import NOUN
from timeline.text.letters import AND
from timeline.text.words import Words


def attach(
    drafts: list[Draft],
    times: tuple[TimeExpression, ...],
    places: list[Place],
    words: Words,
    clauses: Clauses,
    today: dt.date | None,
) -> list[Draft]:
    """Link times to events and date these; returns the events with those nouns added that only their date admits."""
    inside = {word for first, last in places for word in range(first, last + 1)}
    by_word = {draft.word: draft for draft in drafts if draft.word not in inside}
    for event in by_word.values():
        if event.main is not None and event.main.word in inside:
            event.main = None
    # the event that the time just before dated, from which a span may run
    begun: tuple[Draft, TimeExpression, Place] | None = None
    for number, (time, (first, last)) in enumerate(zip(times, places, strict=True)):
        if time.type is TimeType.SET:
            continue
        if begun is not None and _spans(begun[2], first, words) and run_on(begun[0], begun[1], number, time, today):
            continue
        begun = None
        word = target(by_word, inside, time, (first, last), words, clauses, today)
        if word is None or (word not in by_word and words.entries[word].noun is None):
            continue
        draft = by_word.get(word)
        if draft is None:
            index = clauses.at(word)
            draft = by_word[word] = noun_event(words, clauses.items[index], index, word, None)
            draft.main = by_word.get(draft.clause.verb)
        date(draft, number, time, first, words, today)
        if draft.why == time.explanation and draft.kind != _MOVED:
            begun = draft, time, (first, last)
        governor = _governor(draft, by_word, words, clauses, today)
        if governor is not None and not governor.times:
            date(governor, number, time, first, words, today)
            governor.confidence = 0.75 if draft.side is not None else 0.65
    return sorted(by_word.values(), key=lambda draft: draft.word)


def _spans(before: Place, first: int, words: Words) -> bool:
    """Tell whether two times are the ends of a span: من 14 إلى 18 أبريل, بين عامي 2015 و2018."""
    entries, (begin, end) = words.entries, before
    opener = entries[begin - 1].categories if begin else {}
    if "between" in opener:
        return (first == end + 1 and entries[first].clitics == AND) or (
            first == end + 2 and "and" in entries[end + 1].categories
        )
    return first == end + 2 and "link_to" in entries[end + 1].categories and not opener.keys().isdisjoint(_FROM)


_FROM = ("of", "onward")
_MOVED = "postponement"  # it names the old and the new day, no span: أجلت المباراة من الأحد إلى الثلاثاء


def _shares(draft: Draft, words: Words, today: dt.date | None) -> bool:
    """Tell whether a noun's verb happened then, too.

    So it is of what the verb happened in (أصيب خمسة في غارة أمس، شارك في هجوم الجماعة في 7 مايو), and of what is of today.
    """
    if draft.word == 0 or words.entries[draft.word].clitics:
        return False
    if draft.lemma.dated:
        return _in_what(draft.word, words)
    if draft.grain is Grain.DAY and draft.start is not None and today is not None and draft.start.date() == today:
        return draft.basis is Basis.RELATIVE_TO_PUBLICATION
    near = draft.basis is Basis.RELATIVE_TO_PUBLICATION and draft.grain is Grain.DAY
    return "in" in words.entries[draft.word - 1].categories and (near or names_one(draft.word, words))


def _in_what(participle: int, words: Words) -> bool:
    """Tell whether a participle says more of that in which something happened: استمعت في جلستها المنعقدة أمس."""
    entries = words.entries
    for k in range(participle - 1, max(participle - _PHRASE, 0), -1):
        if entries[k].role & NOUN and not entries[k].clitics:
            return not _WITHIN.isdisjoint(entries[k - 1].categories)
    return False


_PHRASE = 4  # words from a participle back to its noun
_WITHIN = frozenset(("in", "within"))


def _governor(draft: Draft, by_word: dict[int, Draft], words: Words, clauses: Clauses, today: dt.date | None) -> Draft | None:
    """Return the verb of the clause in which a dated noun stands under a preposition of time."""
    if not draft.noun or (draft.side is None and not _shares(draft, words, today)):
        return None
    verb = draft.clause.verb
    found = by_word.get(verb)
    if (
        found is None
        or found is draft
        or found.modality is not Modality.ACTUAL
        or found.tense is Tense.FUTURE
        or found.word > draft.word
        or (found.tense is Tense.PRESENT) is not (draft.modality is Modality.PLANNED)
        or draft.clause.light >= 0
    ):
        return None
    return found if clauses.at(verb) == draft.clause_index else None
