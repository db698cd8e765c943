"""Two clock times of one moment: the local one and, in brackets, that of Greenwich: الساعة 17:40 (14:40 ت غ) الثلاثاء.

They share the day that follows them, but for the hours in which it is still the day before in Greenwich.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from timeline.dates.calendars import DAY
from timeline.dates.expressions import Clock, Expression
from timeline.dates.grammar import Mention
from timeline.dates.join import gap, is_day
from timeline.dates.reading import Reading
from timeline.model import TimeType
from timeline.reasons import Because, Reason
from timeline.text.words import Words

_AFTER = (("close",), ("close", "in"), ("close", "comma"), ("close", "of"))
_HALF_DAY = dt.timedelta(hours=12)


def share_day(mentions: list[Mention], words: Words) -> list[Mention]:
    """Give a clock time and the one in brackets after it one day: that of the first, else the one that follows the brackets."""
    for k in range(1, len(mentions)):
        outer, inner = mentions[k - 1].expression, mentions[k].expression
        if not isinstance(inner, Clock) or inner.zone is None or inner.day is not None or not isinstance(outer, Clock):
            continue
        if not _bracketed(mentions[k - 1], mentions[k], words):
            continue
        day = outer.day or _day_behind(mentions, k, words)
        if day is not None:
            mentions[k - 1] = mentions[k - 1]._replace(expression=replace(outer, day=day))
            mentions[k] = mentions[k]._replace(expression=replace(inner, day=day))
    return mentions


def _day_behind(mentions: list[Mention], k: int, words: Words) -> Expression | None:
    if k + 1 >= len(mentions) or not is_day(mentions[k + 1].expression):
        return None
    return mentions[k + 1].expression if gap(words, mentions[k].last, mentions[k + 1].first) in _AFTER else None


def settle_halves(mentions: list[Mention], readings: list[Reading], words: Words) -> None:
    """Let the time in brackets say which half of the day the hour before it means: الساعة الرابعة (13:00 ت غ) is 16:00.

    Where the hour is that of the day after in Greenwich, move the time in brackets: الساعة 01:00 (22:00 ت غ) الثلاثاء is Monday there.
    """
    for k in range(1, len(readings)):
        outer, inner = readings[k - 1], readings[k]
        if _is_day_late(mentions[k - 1], mentions[k], outer, inner, words):
            readings[k - 1], readings[k] = outer._replace(options=()), _day_before(outer, inner)
            continue
        if outer.type is not TimeType.TIME or not outer.options or not inner.value.endswith("Z"):
            continue
        other = outer.options[0]
        if outer.start is None or inner.start is None or other.start is None or inner.start - outer.start != _HALF_DAY:
            continue
        if other.start == inner.start and _bracketed(mentions[k - 1], mentions[k], words):
            why = Reason(Because.BY_BRACKET, (outer.why, inner.value))
            readings[k - 1] = outer._replace(
                value=other.value, start=other.start, end=other.end, confidence=max(outer.confidence, 0.9), options=(), why=why
            )


def _is_day_late(first: Mention, second: Mention, outer: Reading, inner: Reading, words: Words) -> bool:
    """Tell whether a time in brackets that has no day of its own lies a whole day after the one before it."""
    if outer.type is not TimeType.TIME or outer.start is None or inner.start is None or not inner.value.endswith("Z"):
        return False
    if inner.start - outer.start != DAY or outer.start.date() == dt.date.min or not _bracketed(first, second, words):
        return False
    e, local = second.expression, first.expression
    return isinstance(e, Clock) and isinstance(local, Clock) and e.day in (None, local.day)


def _day_before(outer: Reading, inner: Reading) -> Reading:
    day = dt.date.fromisoformat(inner.value[:_DATE]) - DAY
    return inner._replace(
        value=f"{day.isoformat()}{inner.value[_DATE:]}", start=outer.start, end=None if inner.end is None else inner.end - DAY,
        why=Reason(Because.DAY_BEFORE_THERE, (inner.why, outer.value)), confidence=max(inner.confidence, outer.confidence),
    )  # fmt: skip


_DATE = len("2024-03-27")


def _bracketed(outer: Mention, inner: Mention, words: Words) -> bool:
    return gap(words, outer.last, inner.first) == ("open",)
