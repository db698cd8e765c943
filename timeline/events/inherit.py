"""What an event without a time of its own takes from others; its basis says INFERRED and its confidence drops."""

from __future__ import annotations

import datetime as dt
from itertools import accumulate

from timeline.events.draft import Draft, tomorrow
from timeline.events.family import related
from timeline.model import Basis, EventClass, Grain, Modality, Relation, Tense
from timeline.text.clauses import Clause, Clauses, Opening
from timeline.text.words import Words

_MAIN = (Opening.SENTENCE, Opening.VERB, Opening.SUBORDINATE)


def inherit(drafts: list[Draft], words: Words, clauses: Clauses, today: dt.date | None) -> None:
    """Find the statement that reports each event, join repeated mentions, and hand times on."""
    _sources(drafts, clauses)
    _repeats(drafts)
    _since(drafts)
    _scenes(drafts, _Names(words), today)
    _same_time(drafts)
    _sayings(drafts, today)


def _sources(drafts: list[Draft], clauses: Clauses) -> None:
    """Link what is said to the saying: the content of أن and of a quotation to the reporting verb before it."""
    saying: Draft | None = None
    contents = list(accumulate(clause.opening in _CONTENT for clause in clauses.items))  # clauses of content up to each
    for draft in drafts:
        clause = draft.clause
        opening = clause.opening
        content = clause.quoted or opening in _CONTENT
        if saying is not None:
            same = saying.clause.sentence == clause.sentence
            if content:
                if same or clause.quoted:
                    draft.source = saying
            elif same and opening in _WITHIN and contents[draft.clause_index] > contents[saying.clause_index]:
                draft.source = saying
        if draft.type is EventClass.REPORTING and not draft.noun and (not content or draft.source is None):
            saying = draft


_CONTENT = (Opening.THAT, Opening.QUOTE)
_WITHIN = (Opening.RELATIVE, Opening.VERB)


def _repeats(drafts: list[Draft]) -> None:
    """Join mentions of one event: the headline's and the body's, and a possessed noun and the one before it."""
    body = next((k for k, draft in enumerate(drafts) if draft.clause.paragraph), len(drafts))
    if body > _HEADLINE:
        return
    for draft in drafts[:body]:
        twin = next((other for other in drafts[body:] if other.own and _alike(draft, other)), None)
        if twin is not None:
            twin.same_as = draft
            if not draft.own:
                _take(draft, twin, "the same event in the body", 0.8)


_HEADLINE = 4  # more events than this in the first paragraph are a lead, not a headline


def _alike(a: Draft, b: Draft) -> bool:
    return related(a.lemma, b.lemma) and _compatible(a, b)


def _compatible(a: Draft, b: Draft) -> bool:
    return a.modality is b.modality or a.tense in (Tense.PRESENT, Tense.NONE)


def _take(draft: Draft, source: Draft, why: str, sure: float) -> None:
    draft.start, draft.end, draft.grain, draft.relation = source.start, source.end, source.grain, source.relation
    draft.times = draft.times or list(source.times)
    draft.basis = Basis.INFERRED
    draft.confidence = round(sure * source.confidence, 3)
    draft.why = f"{why}: {source.why}" if not source.why.startswith(why) else source.why


def _scenes(drafts: list[Draft], words: _Names, today: dt.date | None) -> None:
    """Walk through the article: the latest dated event of the main line dates what is told after it; plans date further plans.

    What is only known to lie before or after another event, or before publication, gets that bound alone.
    """
    scene: Draft | None = None
    plan: Draft | None = None
    told: Draft | None = None  # the latest dated event of the past in the same sentence
    now = None if today is None else dt.datetime.combine(today, dt.time())
    for draft in drafts:
        past = draft.tense is Tense.PAST and draft.modality in (Modality.ACTUAL, Modality.NEGATED)
        if told is not None and told.clause.sentence != draft.clause.sentence:
            told = None
        if draft.own:
            if _main_line(draft):
                scene = draft
            elif draft.modality is Modality.PLANNED:
                plan = draft
        elif draft.dated or (draft.noun and draft.tense is Tense.NONE):
            pass
        elif draft.tense is Tense.FUTURE and draft.modality in (Modality.PLANNED, Modality.EXPECTED):
            if plan is not None and draft.clause.paragraph - plan.clause.paragraph <= 1 and plan.modality is draft.modality:
                _take(draft, plan, "the plan told before", 0.7)
            elif now is not None:
                _after_speaking(draft, now)
        elif past:
            _past(draft, words, scene, told, now)
        if past and draft.start is not None and not draft.noun:
            told = draft


def _past(draft: Draft, words: _Names, scene: Draft | None, told: Draft | None, now: dt.datetime | None) -> None:
    """Date or bound an event of the past that has no time of its own."""
    clause = draft.clause
    if draft.source is not None and draft.source.dated and draft.type is EventClass.REPORTING:
        _take(draft, draft.source, "said when it was reported", 0.8)
    elif draft.since is not None:
        draft.start = draft.since.start
        draft.end = None if now is None else tomorrow(now.date())
        _bounded(draft, Relation.SINCE, "since another event, up to publication")
    elif clause.before_past:
        end = scene.start if scene is not None and scene.start is not None else now
        draft.end = end
        _bounded(draft, Relation.BEFORE, "told as past before what is told")
    elif clause.opening is Opening.RELATIVE and draft.type is EventClass.REPORTING and draft.attributes:
        main = told if told is not None else scene
        if main is not None and main.start is not None and now is not None:
            draft.start, draft.end = main.start, tomorrow(now.date())
            _bounded(draft, Relation.AFTER, "reports what is told, before publication")
    elif clause.opening is Opening.RELATIVE and not clause.quoted:
        main = told if told is not None else scene
        if main is not None and main.start is not None:
            draft.end = main.start
            _bounded(draft, Relation.BEFORE, "a relative clause in the past, before what it is told with")
    elif (
        told is not None
        and clause.opening in (Opening.SUBORDINATE, Opening.VERB)
        and not clause.quoted
        and draft.source is told.source
    ):
        _take(draft, told, "told in one sentence with it", 0.75)
    elif scene is not None and not draft.times and _follows(draft, scene, words):
        distance = clause.paragraph - scene.clause.paragraph
        _take(draft, scene, "told after what happened then", max(0.4, 0.8 - 0.05 * distance))


