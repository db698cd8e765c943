"""Why a date is what it is: reasons as values, and how each language words them.

A reason is what the reader of an answer can check: the anchor, the direction, the arithmetic. The stages make reasons; only the
end of an extraction words them, in the language of the request. The wording is in lexicon/explanations.toml.
"""

from __future__ import annotations

import datetime as dt
import enum
import string
import tomllib
from collections.abc import Callable
from importlib import resources
from typing import Any, NamedTuple

from timeline.errors import LexiconError
from timeline.model import Grain, Language, Mod, Tense, Weekday


class Because(enum.IntEnum):
    """The kinds of reason, numbered from 0: a row each of lexicon/explanations.toml, under the same name."""

    STATED = 0
    SOME_PAST = enum.auto()
    NOW_SAID = enum.auto()
    SOME_FUTURE = enum.auto()
    AT_THAT_TIME = enum.auto()
    NOW = enum.auto()
    UNIT_OF = enum.auto()
    MOVED_BACK = enum.auto()
    MOVED_ON = enum.auto()
    MENTIONED = enum.auto()
    ONLY_TEXT = enum.auto()
    BY_CLAUSE = enum.auto()
    LATEST_BEFORE = enum.auto()
    LATEST_ON_OR_BEFORE = enum.auto()
    FIRST_AFTER = enum.auto()
    FIRST_ON_OR_AFTER = enum.auto()
    SECOND_AFTER = enum.auto()
    SECOND_LATEST_BEFORE = enum.auto()
    OF_THE_WEEK = enum.auto()
    NEAREST_TO = enum.auto()
    CLOSE_TO = enum.auto()
    TOLD_WEEKDAY = enum.auto()
    ARTICLE_YEAR = enum.auto()
    SAID_YEAR = enum.auto()
    SPOKEN = enum.auto()
    BY_BRACKET = enum.auto()
    DAY_BEFORE_THERE = enum.auto()
    WRITTEN_BEFORE = enum.auto()
    HEADLINE = enum.auto()
    CLOCK_SIDE = enum.auto()
    SAME_PERIOD = enum.auto()
    FIRST_DAY = enum.auto()
    BESIDE = enum.auto()
    ENDING = enum.auto()
    KNOWN_EVENT = enum.auto()
    YEAR_FROM = enum.auto()
    BEGINS_IN = enum.auto()
    UMM_AL_QURA = enum.auto()
    UMM_AL_QURA_DAY = enum.auto()
    HIJRI_SHIFT = enum.auto()
    HIJRI_MONTH_OF = enum.auto()
    NUMBER_OF = enum.auto()
    LAST_UNIT_OF = enum.auto()
    NUMBER_FROM_END = enum.auto()
    NTH_WEEKDAY = enum.auto()
    FIRST_OF = enum.auto()
    LAST_OF = enum.auto()
    EDGE_OF = enum.auto()
    SOME_TIME_IN = enum.auto()
    OR_AN_AGE = enum.auto()
    PART_OF = enum.auto()
    CLOCK_ON = enum.auto()
    IN_ZONE = enum.auto()
    DAY_TOLD = enum.auto()
    DAY_UNSAID = enum.auto()
    FROM_TO = enum.auto()
    TO = enum.auto()
    A_LENGTH = enum.auto()
    LENGTH_UNSAID = enum.auto()
    LASTING_FROM = enum.auto()
    SPAN_UP_TO = enum.auto()
    SPAN_FROM = enum.auto()
    EVERY_WEEK = enum.auto()
    EVERY = enum.auto()
    SEASON_FROM = enum.auto()
    OF_THE_WHOLE = enum.auto()
    DECADE_LATEST = enum.auto()
    WEEKEND_OF = enum.auto()
    SCHOOL_YEAR = enum.auto()
    WEEKDAY_NEAR = enum.auto()
    BUT_COUNTED = enum.auto()
    BUT = enum.auto()
    WEEKDAY_WINS = enum.auto()
    GREGORIAN_WINS = enum.auto()
    BEFORE_EVENT = enum.auto()
    AFTER_EVENT = enum.auto()
    EVENT_DATED = enum.auto()
    NO_PUBLICATION = enum.auto()
    NO_PUBLICATION_TIME = enum.auto()
    NO_DAY = enum.auto()
    NO_SUCH_DAY = enum.auto()
    NO_YEAR_RANGE = enum.auto()
    NO_READING = enum.auto()
    NO_WHOLE = enum.auto()
    WHOLE_UNKNOWN = enum.auto()
    NO_NUMBER = enum.auto()
    NO_SPAN_TOLD = enum.auto()
    NO_TIME_TOLD = enum.auto()
    FROM_EVENT = enum.auto()
    HIJRI_NO_YEAR = enum.auto()
    HIJRI_RANGE = enum.auto()
    HIJRI_NO_DAY = enum.auto()
    ONE_WEEK_OFF = enum.auto()
    OTHER_SIDE = enum.auto()
    NEXT_YEAR = enum.auto()
    CLAUSE_SIDE = enum.auto()
    COUNTED_DAY = enum.auto()
    STATED_WEEKDAY = enum.auto()
    NO_PART_SAID = enum.auto()
    NOT_WEEKDAY = enum.auto()
    CALENDARS_DIFFER = enum.auto()
    NO_SUCH_DATE = enum.auto()
    PUBLICATION_MISSING = enum.auto()
    PUBLICATION_FROM_DATELINE = enum.auto()
    NO_ARABIC_TEXT = enum.auto()
    TEXT_TRUNCATED = enum.auto()
    WITH_SETTING = enum.auto()
    WITH_PLANNED = enum.auto()
    WITH_PLAN = enum.auto()
    SAID_WITH_REPORT = enum.auto()
    TOLD_IN_SENTENCE = enum.auto()
    TOLD_AFTER = enum.auto()
    TOLD_WITH = enum.auto()
    SAME_EVENT = enum.auto()
    SINCE_EVENT = enum.auto()
    BEFORE_TOLD = enum.auto()
    REPORTS_TOLD = enum.auto()
    RELATIVE_BEFORE = enum.auto()
    SAID_AFTER = enum.auto()
    SAID_AFTER_REPORT = enum.auto()
    AFTER_SPEAKING = enum.auto()


