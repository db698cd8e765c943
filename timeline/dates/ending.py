"""Periods told by their last day: الأسبوع المنتهي في 15 يوليو, السنة المالية المنتهية في 30 يونيو."""

from __future__ import annotations

from timeline.dates.calendars import DAY, add, value_of
from timeline.dates.expressions import Ending, Shift
from timeline.dates.grammar import Mention
from timeline.dates.join import gap, is_day
from timeline.dates.reading import Reading, midnight
from timeline.dates.scope import unknown
from timeline.model import Grain, TimeType
from timeline.reasons import Because, Reason
from timeline.text.words import Words

_BETWEEN = ((), ("in",), ("by",))


def end_periods(mentions: list[Mention], words: Words) -> list[Mention]:
    """Give a period whose last word is "ended" the day behind it as its end; the day stays an expression of its own."""
    for k in range(len(mentions) - 1):
        period, day = mentions[k].expression, mentions[k + 1].expression
        if not isinstance(period, Shift) or period.unit < Grain.WEEK or not is_day(day):
            continue
        if (
            "ended" in words.entries[mentions[k].last].categories
            and gap(words, mentions[k].last, mentions[k + 1].first) in _BETWEEN
        ):
            mentions[k] = mentions[k]._replace(expression=Ending(period.unit, day))
    return mentions


def ending(unit: Grain, day: Reading) -> Reading:
    """Return the period of that length which ends with a day; only a week has a value of its own, others are told by their days."""
    if day.start is None:
        return unknown(unit, day.why)
    last = day.start.date()
    first = add(last + DAY, -1, unit)
    if first is None:
        return unknown(unit, day.why)
    value = value_of(first, unit) if unit is Grain.WEEK else f"{first.isoformat()}/{last.isoformat()}"
    why = Reason(Because.ENDING, (unit, last, day.why))
    return day._replace(
        type=TimeType.DATE,
        value=value,
        start=midnight(first),
        end=midnight(last + DAY),
        grain=unit,
        why=why,
        options=(),
        cautions=(),
    )
