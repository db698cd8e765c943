"""Why a date is what it is: reasons as values.

A reason is what the reader of an answer can check: the anchor, the direction, the arithmetic. The stages make reasons; only the
end of an extraction words them, in the language of the request (wording.py).
"""

from __future__ import annotations

import datetime as dt
import enum
from typing import NamedTuple

from timeline.model import Grain, Mod, Tense, Weekday


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
    AFTER_THAT = enum.auto()
    BEFORE_THAT = enum.auto()
    BETWEEN = enum.auto()
    DAY_BEFORE = enum.auto()
    COUNTED_ON = enum.auto()
    STORY_GOES_BACK = enum.auto()
    NEWS_DAY = enum.auto()
    TOLD_AS_PAST = enum.auto()
    ORDER_CONTRADICTED = enum.auto()


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