class Amount(NamedTuple):
    """So many units: 3 days."""

    n: float
    unit: Grain


class MonthDay(NamedTuple):
    """A month without its year, with its day unless that is 0."""

    day: int
    month: int
    hijri: bool = False


class PartName(NamedTuple):
    """A part of the day, by its name in the lexicon."""

    name: str


class ZoneName(NamedTuple):
    """A time zone, by its IANA name."""

    name: str


class Reason(NamedTuple):
    """One step of an explanation and what it is made of, other reasons among it."""

    because: Because
    of: tuple[Term, ...] = ()


Term = Reason | str | int | dt.date | Amount | MonthDay | PartName | ZoneName | Grain | Weekday | Tense | Mod
"""What a reason can be made of. A string stands as it is: a value, or words of the text."""


class Wording:
    """The reasons in one language."""

    def __init__(self, language: Language, table: dict[str, Any]) -> None:
        """Take the table of all languages."""
        code = language.value
        rows = table["reasons"]
        self._frames: tuple[Callable[..., str], ...] = tuple(rows[because.name.lower()][code].format for because in Because)
        self._tenses = {tense: table["tenses"][tense.name.lower()][code] for tense in Tense}
        self._weekdays: list[str] = table["weekdays"][code]
        self._days: list[str] = table["weekdays"][f"{language.name.lower()}_days"]
        self._months: tuple[list[str], list[str]] = (table["months"][code], table["hijri_months"][code])
        self._units: dict[Grain, list[str]] = {grain: table["units"][grain.name.lower()][code] for grain in Grain}
        self._parts: dict[str, str] = {name: row[code] for name, row in table["dayparts"].items()}
        self._edges: dict[str, str] = {name: row[code] for name, row in table["edges"].items()}
        self._zones: dict[str, str] = {name: row[code] for name, row in table["zones"].items()}
        self._many = _several_in_english if language is Language.ENGLISH else _several_in_arabic
        self._terms: dict[type, Callable[[Any], str]] = {
            Reason: self.tell, str: str, int: str, dt.date: self.day, dt.datetime: self._moment, Amount: self._amount,
            MonthDay: self._month_day, PartName: self._part, ZoneName: self._zone, Grain: self._unit,
            Weekday: self._weekdays.__getitem__, Tense: self._tenses.__getitem__, Mod: self._edge,
        }  # fmt: skip

    def tell(self, reason: Reason) -> str:
        """Return a reason as a sentence."""
        because, of = reason
        terms = self._terms
        return self._frames[because](*[terms[type(term)](term) for term in of])

    def day(self, day: dt.date) -> str:
        """Return a day with its name: Wed 2024-03-27."""
        return f"{self._days[day.weekday()]} {day.isoformat()}"

    def _moment(self, moment: dt.datetime) -> str:
        return f"{self._days[moment.weekday()]} {moment:%Y-%m-%d %H:%M}"

    def _amount(self, amount: Amount) -> str:
        return self._many(amount.n, self._units[amount.unit])

    def _unit(self, unit: Grain) -> str:
        return self._units[unit][0]

    def _month_day(self, date: MonthDay) -> str:
        name = self._months[date.hijri][date.month - 1]
        return f"{date.day} {name}" if date.day else name

    def _part(self, part: PartName) -> str:
        return self._parts[part.name]

    def _zone(self, zone: ZoneName) -> str:
        return self._zones[zone.name]

    def _edge(self, mod: Mod) -> str:
        return self._edges[mod.name.lower()]


def _several_in_english(n: float, forms: list[str]) -> str:
    return f"{n:g} {forms[n != 1]}"


def _several_in_arabic(n: float, forms: list[str]) -> str:
    """Return a number with its unit: one and two are in the word, three to ten take the plural, the others the singular."""
    if n in (1, 2):
        return forms[int(n) - 1]
    return f"{n:g} {forms[2] if _FEW <= n % _HUNDRED <= _MOST_OF_FEW else forms[3]}"


_FEW, _MOST_OF_FEW, _HUNDRED = 3, 10, 100


def load() -> dict[Language, Wording]:
    """Return the wording of every language; raises LexiconError with every row that is missing, unknown or uneven."""
    path = resources.files("timeline") / "lexicon" / "explanations.toml"
    table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    rows: dict[str, dict[str, str]] = table["reasons"]
    known = {because.name.lower() for because in Because}
    faults = [f"explanations.toml: no reason {name}" for name in sorted(known - rows.keys())]
    faults += [f"explanations.toml: {name} is no reason" for name in sorted(rows.keys() - known)]
    for name, row in rows.items():
        missing = [language.value for language in Language if language.value not in row]
        faults += [f"explanations.toml: {name} has no wording in {code}" for code in missing]
        if not missing and len({frozenset(_slots(frame)) for frame in row.values()}) > 1:
            faults.append(f"explanations.toml: the wordings of {name} are made of different things")
    if faults:
        raise LexiconError(faults)
    return {language: Wording(language, table) for language in Language}


def _slots(frame: str) -> list[str]:
    return [slot for _, slot, _, _ in string.Formatter().parse(frame) if slot is not None]
