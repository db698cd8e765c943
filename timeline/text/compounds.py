"""Compounds: words that make one word together become one entry: numbers, names of several words, twin month names, الـ48."""

from __future__ import annotations

from timeline.text.analysis import digit_categories
from timeline.text.bodies import name
from timeline.text.categories import Aim
from timeline.text.entries import NOUN, Entry
from timeline.text.numbers import compose
from timeline.text.words import Lexer, Words

_MONTHS = frozenset(("month", "maybe_month", "libyan_month"))
_BEFORE_MONTHS = frozenset(("daynum", "ordinal", "month_word"))
_BETWEEN = frozenset(("slash", "open", "dash"))


def join(words: Words, lexer: Lexer) -> Words:
    """Return the words with every compound as one entry; the same object when there is none.

    An entry that a compound swallowed is no longer in the lists, so later stages see one word of the whole span.
    """
    entries = words.entries
    fresh: list[tuple[int, int, Entry]] = []
    at = 0
    last = len(entries) - 1
    for i in [i for i, entry in enumerate(entries) if entry.joins]:
        if i < at or i >= last:
            continue
        opens = entries[i].opens
        if not entries[i].composes and (not opens or entries[i + 1].written not in opens):
            continue
        found = _compound(words, i, lexer)
        if found is not None:
            fresh.append((i, *found))
            at = found[0]
    joined = _replace(words, fresh) if fresh else words
    joined.marks = [i for i, entry in enumerate(joined.entries) if entry.role]
    joined.nouns = [i for i in joined.marks if joined.entries[i].role & NOUN]
    name(joined, lexer)
    return joined


def _compound(words: Words, i: int, lexer: Lexer) -> tuple[int, Entry] | None:
    entries = words.entries
    entry = entries[i]
    phrase = _phrase(entries, i, lexer) if entry.opens else None
    if (
        phrase is not None
        and "name" in phrase[1].categories
        and phrase[0] < len(entries)
        and entries[phrase[0]].categories.get("aim") in (Aim.PAST, Aim.NEXT)
    ):
        phrase = None  # الدين العام is a name, but not in خفض الدين العام المقبل
    if phrase is not None:
        return _twin(entries, *phrase, lexer) or phrase
    if not entry.composes:
        return None
    if "zone_word" in entry.categories:
        return _zone(entries, i, lexer)
    if "article" in entry.categories:
        return _with_article(entry, entries[i + 1], i + 2, lexer)
    figures = _figures(words, i)
    if figures is not None:
        return i + 3, lexer.seal(Entry(entry.folded, {"number": figures}, entry.clitics, entry.skip))
    found = compose(words, i)
    if found is not None:
        end, value, category = found
        return end, lexer.seal(Entry(entry.folded, _numeric(value, category), entry.clitics, entry.skip))
    return _twin(entries, i + 1, entry, lexer)


def _figures(words: Words, i: int) -> float | None:
    """Read 3.5 or 1,500 where a unit follows: a comma before three figures parts thousands, every other mark a fraction."""
    entries, starts, ends = words.entries, words.starts, words.ends
    if i + 3 >= len(entries) or not entries[i].folded.isdecimal() or not entries[i + 2].folded.isdecimal():
        return None
    mark, after = entries[i + 1].categories, entries[i + 3].categories
    if ("dot" not in mark and "comma" not in mark) or ("unit" not in after and "units" not in after):
        return None
    if ends[i] != starts[i + 1] or ends[i + 1] != starts[i + 2]:
        return None
    whole, rest = entries[i].folded, entries[i + 2].folded
    return float(whole + rest) if "comma" in mark and len(rest) == _THOUSANDS else float(f"{whole}.{rest}")


_THOUSANDS = 3  # figures after the comma that parts thousands


def _with_article(article: Entry, number: Entry, end: int, lexer: Lexer) -> tuple[int, Entry] | None:
    """Read الـ48 as one word."""
    if not number.folded.isdecimal():
        return None
    kept = {name: value for name, value in number.categories.items() if name in ("daynum", "yearnum")}
    return end, lexer.seal(
        Entry(number.folded, {"the_number": number.categories["number"]} | kept, article.clitics, article.skip)
    )


