"""What stands around a mention and forbids it: the head of a name, the rest of a number, the noun of an ordinal."""

from __future__ import annotations

import re

from timeline.dates.expressions import Date, DayOfWeek, Expression
from timeline.model import Grain
from timeline.text.letters import THE, TO
from timeline.text.words import STARTS, Entry, Words


def inside_number(text: str, start: int, end: int) -> bool:
    """Tell whether an expression is a part of a longer number.

    The scripts of its digits differ (2٧ مارس), or its figures go on with the mark that parts them, as a phone's do (05.22.12.10.20).
    """
    if start > 0 and text[start].isdecimal() and text[start - 1].isdecimal():
        return True
    figures = _FIGURES.fullmatch(text, start, end)
    if figures is None:
        return False
    mark = figures[1]
    before = start > 1 and text[start - 1] == mark and text[start - 2].isdecimal()
    return before or (text[end : end + 1] == mark and text[end + 1 : end + 2].isdecimal())


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
    entries = words.entries
    grain = entries[first - 1].categories.get("named_for") if first else None
    if grain is None or entries[first].clitics or "day_word" in entries[first].categories:
        return False
    match expression:
        case Date(day=day, month=month, aim=None):
            return day is not None and month is not None
        case DayOfWeek(aim=None):
            return grain is Grain.WEEK
        case _:
            return False
