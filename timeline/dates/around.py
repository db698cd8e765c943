"""What stands around a mention and forbids it: the head of a name, the rest of a number, the noun of an ordinal."""

from __future__ import annotations

import re

from timeline.dates.expressions import Date, DayOfWeek, Expression
from timeline.model import Grain
from timeline.text.entries import STARTS, Entry
from timeline.text.letters import AND, THE, TO
from timeline.text.words import Words


def inside_number(text: str, start: int, end: int) -> bool:
    """Tell whether an expression is a part of a longer number.

    The scripts of its digits differ (2٧ مارس), or its figures go on with the mark that parts them, as a phone's do (05.22.12.10.20).
    """
    if not text[start].isdecimal():
        return False
    before = text[start - 1 : start]
    if before.isdecimal():
        return True
    if before not in _PARTING and text[end : end + 1] not in _PARTING:
        return False
    figures = _FIGURES.fullmatch(text, start, end)
    if figures is None:
        return False
    mark = figures[1]
    goes_on_from = before == mark and text[start - 2 : start - 1].isdecimal()
    return goes_on_from or (text[end : end + 1] == mark and text[end + 1 : end + 2].isdecimal())


_PARTING = frozenset("./-")
_FIGURES = re.compile(r"\d+([./-])\d+\1\d+")


def is_one_of(entry: Entry, kinds: frozenset[str]) -> bool:
    """Tell whether a word has one of these categories; "noun" stands for an event noun, "to" for a word that the clitic opens."""
    return (
        not kinds.isdisjoint(entry.categories)
        or ("noun" in kinds and entry.noun is not None and not entry.clitics)
        or ("to" in kinds and entry.clitics.endswith(TO))
    )


def is_hour(entries: list[Entry], at: int) -> bool:
    """Tell whether an ordinal can be an hour without its word: a feminine, and not the first or second of what it follows."""
    n, word = entries[at].categories.get("ordinal"), entries[at].folded
    first = n == 1 and word.endswith(_MAQSURA)
    if not first and not word.endswith(_MARBUTA):
        return False
    before = entries[at - 1] if at and (first or n == _SECOND) else None
    return before is None or not before.folded.startswith(THE) or bool(before.role & STARTS)


_MARBUTA, _MAQSURA = "\u0647", "\u064a"  # as folded
_SECOND = 2


def named_after(words: Words, first: int, expression: Expression) -> bool:
    """Tell whether a date or a weekday is the name of what stands directly before it: a street, a club, a newspaper."""
    if not isinstance(expression, Date | DayOfWeek) or expression.aim is not None:
        return False
    entries = words.entries
    head = _before_row(entries, first) - 1
    grain = entries[head].categories.get("named_for") if head >= 0 else None
    if grain is None or entries[head + 1].clitics or "day_word" in entries[head + 1].categories:
        return False
    if isinstance(expression, DayOfWeek):
        return grain is Grain.WEEK
    return expression.day is not None and expression.month is not None


def _before_row(entries: list[Entry], first: int) -> int:
    """Return the first word of a date and of the day that it stands in a row with: قوى 8 و14 آذار."""
    at = first - 1
    if at > 0 and "and" in entries[at].categories:
        at -= 1
    elif entries[first].clitics != AND:
        return first
    return at if at > 0 and not _DAYS.isdisjoint(entries[at].categories) else first


_DAYS = frozenset(("daynum", "ordinal"))
