"""The day of writing: a text that was written on the day before its publication counts its days from there (غدا الأحد, on a Sunday)."""

from __future__ import annotations

import datetime as dt

from timeline.dates.expressions import Agree, Clock, DayOfWeek, Edge, Expression, PartOfDay, Shift
from timeline.dates.grammar import Mention
from timeline.model import Grain


def written_before(mentions: list[Mention], today: dt.date) -> bool:
    """Tell whether every day that is both counted and named in a text (غدا الأحد) is counted from the day before publication."""
    found = {offset for mention in mentions if (offset := _offset(mention.expression, today)) is not None}
    return found == {-1}


def _offset(e: Expression, today: dt.date) -> int | None:
    """Return by how many days the weekday of a counted day is off, None where it is none or far off."""
    if isinstance(e, Clock | PartOfDay | Edge):
        day = e.whole if isinstance(e, Edge) else e.day  # غدا الأحد الساعة السادسة
        return None if day is None else _offset(day, today)
    if not isinstance(e, Agree):
        return None
    counted = next((way for way in (e.first, e.second) if isinstance(way, Shift)), None)
    named = next((way for way in (e.first, e.second) if isinstance(way, DayOfWeek)), None)
    if counted is None or named is None or counted.unit is not Grain.DAY:
        return None
    return (named.weekday - today.weekday() - counted.n + 3) % 7 - 3


def is_counted(e: Expression) -> bool:
    """Tell whether an expression counts days from where its writer stood."""
    match e:
        case Shift(unit=unit):
            return unit is Grain.DAY
        case Agree(first, second):
            return is_counted(first) or is_counted(second)
        case PartOfDay(day=day) | Clock(day=day) | Edge(whole=day):
            return day is not None and is_counted(day)
        case _:
            return False
