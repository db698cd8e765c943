"""The evening before a date and the day after it: عشية 14 فبراير 2010, غداة 13 نوفمبر 2015."""

from __future__ import annotations

from dataclasses import replace

from timeline.dates.expressions import Beside, Date, PartOfDay
from timeline.dates.grammar import Mention
from timeline.text.categories import DayPart
from timeline.text.words import Words


def beside(mention: Mention, words: Words) -> Mention:
    """Return a date with the word before it that names the day beside it; any other mention as it is."""
    e, entries, first = mention.expression, words.entries, mention.first
    if isinstance(e, PartOfDay):
        if (
            isinstance(e.day, Date)
            and e.day.day
            and not e.day.feast
            and entries[first].categories.get("eve") is DayPart.EVENING
        ):
            return mention._replace(expression=replace(e, day=Beside(-1, e.day)))
        return mention
    if not isinstance(e, Date) or not e.day or first == 0 or entries[first].clitics:
        return mention
    if "morrow" not in entries[first - 1].categories:
        return mention
    start = words.starts[first - 1] + entries[first - 1].skip
    return mention._replace(first=first - 1, start=start, expression=Beside(1, e), rule=f"morrow+{mention.rule}", weak=False)