def _numeric(value: float, category: str) -> dict[str, object]:
    if category in ("ordinal", "an_ordinal"):
        return {category: int(value)}
    plain = digit_categories(str(int(value))) if value == int(value) else {"number": value}
    plain.pop("number", None)
    plain.pop("minutenum", None)
    if value >= 10 and value < 60:
        plain["minutenum"] = int(value)
    return {category: value} | {name: of for name, of in plain.items() if name != "clocknum"}


def _phrase(entries: list[Entry], i: int, lexer: Lexer) -> tuple[int, Entry] | None:
    """Match the longest form of several words that begins here."""
    entry = entries[i]
    options = entry.opens.get(entries[i + 1].written) if entry.opens and i + 1 < len(entries) else None
    for phrase in options or ():
        rest = phrase.rest
        end = i + 2 + len(rest)
        if end <= len(entries) and all(entries[i + 2 + k].written == word for k, word in enumerate(rest)):
            return end, lexer.joined(phrase, entries[i:end])
    return None


def _zone(entries: list[Entry], i: int, lexer: Lexer) -> tuple[int, Entry] | None:
    """Match the zone of a place that is named after what it is: بتوقيت العاصمة الصينية بكين, بتوقيت مدينة لوس أنجلوس."""
    opens = entries[i].opens or {}
    for at in range(i + 2, min(i + _APPOSED + 2, len(entries))):
        before = entries[at - 1]
        if before.clitics or not before.folded.isalpha() or "preposition" in before.categories:
            break
        for phrase in opens.get(entries[at].written, ()):
            end = at + 1 + len(phrase.rest)
            if [entry.written for entry in entries[at + 1 : end]] == list(phrase.rest):
                return end, lexer.joined(phrase, entries[i:end])
    return None


_APPOSED = 3  # words that can say what a place is before its name


def _twin(entries: list[Entry], end: int, first: Entry, lexer: Lexer) -> tuple[int, Entry] | None:
    """Join the two names of one month: تشرين الثاني/نوفمبر, يوليو (تموز), مايو أيار."""
    if end >= len(entries) or _MONTHS.isdisjoint(first.categories):
        return None
    month = _month(first)
    mark = entries[end]
    at = end + 1 if mark.categories.keys() & _BETWEEN else end
    if at >= len(entries):
        return None
    after, second = _phrase(entries, at, lexer) or (at + 1, entries[at])
    if second.clitics or _month(second) != month:
        return None
    if at == end and ("libyan_month" in first.categories or "libyan_month" in second.categories):
        return None  # الفاتح سبتمبر is its first day
    if "libyan_month" in first.categories and ("libyan_month" in second.categories or not _numbered(entries, end - 1)):
        return None  # الربيع (مارس) is the season
    if "open" in mark.categories:
        if after >= len(entries) or "close" not in entries[after].categories:
            return None
        after += 1
    return after, lexer.seal(Entry(first.folded, {"month": month}, first.clitics, first.skip))


def _numbered(entries: list[Entry], at: int) -> bool:
    """Tell whether a word is no season, or is the month of the number before it."""
    before = entries[at - 1].categories.keys() if at else frozenset()
    return "season" not in entries[at].categories or not before.isdisjoint(_BEFORE_MONTHS)


def _month(entry: Entry) -> object:
    """Return the month that a word may name, None where it names none."""
    months = entry.categories
    return months.get("month") or months.get("maybe_month") or months.get("libyan_month")


def _replace(words: Words, fresh: list[tuple[int, int, Entry]]) -> Words:
    starts: list[int] = []
    ends: list[int] = []
    entries: list[Entry] = []
    at = 0
    for i, end, entry in fresh:
        starts += words.starts[at : i + 1]
        ends += words.ends[at:i]
        ends.append(words.ends[end - 1])
        entries += words.entries[at:i]
        entries.append(entry)
        at = end
    return Words(words.text, starts + words.starts[at:], ends + words.ends[at:], entries + words.entries[at:])
