"""A draft: an event while the stages add to it. It lives inside one extraction only."""

from __future__ import annotations

import datetime as dt

from timeline.model import Basis, EventClass, Grain, Modality, Participant, Relation, Tense
from timeline.reasons import Because, Reason
from timeline.text.clauses import Clause
from timeline.text.vocabulary import Lemma


def tomorrow(today: dt.date | None) -> dt.datetime | None:
    """Return the civil instant at which a day ends, None for the calendar's last day and for no day."""
    if today is None or (today.year, today.month, today.day) == (dt.MAXYEAR, 12, 31):
        return None
    return dt.datetime.combine(today, dt.time()) + dt.timedelta(days=1)


_STATE = EventClass.STATE
_TOGETHER = frozenset((Because.WITH_SETTING, Because.SAME_EVENT, Because.SAID_WITH_REPORT))


class Draft:
    """An event being built. `word` is its trigger, `start` and `end` are naive civil bounds at day grain or coarser."""

    __slots__ = (
        "after_since", "aside", "attributes", "basis", "clause", "clause_index", "confidence", "count", "end", "exact",
        "fine", "firm", "grain", "habit", "headline", "id", "kind", "lean", "lemma", "main", "modality", "noun", "number", "object",
        "opener", "own", "participants", "relation", "salience", "same_as", "side", "since", "source", "start", "stuck", "tense", "times",
        "type", "vague", "why", "word",
    )  # fmt: skip

    def __init__(
        self, word: int, lemma: Lemma, clause: Clause, clause_index: int, tense: Tense, modality: Modality, *, noun: bool
    ) -> None:
        """Start with what the words alone say."""
        self.word = word
        self.lemma = lemma
        self.kind = lemma.kind
        self.type: EventClass = lemma.class_
        self.clause = clause
        self.clause_index = clause_index
        self.tense = tense
        self.modality = modality
        self.noun = noun
        self.id = ""
        self.number = 0  # its place among the events
        self.why: Reason | str = ""  # of a time of its own, its explanation
        self.times: tuple[int, ...] = ()  # the numbers of the expressions that date it
        self.confidence = 0.9
        self.exact = False  # that begin is a clock time, and no part of a day
        self.firm = False  # that time is a date, and no "recently" or "now"
        self.habit = False  # told in the imperfect of the past: كانوا يصلون
        self.stuck = False  # it has a time that is not resolved, or lasted longer than a day: nothing else dates it
        self.lean: dt.datetime | None = None  # the day that it most likely is of, for order alone
        self.vague = False  # its bounds only say what it lies between
        self.headline = False  # it stands in the headline
        self.own = False  # a time of its own dates it
        self.aside = False  # in a relative clause, or one without a relative after an indefinite noun: it says more of a noun
        self.attributes = False  # وفق ما أكده: it names the source of what is told
        self.after_since = False  # منذ stands before it
        self.start: dt.datetime | None = None
        self.end: dt.datetime | None = None
        self.count: tuple[float, Grain] | None = None  # so much time after what is told before: بعد ساعتين
        self.fine: dt.datetime | None = None  # the finest begin known, for order inside a day
        self.grain: Grain | None = None
        self.basis: Basis | None = None
        self.relation: Relation | None = None
        self.side: int | None = (
            None  # of a noun under a preposition of time: before (-1), with (0), after (1) its clause's event
        )
        self.opener: int | None = None  # -1 after بعد أن, 1 after قبل أن
        self.object = -1  # the word of the noun that a light verb carries
        self.main: Draft | None = None  # the event of its clause: the verb, or the noun that تم carries
        self.since: Draft | None = None  # the event that this one has lasted since
        self.source: Draft | None = None
        self.same_as: Draft | None = None
        self.salience = 0.0
        self.participants: tuple[Participant, ...] = ()  # in text order, one a role at most

    @property
    def dated(self) -> bool:
        """Tell whether it has a bound in time on at least one side."""
        return self.start is not None or self.end is not None

    @property
    def lasting(self) -> bool:
        """Tell whether it is a state or a habit, which the day of something else does not date."""
        return self.habit or self.type is _STATE

    def take(self, source: Draft, why: Because, sure: float) -> None:
        """Take the time of another event, less sure by a factor; what was taken twice is told once."""
        self.start, self.end, self.grain, self.relation = source.start, source.end, source.grain, source.relation
        self.times = self.times or source.times
        self.vague = source.vague
        self.basis = Basis.INFERRED
        self.confidence = round(sure * source.confidence, 3)
        if why in _TOGETHER:
            self.fine = source.fine
        self.why = source.why if isinstance(source.why, Reason) and source.why.because is why else Reason(why, (source.why,))

    def bound(self, relation: Relation, why: Because) -> None:
        """Say that its bounds, if it has any, only place it before or after something."""
        if self.dated:
            self.relation, self.basis, self.confidence, self.grain = relation, Basis.INFERRED, 0.5, Grain.DAY
            self.why, self.vague = Reason(why), True
