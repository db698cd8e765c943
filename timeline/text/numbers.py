"""Numbers: how number words that stand together compose (خمسة وعشرون، ثلاثة آلاف و700، السابع عشر)."""

from __future__ import annotations

from typing import NamedTuple

from timeline.text.entries import Entry
from timeline.text.letters import AND
from timeline.text.words import Words


class Composed(NamedTuple):
    """A number of several words: the index after its last word, its value, and the category that it now has."""

    end: int
    value: float
    category: str


def compose(words: Words, start: int) -> Composed | None:
    """Return the number that begins at word `start` and takes more than one word, or None."""
    entry = words.entries[start]
    if "ordinal" in entry.categories or "teen_one" in entry.categories or "an_ordinal" in entry.categories:
        ordinal = _ordinal(words, start)
        if ordinal is not None:
            return ordinal
    value = _cardinal(entry)
    year = None if value is None else _year(words, start, value)
    if year is not None:
        return year
    if value is None and "teen_one" not in entry.categories:
        return None
    category = "the_number" if "the_number" in entry.categories else "number"
    return _sum(words, start, value, category)


def _ordinal(words: Words, start: int) -> Composed | None:
    """Read الحادي عشر and الحادي والعشرين."""
    entries, after = words.entries, start + 1
    first = entries[start].categories
    if after >= len(entries):
        return None
    value = first.get("ordinal", first.get("an_ordinal", first.get("teen_one")))
    following = entries[after]
    if not isinstance(value, int) or (abs(value) == 1 and "teen_one" not in first) or value >= _TENS:
        return None  # the words for first and last do not count on: أول عشرة أيام is no eleventh
    if not following.clitics and following.categories.get("number") == 10:
        category = "ordinal" if "ordinal" in first else "an_ordinal" if "an_ordinal" in first else "number"
        return Composed(after + 1, value + 10.0, category)
    tens = following.categories.get("the_number")
    if (
        following.clitics in ("", AND)
        and isinstance(tens, float)
        and tens % 10 == 0
        and 20 <= tens <= 90
        and "ordinal" in first
    ):
        return Composed(after + 1, value + tens, "ordinal")
    return None


_TENS = 20  # from here on an ordinal is a word of tens, which takes no further word


def _year(words: Words, start: int, value: float) -> Composed | None:
    """Read a year from its units up to its thousands: أربع وخمسين وتسعمائة وألف, خمس وعشرين وألفين."""
    entries, at, size = words.entries, start + 1, 10 if value < 10 else 100 if value < 100 else 1000
    if not entries[start].categories.keys().isdisjoint(("daynum", "yearnum")) or value >= 1000:
        return None  # figures
    if at < len(entries) and not entries[at].clitics and value < 10 and _cardinal(entries[at]) == 10:
        value, size, at = value + 10, 100, at + 1
    while at < len(entries) and entries[at].clitics == AND and size < 1000:
        further = _cardinal(entries[at])
        if further is None or entries[at].folded.isdecimal() or not size <= further < 1000 or (size == 10 and further > 90):
            break
        value, size, at = value + further, 100 if further < 100 else 1000, at + 1
    thousands = _cardinal(entries[at]) if at < len(entries) and entries[at].clitics == AND else None
    if thousands not in (1000, 2000) or (size < 1000 and thousands == 1000) or entries[at].folded.isdecimal():
        return None
    return Composed(at + 1, value + thousands, "number")


def _sum(words: Words, start: int, value: float | None, category: str) -> Composed | None:
    """Add up a cardinal: each further word multiplies what came before (ألف), follows it (عشر) or is joined by و."""
    entries = words.entries
    total, group, at = 0.0, 1.0 if value is None else value, start + 1
    latest = group
    while at < len(entries):
        step = 1 if entries[at].folded == AND and at + 1 < len(entries) else 0  # و that stands apart, or before digits
        entry = entries[at + step]
        joined = bool(step) or entry.clitics == AND
        further = _cardinal(entry)
        if further is None or (entry.clitics and not joined):
            break
        if joined:
            if (step and entry.clitics) or not _adds(further, group, total, latest, entry, entries[at - 1]):
                break
            group += further
        elif entry.folded.isdecimal():
            break
        elif further == 10 and latest < 10:
            group += 10
        elif further >= 1000 and group < 1000:
            total, group = total + group * further, 0.0
        elif further == 100 and 3 <= group <= 9:
            group *= 100
        else:
            break
        latest = further
        at += 1 + step
    return None if at == start + 1 else Composed(at, total + group, category)


def _adds(further: float, group: float, total: float, latest: float, entry: Entry, before: Entry) -> bool:
    """Tell whether و joins a smaller place: units and tens, hundreds and less, thousands and less; never digits and digits."""
    if entry.folded.isdecimal() and before.folded.isdecimal():
        return False
    if group == 0:
        return total > 0 and further < 1000
    if latest < 10 and group % 100 == latest:
        return further % 10 == 0 and 20 <= further <= 90 and not before.folded.isdecimal()
    if group % 1000 == 0:
        return further < 1000
    return group % 100 == 0 and further < 100


def _cardinal(entry: Entry) -> float | None:
    value = entry.categories.get("number", entry.categories.get("the_number"))
    return value if isinstance(value, float) else None
