"""The frozen values that every layer shares: what goes in (Article) and what comes out (Timeline).

Names are those of the wire contract and of TimeML/TIMEX3. The values built many times an article are named tuples,
since a frozen dataclass costs four times as much to make.
"""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass
from types import NoneType
from typing import NamedTuple

from timeline.errors import InvalidArticle

ZONES_OF_THE_MACHINE = frozenset({"localtime", "posixrules"})
"""Names that many machines have among their zones, each for another one."""


class Grain(enum.IntEnum):
    """The unit at which a value is given, from fine to coarse."""

    SECOND = 1
    MINUTE = 2
    HOUR = 3
    DAY_PART = 4
    DAY = 5
    WEEKEND = 6
    WEEK = 7
    MONTH = 8
    SEASON = 9
    QUARTER = 10
    HALF_YEAR = 11
    YEAR = 12
    DECADE = 13
    CENTURY = 14


class Language(enum.Enum):
    """The languages that explanations and warnings are worded in, by their BCP 47 codes."""

    ENGLISH = "en"
    ARABIC = "ar"


class Calendar(enum.Enum):
    """The calendar in which an expression is written. HIJRI is Umm al-Qura."""

    GREGORIAN = 1
    HIJRI = 2


class Weekday(enum.IntEnum):
    """Days of the week, numbered as `datetime.date.weekday` does."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


class TimeType(enum.Enum):
    """TIMEX3 types."""

    DATE = 1
    TIME = 2
    DURATION = 3
    SET = 4


class Mod(enum.Enum):
    """TIMEX3 modifiers."""

    START = 1
    MID = 2
    END = 3
    APPROX = 4
    BEFORE = 5
    AFTER = 6
    MORE_THAN = 7
    LESS_THAN = 8
    EQUAL_OR_MORE = 9
    EQUAL_OR_LESS = 10


class Basis(enum.Enum):
    """What a date rests on."""

    STATED = 1
    RELATIVE_TO_PUBLICATION = 2
    RELATIVE_TO_EXPRESSION = 3
    RELATIVE_TO_EVENT = 4
    INFERRED = 5


class EventClass(enum.Enum):
    """TimeML event classes."""

    REPORTING = 1
    OCCURRENCE = 2
    STATE = 3
    INTENTION = 4
    PERCEPTION = 5
    ASPECTUAL = 6


class Modality(enum.Enum):
    """Whether the text says that the event happened."""

    ACTUAL = 1
    PLANNED = 2
    EXPECTED = 3
    POSSIBLE = 4
    HYPOTHETICAL = 5
    NEGATED = 6
    DENIED = 7


class Tense(enum.Enum):
    """Tense of the trigger, relative to its moment of speaking; NONE for nouns."""

    PAST = 1
    PRESENT = 2
    FUTURE = 3
    NONE = 4


class Relation(enum.Enum):
    """How an event lies to the time that dates it."""

    DURING = 1
    BEFORE = 2
    AFTER = 3
    SINCE = 4
    UNTIL = 5


class Role(enum.Enum):
    """The part that a participant plays in an event."""

    AGENT = 1
    PATIENT = 2
    PLACE = 3
    COUNTERPART = 4


class WarningCode(enum.Enum):
    """What a caller should know about an answer."""

    PUBLICATION_MISSING = 1
    NO_ARABIC_TEXT = 2
    PUBLICATION_FROM_DATELINE = 3
    HIJRI_OUT_OF_RANGE = 4
    WEEKDAY_MISMATCH = 5
    CALENDAR_MISMATCH = 6
    DATE_OUT_OF_RANGE = 7
    TEXT_TRUNCATED = 8
    ORDER_CONTRADICTION = 9


class Span(NamedTuple):
    """A half-open range of the article's text, in code points."""

    start: int
    end: int


class Interval(NamedTuple):
    """Half-open, in aware instants of the publication's zone; an open side is None."""

    start: dt.datetime | None
    end: dt.datetime | None


class Alternative(NamedTuple):
    """Another reading of an expression, less probable than the one given."""

    value: str
    interval: Interval | None
    confidence: float
    explanation: str


class TimeExpression(NamedTuple):
    """A time expression with its TIMEX3 value and how it was reached.

    `interval` is what the value covers in the publication's zone, None where it covers nothing definite. `anchor_id` names
    the expression or event that it counts from, "" for the publication. `confidence` is in 0..1.
    """

    id: str
    span: Span
    text: str
    type: TimeType
    value: str
    mod: Mod | None
    interval: Interval | None
    grain: Grain | None
    calendar: Calendar
    basis: Basis
    anchor_id: str
    confidence: float
    alternatives: tuple[Alternative, ...]
    rule: str
    explanation: str
    quant: str
    freq: str


