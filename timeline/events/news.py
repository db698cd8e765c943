"""The news: the day that a fresh article tells of, which its main line shares where nothing else dates it.

An article is fresh when an event of its main line is dated to a day of the week up to publication. What stands before the first such
event (the headline, the lead) is that event; what follows is of that day too where the article knows no other fresh day. All else
that the main line tells as past is only known to lie before the end of the day of publication.
"""

from __future__ import annotations

import datetime as dt

from timeline.events.draft import Draft, tomorrow
from timeline.events.scene import Names, main_line
from timeline.model import EventClass, Grain, Modality, Relation, Tense
from timeline.reasons import Because
from timeline.text.clauses import Opening

# Members of enums as globals: on this path an attribute of a class costs ten times as much.
_PAST, _PRESENT, _NO_TENSE = Tense.PAST, Tense.PRESENT, Tense.NONE
_ACTUAL, _NEGATED = Modality.ACTUAL, Modality.NEGATED
_REPORTING, _STATE = EventClass.REPORTING, EventClass.STATE
_THAT, _QUOTATION = Opening.THAT, Opening.QUOTE
_BEFORE, _AFTER = Relation.BEFORE, Relation.AFTER


def tell_news(drafts: list[Draft], words: Names, today: dt.date | None) -> None:
    """Date the main line of a fresh article by the day of the news."""
    end = tomorrow(today)
    if today is None or end is None:
        return
    fresh = [draft for draft in drafts if _fresh(draft, today)]
    days = len({draft.start for draft in fresh})
    told = next((draft for draft in fresh if draft.clause.paragraph <= _FRONT), None)
    said = next((draft for draft in fresh if draft.clause.paragraph <= _FRONT and draft.source is None), None)
    latest: Draft | None = None
    if told is None:
        told = said = next((draft for draft in drafts if _in_lead(draft, today)), None)
    for draft in drafts:
        if draft.own:
            latest = draft
        if draft.dated or draft.stuck or draft.lasting or not _main(draft):
            continue
        first = said if draft.type is _REPORTING else told
        if first is None or not _same_day(draft, first, days, words):
            continue
        if (
            draft.word < first.word
            and first.start is not None
            and today - first.start.date() > (_DAYS if first.clause.paragraph <= 1 else _DAY)
        ):
            continue  # a date of some days ago is not that of the headline
        if latest is not None and latest.clause.paragraph == draft.clause.paragraph and latest.start != first.start:
            continue  # the paragraph has come to another time
        if draft.type is _REPORTING and draft.word > first.word and first.type is not _REPORTING and first.end != end:
            draft.start, draft.end, draft.times = first.start, end, first.times
            draft.bound(_AFTER, Because.SAID_AFTER)
        elif first.type is _REPORTING and draft.type is not _REPORTING and draft.word < first.word:
            draft.end, draft.times = first.end, draft.times or first.times
            draft.bound(_BEFORE, Because.BEFORE_THAT)
        else:
            draft.take(first, Because.NEWS_DAY, 0.65 if draft.word < first.word else 0.55)


def tell_past(drafts: list[Draft], today: dt.date | None) -> None:
    """Bound by publication what the main line tells as past and nothing dates."""
    end = tomorrow(today)
    if end is None:
        return
    fresh = next((draft for draft in drafts if draft.clause.paragraph <= _FRONT and _fresh(draft, end.date() - _DAY)), None)
    for draft in drafts:
        if draft.dated or draft.type is _STATE or draft.modality is not _ACTUAL:
            continue
        if (_main(draft) and draft.tense is not _PRESENT) or _happened(draft):
            draft.end = end
            draft.lean = None if fresh is None or draft.type is _REPORTING else fresh.start
            draft.bound(_BEFORE, Because.TOLD_AS_PAST)


def _happened(draft: Draft) -> bool:
    """Tell whether an event is told as past anywhere, or is what came of one that is: أدت إلى استقالته."""
    main = draft.main
    if draft.noun and draft.tense is _NO_TENSE:
        return draft.side == 0 and main is not None and main.tense is _PAST and main.modality is _ACTUAL
    return draft.tense is _PAST and not draft.stuck


def _fresh(draft: Draft, today: dt.date) -> bool:
    """Tell whether an event of the main line has a date of its own in the week up to publication."""
    if not draft.own or draft.start is None or not main_line(draft, relative=False):
        return False
    return dt.timedelta(0) <= today - draft.start.date() < _WEEK


def _in_lead(draft: Draft, today: dt.date) -> bool:
    """Tell whether the lead tells by the way of a day just past: فاز الفريق في المباراة التي أقيمت أمس."""
    if not draft.own or not draft.firm or draft.clause.paragraph > 1 or draft.modality is not _ACTUAL or draft.clause.quoted:
        return False
    if draft.grain is not Grain.DAY or draft.start is None or draft.end is None:
        return False
    return dt.timedelta(0) <= today - draft.start.date() <= _DAYS


def _main(draft: Draft) -> bool:
    """Tell whether an event is told as news: in the past, in a main clause or the headline, in nobody's words."""
    clause = draft.clause
    if draft.modality is not _ACTUAL and draft.modality is not _NEGATED:
        return False
    if draft.headline:
        return draft.tense is not Tense.FUTURE and draft.side is None
    if draft.tense is not _PAST or draft.aside or clause.quoted or clause.before_past or draft.opener is not None:
        return False
    return draft.source is None and clause.opening is not _THAT and clause.opening is not _QUOTATION


def _same_day(draft: Draft, first: Draft, days: int, words: Names) -> bool:
    if draft.modality is _NEGATED:
        return False
    if draft.word < first.word:
        return True
    if days > 1 or words.elsewhere(draft.clause):
        return False
    near = draft.clause.paragraph - first.clause.paragraph <= _FRONT
    return near or draft.type is _REPORTING or not words.names(draft.clause).isdisjoint(words.names(first.clause))


_WEEK = dt.timedelta(days=7)
_DAY = dt.timedelta(days=1)
_DAYS = dt.timedelta(days=2)
_FRONT = 3  # paragraphs in which a fresh article comes to its day, the headline among them
