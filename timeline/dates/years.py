"""Years: what an article says about the year of its days and months, for those that are told without one."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from timeline.dates.expressions import Agree, Clock, Date, Expression, PartOfDay
from timeline.dates.reading import Reading
from timeline.dates.scope import SaidYear
from timeline.model import Basis, Calendar, Grain, Tense
from timeline.reasons import Because
from timeline.text.clauses import Clause, Opening
from timeline.text.letters import THE, TO
from timeline.text.words import Words


class _Told(NamedTuple):
    sentence: int
    start: dt.date
    grain: Grain


class Years:
    """The years that one article has told so far."""

    def __init__(self, words: Words, today: dt.date | None) -> None:
        self._entries = words.entries
        self._today = today
        self._of_month: dict[tuple[Calendar, int], int] = {}
        self._told: _Told | None = None

    def year_of(self, expression: Expression, tense: Tense, sentence: int) -> SaidYear | None:
        """Return the year of a bare day and month: the one told before it in its sentence, else the one in which the article put it.

        What is not past is of no year long ago.
        """
        date = expression.day if isinstance(expression, Clock | PartOfDay) else expression
        if not isinstance(date, Date) or date.month is None or date.year is not None or date.aim is not None:
            return None
        if date.within or date.feast or date.gregorian_year:
            return None
        said = self._of_sentence(date, tense, sentence)
        year = said or self._of_month.get((date.calendar, date.month))
        today = self._today
        if year is None or (today is not None and tense in _NOT_PAST and (year + 1, date.month) < (today.year, today.month)):
            return None
        return SaidYear(year, Because.SAID_YEAR if said else Because.ARTICLE_YEAR)

    def _of_sentence(self, date: Date, tense: Tense, sentence: int) -> int | None:
        """Return the year of a story told in one sentence: في 30 يونيو 2013 ...، وفي 3 يوليو ...؛ شهد عام 2014 ... في 10 حزيران."""
        told = self._told
        if told is None or told.sentence != sentence or date.calendar is not Calendar.GREGORIAN or date.month is None:
            return None
        if tense in _NOT_PAST or self._today is None or told.start.year >= self._today.year:
            return None
        if told.grain is Grain.YEAR:
            return told.start.year
        gap = _months(told.start.year, date) - _months_of(told.start)
        if gap == 0:
            return told.start.year
        # stories go on more often than back: September 2014 ... March is that of 2015, December 2022 ... November of 2022
        return told.start.year + (gap < 0 and 12 + gap <= _BACK - gap)

    def learn(self, expression: Expression, first: int, reading: Reading, clause: Clause) -> None:
        """Remember the year of a month that was said, from word `first` on, with its year or with a word that points."""
        if isinstance(expression, Agree):
            self.learn(expression.first, first, reading, clause)
            self.learn(expression.second, first, reading, clause)
        if not isinstance(expression, Date) or expression.calendar is not Calendar.GREGORIAN or reading.start is None:
            return
        if expression.month is not None and (expression.year is not None or expression.aim is not None):
            self._of_month.setdefault((Calendar.GREGORIAN, expression.month), reading.start.year)
        stated = reading.basis is Basis.STATED or (reading.basis is Basis.INFERRED and not expression.known)
        if stated and reading.grain in _STORY and clause.opening is not Opening.RELATIVE and self._is_told(first):
            self._told = _Told(clause.sentence, reading.start.date(), reading.grain)

    def _is_told(self, first: int) -> bool:
        """Tell whether a date is of the story: no comparison (مقارنة بعام 2013), no name (قانون لسنة 2019), no life (المولود عام 1985)."""
        entries = self._entries
        if entries[first].clitics.endswith(TO) or (first and entries[first - 1].folded.startswith(_PARTICIPLE)):
            return False
        return all(_ASIDE.isdisjoint(entries[k].categories) for k in range(max(first - 2, 0), first))


def _months(year: int, date: Date) -> int:
    return 12 * year + (date.month or 1)


def _months_of(day: dt.date) -> int:
    return 12 * day.year + day.month


_BACK = 3  # months by which going back must be nearer
_PARTICIPLE = THE + "م"
_STORY = (Grain.DAY, Grain.MONTH, Grain.YEAR)
_NOT_PAST = (Tense.PRESENT, Tense.FUTURE)
_ASIDE = frozenset(("since", "ago", "ahead", "compared", "about"))