class Participant(NamedTuple):
    """Who or where, as the words that say it."""

    role: Role
    span: Span
    text: str


class Event(NamedTuple):
    """Something that happened, is to happen, or is said not to.

    `trigger` is the word that names it, `clause` what is said of it; `text` is the clause's text. `interval` has the grain of a
    day or coarser (the clock time is in the expression that dates it), None where the text does not date the event.
    `times` are ids of the expressions that date it; `source_event_id` the statement that reports it; `same_as` an earlier
    mention of the same event; `salience` is how much it is worth showing, in 0..1. Ids that point nowhere are "".
    """

    id: str
    trigger: Span
    clause: Span
    text: str
    kind: str
    class_: EventClass
    modality: Modality
    tense: Tense
    interval: Interval | None
    grain: Grain | None
    relation: Relation | None
    times: tuple[str, ...]
    basis: Basis | None
    confidence: float
    explanation: str
    source_event_id: str
    participants: tuple[Participant, ...]
    same_as: str
    salience: float


class TimelineItem(NamedTuple):
    """Events that can't be told apart in time, and the interval they share."""

    interval: Interval
    event_ids: tuple[str, ...]


class TimelineWarning(NamedTuple):
    """A caution about the answer.

    `expression_id` names the expression that it is about, `event_ids` the events; both are empty where it is about the whole article.
    """

    code: WarningCode
    message: str
    expression_id: str
    event_ids: tuple[str, ...] = ()


class Timeline(NamedTuple):
    """`times` and `events` in text order, `items` in chronological order, events without a date apart.

    `lexicon_hash` names the tables of words that it was read by, `families` the rules and words of theirs that found something
    (timeline/families.py); the expressions of `resolve` have neither.
    """

    times: tuple[TimeExpression, ...]
    events: tuple[Event, ...]
    items: tuple[TimelineItem, ...]
    undated_event_ids: tuple[str, ...]
    warnings: tuple[TimelineWarning, ...]
    lexicon_hash: str = ""
    families: tuple[str, ...] = ()


class EventKind(NamedTuple):
    """A kind of event: its kebab-case name, its group, what belongs to it, and two example sentences or more.

    `words` are the dictionary forms of the words that name such an event: of a verb the past, of a noun the singular; then phrases.
    """

    name: str
    group: str
    definition: str
    class_: EventClass
    examples: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Publication:
    """When and where an article was published.

    `at` is an instant (a naive one is civil time in `zone`) or, where only the day is known, a date. `zone` is an IANA name,
    by default the main zone of `country`, else UTC. `country` is ISO 3166-1 alpha-2; `week_start` overrides its week.
    Raises InvalidArticle for a value of another type, and for one that is wrong whatever the tables of countries and zones say.
    """

    at: dt.datetime | dt.date | None = None
    zone: str = ""
    country: str = ""
    week_start: Weekday | None = None

    def __post_init__(self) -> None:
        """Check what can be checked without a table."""
        _check("article.publication.publish_time", self.at, (dt.date, NoneType), "a datetime or a date of Python")
        _check("article.publication.time_zone", self.zone, str, "a string such as 'Africa/Cairo'")
        _check("article.publication.country", self.country, str, "a string such as 'EG'")
        _check("article.publication.week_start", self.week_start, (Weekday, NoneType), "a Weekday")
        if self.zone in ZONES_OF_THE_MACHINE:
            reason = f"{self.zone!r} is no IANA time zone but the machine's own: write one such as Africa/Cairo"
            raise InvalidArticle("article.publication.time_zone", reason)
        if self.country != (capitals := self.country.upper()) and len(capitals) == 2 and capitals.isascii():
            raise InvalidArticle("article.publication.country", f"{self.country!r} is not in capitals: write {capitals}")


@dataclass(frozen=True, slots=True)
class Article:
    """The text as published (spans count into exactly this text) and its context; `id` is the caller's and is echoed.

    Raises InvalidArticle for a value of another type.
    """

    text: str
    publication: Publication | None = None
    id: str = ""

    def __post_init__(self) -> None:
        """Check the types: callers that no type checker watches get a sentence, not a traceback from the inside."""
        _check("article.text", self.text, str, "a string")
        _check("article.publication", self.publication, (Publication, NoneType), "a Publication")
        _check("article.id", self.id, str, "a string")


def _check(field: str, value: object, kinds: type | tuple[type, ...], wanted: str) -> None:
    if not isinstance(value, kinds):
        raise InvalidArticle(field, f"must be {wanted}, not {type(value).__name__}")
