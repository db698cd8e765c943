"""From words to mentions: rules, joins, rows, amounts, and what may not stand alone."""

from __future__ import annotations

from typing import NamedTuple

from timeline.dates.amounts import TenseAt, measure
from timeline.dates.beside import beside
from timeline.dates.brackets import share_day
from timeline.dates.coordinate import coordinate
from timeline.dates.ending import end_periods
from timeline.dates.expressions import Edge, Nth
from timeline.dates.foreign import ForeignDates
from timeline.dates.grammar import Mention
from timeline.dates.history import History
from timeline.dates.homographs import Homographs
from timeline.dates.join import join
from timeline.dates.rates import is_rate, per_unit
from timeline.model import Grain
from timeline.text.letters import AND, BY, TO
from timeline.text.words import Words


class Knowledge(NamedTuple):
    """What is known besides the vocabulary: dates in other scripts, days known by their events, words that only look like times."""

    foreign: ForeignDates
    history: History
    homographs: Homographs


def find(matched: list[Mention], words: Words, tense_at: TenseAt, knowledge: Knowledge) -> list[Mention]:
    """Return the time expressions that the matches of the grammar are; `tense_at` gives the tense of the clause around a word."""
    found = knowledge.foreign.replace(matched, words.text)
    if not found:
        return found
    rows = knowledge.history.recall(coordinate(join(found, words), words), words)
    measured = [per_unit(beside(measure(mention, words, tense_at), words), words) for mention in rows]
    kept: list[Mention] = []
    for mention in measured:
        if (
            (not mention.weak or _supported(mention, words, knowledge.homographs))
            and (not kept or mention.start >= kept[-1].end)
            and knowledge.homographs.is_time(mention, words, tense_at)
        ):
            kept.append(mention)
    return end_periods(share_day(kept, words), words)


def _supported(mention: Mention, words: Words, homographs: Homographs) -> bool:
    """Tell whether a weak mention may stand: it is all that the text says, or the words around it are those that its rule needs."""
    entries = words.entries
    if mention.first == 0 and mention.last == len(entries) - 1:
        edge = mention.expression
        return not isinstance(edge, Edge) or edge.whole is not None  # نصف alone is a half of anything
    if mention.rule in ("nth_period", "last_period"):
        return _tentative(mention, words)
    if mention.rule == "per_unit":
        return is_rate(mention, words)
    if mention.rule == "tomorrow_of_event":
        return mention.first > 0 and entries[mention.first - 1].noun is not None
    if mention.rule == "day_of_told_month":
        return True  # dates/express.py drops it if no month is told
    if mention.rule == "month_alone":
        return _in_time(mention, words, homographs)
    if mention.rule != "number_like_a_year":
        return False
    before = entries[mention.first - 1] if mention.first else None
    after = entries[mention.last + 1] if mention.last + 1 < len(entries) else None
    if before is None:
        return False
    closed = (
        after is None
        or not after.folded.isalpha()
        or bool(after.clitics)
        or "preposition" in after.categories
        or after.verb is not None
    )
    if closed and not _BEFORE_YEARS.isdisjoint(before.categories):
        return True
    return "open" in before.categories or (before.noun is not None and closed and not before.clitics.endswith(BY))


_BEFORE_YEARS = frozenset(("ago", "ahead", "at", "or"))


def _tentative(mention: Mention, words: Words) -> bool:
    """Tell whether a numbered day may be a day of a span told before (في اليوم الثاني); dates/express.py drops it if none is."""
    day = isinstance(mention.expression, Nth) and mention.expression.unit is Grain.DAY
    return day and mention.first > 0 and "in" in words.entries[mention.first - 1].categories


def _in_time(mention: Mention, words: Words, homographs: Homographs) -> bool:
    """Tell whether a month stands where a time would.

    One whose name is nothing else does so but after what is named for a day; the others after a preposition, or as the time of what
    months are said of (اجتماع أيار, أمطار نيسان).
    """
    entries, first = words.entries, mention.first
    if entries[first].clitics in (BY, TO, AND):
        return True
    before = entries[first - 1] if first else None
    if before is not None and not _NO_MONTHS.isdisjoint(before.categories):
        return False
    twin = not words.text[mention.start : mention.end].isalpha()
    if twin or not homographs.lends_its_name(entries[first]):
        return not entries[first].clitics
    return before is not None and (
        before.noun is not None or not _TIMELY.isdisjoint(before.categories) or homographs.has_months(before)
    )


_NO_MONTHS = frozenset(("named_for", "number"))  # what is called after a month, and a number that is no day of it
_TIMELY = frozenset(
    (
        "in",
        "of",
        "since",
        "ago",
        "ahead",
        "within",
        "link_to",
        "or",
        "approx",
        "month",
        "comma",
        "open",
        "edge",
        "at",
        "between",
        "onward",
    )
)
