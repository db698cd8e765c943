"""Anchors: lengths of time that count from an event (بعد أسبوع من إقالة المدرب), which is known only when the events are."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from typing import NamedTuple

from timeline.dates.calendars import DAY, add, floor
from timeline.dates.context import Context
from timeline.dates.express import interval
from timeline.dates.expressions import Lasting
from timeline.dates.grammar import Mention
from timeline.events.draft import Draft
from timeline.events.repeats import skeleton
from timeline.model import Basis, Grain, Modality, Tense, TimeExpression
from timeline.reasons import Amount, Because, Reason
from timeline.text.clauses import Clauses, Opening
from timeline.text.vocabulary import Lemma
from timeline.text.words import Words
from timeline.wording import Wording


class _Count(NamedTuple):
    """So many units before (a negative n) or after an event."""

    n: int
    unit: Grain


def anchor(
    drafts: list[Draft],
    times: tuple[TimeExpression, ...],
    mentions: list[Mention],
    words: Words,
    clauses: Clauses,
    wording: Wording,
    context: Context,
) -> tuple[TimeExpression, ...]:
    """Return the times, those that count from an event with its id and, where it is dated, the day that they reach.

    The event of the clause takes that day where it has none; where only that one is dated, the other lies so far from it.
    """
    if not any(
        _may_count(mention, words) or time.basis is Basis.RELATIVE_TO_EVENT
        for mention, time in zip(mentions, times, strict=True)
    ):
        return times
    today = None if context.at is None else context.at.date()
    ids = {draft.word: f"e{number}" for number, draft in enumerate(drafts, 1)}
    by_word = {draft.word: draft for draft in drafts}
    by_time: dict[int, Draft] = {}
    for draft in drafts:
        for number in draft.times:
            by_time.setdefault(number, draft)
    told = list(times)
    for k, (mention, time) in enumerate(zip(mentions, times, strict=True)):
        if time.basis is Basis.RELATIVE_TO_EVENT:
            dated = by_time.get(k)
            told[k] = time if dated is None else time._replace(anchor_id=ids[dated.word])
            continue
        count = _count(mention, words)
        source = None if count is None else by_word.get(mention.last + 2)
        if count is None or source is None:
            continue
        source = _told_before(source, drafts, words) or source
        reason = _reason(count, source, words)
        main = _main(by_word, mention.first, source, clauses)
        if main is not None and main.modality is Modality.ACTUAL and main.tense is Tense.PAST:
            _carry(source, main, count, words, today)
            if k not in main.times and not main.own:
                main.times = (*main.times, k)  # it has a time, so it takes none from the story
        reached = _reached(source, count)
        told[k] = time._replace(
            basis=Basis.RELATIVE_TO_EVENT,
            anchor_id=ids[source.word],
            explanation=f"{time.text}: {wording.tell(reason)}",
            interval=None if reached is None else interval(*reached, context.zone),
        )
    return tuple(told)


def _told_before(source: Draft, drafts: list[Draft], words: Words) -> Draft | None:
    """Return the dated event of its family that a definite noun points back to: انفجرت قنبلة في 1 مارس ... بعد يومين من الانفجار."""
    noun = words.entries[source.word].noun
    if source.own or noun is None or not noun.definite:
        return None
    family = skeleton(source.lemma.form)
    at = bisect_left(drafts, source.word, key=lambda draft: draft.word)
    told = [
        draft
        for draft in drafts[max(at - _LATEST, 0) : at]
        if draft.kind == source.kind and draft.own and skeleton(_named(draft, words).form) == family
    ]
    return told[-1] if told else None


def _named(draft: Draft, words: Words) -> Lemma:
    """Return the word that names an event: the noun that a light verb carries, else its own."""
    carried = words.entries[draft.object].noun if draft.object >= 0 else None
    return draft.lemma if carried is None else carried.lemma


_LATEST = 200  # events of a text that a noun can point back to


def _may_count(mention: Mention, words: Words) -> bool:
    """Tell whether a length of time stands between قبل or بعد and من."""
    entries = words.entries
    if not isinstance(mention.expression, Lasting) or mention.first == 0 or mention.last + 2 >= len(entries):
        return False
    before, after = entries[mention.first - 1].categories, entries[mention.last + 1]
    return "of" in after.categories and not after.clitics and ("ago" in before or "ahead" in before)


def _count(mention: Mention, words: Words) -> _Count | None:
    e = mention.expression
    if not isinstance(e, Lasting) or not _may_count(mention, words) or len(e.amounts) > 1:
        return None
    n, unit = e.amounts[0]
    if n is None or n != int(n) or unit < Grain.DAY:
        return None
    return _Count(-int(n) if "ago" in words.entries[mention.first - 1].categories else int(n), unit)


def _main(by_word: dict[int, Draft], first: int, source: Draft, clauses: Clauses) -> Draft | None:
    """Return the event that the count dates: the verb of its clause, or the one that the count leads in."""
    at = clauses.at(first)
    for clause in clauses.items[at : at + 2]:
        found = by_word.get(clause.verb)
        if found is not None and found is not source:
            return found if clause.opening is not Opening.RELATIVE or clause is clauses.items[at] else None
    return None


def _reason(count: _Count, source: Draft, words: Words) -> Reason:
    because = Because.BEFORE_EVENT if count.n < 0 else Because.AFTER_EVENT
    name = words.text[words.starts[source.word] : words.ends[source.word]]
    return Reason(because, (Amount(abs(count.n), count.unit), name))


def _carry(source: Draft, main: Draft, count: _Count, words: Words, today: dt.date | None) -> None:
    """Date the one of the two events that has no date of its own by the other one; what is past is not dated into the future."""
    if source.own and not main.own:
        reached = _reached(source, count)
        if reached is not None and (today is None or reached[0].date() <= today):
            _date(main, reached, count.unit, source, _reason(count, source, words))
    elif main.own and not source.own and source.modality is Modality.ACTUAL:
        back = _Count(-count.n, count.unit)
        reached = _reached(main, back)
        if reached is not None:
            _date(source, reached, count.unit, main, _reason(back, main, words))


def _date(draft: Draft, bounds: tuple[dt.datetime, dt.datetime], unit: Grain, source: Draft, reason: Reason) -> None:
    draft.start, draft.end = bounds
    draft.grain = Grain.DAY if unit < Grain.MONTH else unit
    draft.relation = None
    draft.basis, draft.confidence = Basis.RELATIVE_TO_EVENT, round(0.85 * source.confidence, 3)
    draft.why = Reason(Because.EVENT_DATED, (reason, source.why))


def _reached(source: Draft, count: _Count) -> tuple[dt.datetime, dt.datetime] | None:
    """Return the day, or the month or year, so far from a dated event; None where that is not known to the day."""
    if source.start is None or source.end is None or source.end - source.start > DAY or not source.own:
        return None
    there = add(source.start.date(), count.n, count.unit)
    if there is None:
        return None
    grain = Grain.DAY if count.unit < Grain.MONTH else count.unit
    first = floor(there, grain, 0)
    after = add(first, 1, grain)
    return None if after is None else (dt.datetime.combine(first, dt.time()), dt.datetime.combine(after, dt.time()))
