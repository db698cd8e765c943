"""A draft: an event while the stages add to it. It lives inside one extraction only."""

from __future__ import annotations

import datetime as dt

from timeline.model import Basis, EventClass, Grain, Modality, Participant, Relation, Tense
from timeline.text.clauses import Clause
from timeline.text.vocabulary import Lemma


def tomorrow(today: dt.date | None) -> dt.datetime | None:
    """Return the civil instant at which a day ends, None for the calendar's last day and for no day."""
    if today is None or (today.year, today.month, today.day) == (dt.MAXYEAR, 12, 31):
        return None
    return dt.datetime.combine(today, dt.time()) + dt.timedelta(days=1)


class Draft:
    """An event being built. `word` to `last` are its trigger's words, `start` and `end` naive civil bounds at day grain or coarser.

    `own` says that a time of its own dates it; `fine` is the finest begin known, for order inside a day; `before` holds the
    drafts that explicit words put after this one.
    """

    __slots__ = (
        "after_since", "agent", "attributes", "basis", "before", "clause", "clause_index", "confidence", "end", "fine", "grain", "id",
        "kind", "last", "lemma", "main", "modality", "noun", "opener", "own", "relation", "same_as", "side", "since", "source", "start",
        "tense", "times", "type", "why", "word",
    )  # fmt: skip

    def __init__(
        self, word: int, lemma: Lemma, clause: Clause, clause_index: int, tense: Tense, modality: Modality, *, noun: bool
    ) -> None:
        """Start with what the words alone say."""
        self.word = self.last = word
        self.lemma = lemma
        self.kind = lemma.kind
        self.type: EventClass = lemma.class_
        self.clause = clause
        self.clause_index = clause_index
        self.tense = tense
        self.modality = modality
        self.noun = noun
        self.id = ""
        self.times: list[int] = []
        self.relation: Relation | None = None
        self.start: dt.datetime | None = None
        self.end: dt.datetime | None = None
        self.fine: dt.datetime | None = None
        self.grain: Grain | None = None
        self.basis: Basis | None = None
        self.confidence = 0.9
        self.why = ""
        self.own = False
        self.side: int | None = None
        self.main: Draft | None = None  # the event of its clause: the verb, or the noun that تم carries
        self.opener: int | None = None  # -1 after بعد أن, 1 after قبل أن
        self.attributes = False  # وفق ما أكده: it names the source of what is told
        self.after_since = False  # منذ stands before it
        self.since: Draft | None = None  # the event that this one has lasted since
        self.source: Draft | None = None
        self.same_as: Draft | None = None
        self.agent: Participant | None = None
        self.before: list[Draft] = []

    @property
    def dated(self) -> bool:
        """Tell whether it has a bound in time on at least one side."""
        return self.start is not None or self.end is not None

    def take(self, source: Draft, why: str, sure: float) -> None:
        """Take the time of another event, less sure by a factor; what was taken twice is told once."""
        self.start, self.end, self.grain, self.relation = source.start, source.end, source.grain, source.relation
        self.times = self.times or list(source.times)
        self.basis = Basis.INFERRED
        self.confidence = round(sure * source.confidence, 3)
        self.why = source.why if source.why.startswith(why) else f"{why}: {source.why}"

    def bound(self, relation: Relation, why: str) -> None:
        """Say that its bounds, if it has any, only place it before or after something."""
        if self.dated:
            self.relation, self.basis, self.confidence, self.grain, self.why = relation, Basis.INFERRED, 0.5, Grain.DAY, why