def _since(drafts: list[Draft]) -> None:
    """Tie a verb to the event after منذ in its clause, or in the clause منذ أن after it."""
    by_clause: dict[int, Draft] = {}
    for draft in drafts:
        if not draft.noun:
            by_clause[draft.clause_index] = draft
    for draft in drafts:
        if draft.noun and draft.after_since:
            verb = by_clause.get(draft.clause_index) or by_clause.get(draft.clause_index - 1)
            if verb is not None and verb.clause.opening is Opening.RELATIVE:
                verb = by_clause.get(draft.clause_index - 1)
            if verb is not None and verb.word < draft.word:
                verb.since = draft
        elif not draft.noun and draft.after_since:
            verb = by_clause.get(draft.clause_index - 1)
            if verb is not None:
                verb.since = draft


def _sayings(drafts: list[Draft], today: dt.date | None) -> None:
    """Bound a saying without a date by what it reports: said after that happened, and before publication."""
    end = tomorrow(today)
    if end is None:
        return
    for draft in drafts:
        said = draft.source
        if said is not None and not said.dated and draft.own and draft.modality is Modality.ACTUAL and draft.grain is Grain.DAY:
            if said.tense is Tense.PAST and draft.start is not None and draft.end is not None and draft.end <= end:
                said.start, said.end = draft.start, end
                said.times = list(draft.times)
                _bounded(said, Relation.AFTER, "said after what it reports, before publication")


def _bounded(draft: Draft, relation: Relation, why: str) -> None:
    if draft.dated:
        draft.relation, draft.basis, draft.confidence, draft.grain, draft.why = relation, Basis.INFERRED, 0.5, Grain.DAY, why


def _main_line(draft: Draft) -> bool:
    """Tell whether an event carries the story: in the past, to the day, not background."""
    if draft.modality is not Modality.ACTUAL or draft.grain is not Grain.DAY or draft.start is None or draft.end is None:
        return False
    if draft.noun and draft.tense is Tense.NONE:
        return draft.side is not None
    return (
        draft.tense is Tense.PAST
        and draft.clause.opening is not Opening.RELATIVE
        and not draft.clause.quoted
        and not draft.clause.before_past
    )


def _follows(draft: Draft, scene: Draft, words: _Names) -> bool:
    """Tell whether an event is told in line with the scene: a main clause, not the content of another saying, not background."""
    clause = draft.clause
    if clause.before_past or clause.quoted or clause.opening not in (*_MAIN, Opening.THAT, Opening.QUOTE):
        return False
    if draft.source is not None:
        return draft.source is scene and draft.type is EventClass.REPORTING
    if clause.opening not in _MAIN:
        return False
    return (
        draft.type is EventClass.REPORTING
        or clause.paragraph == scene.clause.paragraph
        or not words.names(clause).isdisjoint(words.names(scene.clause))
    )


class _Names:
    """Who and what clauses are about: their words that the vocabulary does not know, without the article; found once a clause."""

    def __init__(self, words: Words) -> None:
        self.entries = words.entries
        self.found: dict[int, set[str]] = {}

    def names(self, clause: Clause) -> set[str]:
        names = self.found.get(clause.first)
        if names is None:
            entries = self.entries[clause.first : clause.last + 1]
            unknown = [
                entry.folded for entry in entries if not entry.role and not entry.categories and len(entry.folded) > _SHORT
            ]
            names = self.found[clause.first] = {word.removeprefix("ال") for word in unknown}
        return names


_SHORT = 3  # letters of words that name nobody


def _after_speaking(draft: Draft, now: dt.datetime) -> None:
    """Bound a plan without a date: it lies after the moment of speaking."""
    spoken = draft.source if draft.source is not None and draft.source.start is not None else None
    draft.start = now if spoken is None else spoken.start
    draft.relation, draft.basis, draft.confidence = Relation.AFTER, Basis.INFERRED, 0.6
    draft.grain = Grain.DAY
    draft.why = "after the moment of speaking"


def _same_time(drafts: list[Draft]) -> None:
    """Date nouns under a preposition of time from their clause's own event: توقفت في أكتوبر بعد سقوط الطائرة."""
    verbs: dict[int, Draft] = {}
    for draft in drafts:
        if not draft.noun or draft.clause.light >= 0:
            verbs.setdefault(draft.clause_index, draft)
    for draft in drafts:
        if draft.noun and not draft.dated and draft.side is not None:
            verb = verbs.get(draft.clause_index)
            if (
                verb is not None
                and verb is not draft
                and verb.start is not None
                and verb.end is not None
                and verb.modality is Modality.ACTUAL
                and verb.word < draft.word
            ):
                _take(draft, verb, "told with", 0.7)
