"""What stands around a mention and forbids it: the head of a name, the rest of a number, the noun of an ordinal."""

from __future__ import annotations

from timeline.dates.expressions import Date, DayOfWeek, Expression
from timeline.model import Grain
from timeline.text.letters import THE, TO
from timeline.text.words import STARTS, Entry, Words


def inside_number(text: str, start: int) -> bool:
    """Tell whether an expression begins in the middle of a run of figures: the scripts of its digits differ (2٧ مارس)."""
    return start > 0 and text[start].isdecimal() and text[start - 1].isdecimal()


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
