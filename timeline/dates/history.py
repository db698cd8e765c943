"""Days known by what happened on them, whose year a text leaves out: هجمات 11 سبتمبر, ثورة 25 يناير, حرب أكتوبر."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from timeline.dates.coordinate import linked
from timeline.dates.expressions import Date, Expression, KnownYears
from timeline.dates.grammar import Mention
from timeline.model import Calendar
from timeline.tables import Lexicon
from timeline.text.letters import with_clitics
from timeline.text.words import Words


class History:
    """The known days by the noun before them and by month and day, from lexicon/history.toml: `years`, by folded form; read only."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Take the table; raises ValueError for a date that no calendar has."""
        self.years: dict[str, dict[tuple[int, int], KnownYears]] = {}
        for kind in lexicon.table("history.toml").values():
            days = _days({country: dates for country, dates in kind.items() if country != "nouns"})
            self.years |= {form: days for noun in kind["nouns"] for form in with_clitics(noun)}

    def recall(self, mentions: list[Mention], words: Words) -> list[Mention]:
        """Return the mentions, with the years that the event named before a date may give it."""
        noun, last = "", -1  # the noun that a date had before it, for the next one of its row: ثورتي 25 يناير و30 يونيو
        for k, mention in enumerate(mentions):
            if not _is_open(mention.expression):
                continue
            in_row = last >= 0 and linked(words, last, mention.first)
            noun = noun if in_row else _noun_before(words, mention.first)
            last = mention.last
            if noun in self.years:
                mentions[k] = self._recalled(mention, noun)
        return mentions

    def _recalled(self, mention: Mention, noun: str) -> Mention:
        date = mention.expression
        if not isinstance(date, Date) or date.month is None:
            return mention
        years = self.years.get(noun, {}).get((date.month, date.day or 0))
        return mention if years is None else mention._replace(expression=replace(date, known=years), weak=False)


def _is_open(date: Expression) -> bool:
    """Tell whether a date lacks its year."""
    return (
        isinstance(date, Date)
        and date.month is not None
        and date.year is None
        and date.aim is None
        and date.within is None
        and date.calendar is Calendar.GREGORIAN
    )


def known_year(date: Date, country: str, today: dt.date | None) -> int | None:
    """Return the year of the event that a date is known by where the text appeared, None where it had not come yet."""
    for place, year in date.known:
        if place in ("", country) and (today is None or dt.date(year, date.month or 1, date.day or 1) <= today):
            return year
    return None


def _noun_before(words: Words, first: int) -> str:
    """Return the word before a date, a bracket or a quotation mark between them left out."""
    entries = words.entries
    if entries[first].clitics:
        return ""
    at = first - 1
    if at > 0 and not {"open", "quote"}.isdisjoint(entries[at].categories):
        at -= 1
    return entries[at].folded if at >= 0 else ""


def _days(years: dict[str, dict[str, int]]) -> dict[tuple[int, int], KnownYears]:
    """Turn country -> date -> year into month and day -> countries and years, the country that has its own before the others."""
    found: dict[tuple[int, int], KnownYears] = {}
    for country, day, year in sorted(_rows(years), reverse=True):
        found[day] = (*found.get(day, ()), (country, year))
    return found


def _rows(years: dict[str, dict[str, int]]) -> Iterator[tuple[str, tuple[int, int], int]]:
    for country, dates in years.items():
        for date, year in dates.items():
            month, _, day = date.partition("-")
            dt.date(year, int(month), int(day or 1))
            yield "" if country == "years" else country, (int(month), int(day or 0)), year
