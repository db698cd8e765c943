"""What a comparison of two runs found: counts, and the first cases of each category. Frozen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from client.diff.compare import Category
from client.diff.finding import Fields, Sentence, Span
from client.diff.record import Engine

Counts = Mapping[Category, int]


class Run(NamedTuple):
    """One of the runs: its path, and how many answers each engine gave."""

    path: str
    engines: Mapping[Engine, int]


class Articles(NamedTuple):
    """Articles by what became of them; each counts once. Failed are those for which the engine gave an error record."""

    same: int = 0
    reworded: int = 0
    changed: int = 0
    only_old: int = 0
    only_new: int = 0
    failed_old: int = 0
    failed_new: int = 0
    failed_both: int = 0

    @property
    def compared(self) -> int:
        """Articles with an answer in both runs."""
        return self.same + self.reworded + self.changed

    @property
    def different(self) -> int:
        """Articles of which the runs do not say the same."""
        return self.changed + self.only_old + self.only_new + self.failed_old + self.failed_new


class Group(NamedTuple):
    """What became of the times and of the events of a rule or a kind."""

    times: Counts
    events: Counts


class Place(NamedTuple):
    """How an event lies to another: which, and `before`, `after` or `with` it in each run."""

    words: str
    span: Span
    old: str
    new: str


class Case(NamedTuple):
    """One change, with both sides as their messages have it but for ids: links are spans and words."""

    article: str
    category: Category
    sentence: Sentence
    span: Span
    name: str
    rules: tuple[str, ...]
    fields: tuple[str, ...]
    old: Fields | None
    new: Fields | None
    place: Place | None


class Report(NamedTuple):
    """All of it. `fields` counts the fields that tell changed events and times apart, `ids` names articles by what became of them."""

    old: Run
    new: Run
    articles: Articles
    times: Counts
    events: Counts
    warnings_added: int
    warnings_removed: int
    truncations: int
    event_fields: Mapping[str, int]
    time_fields: Mapping[str, int]
    rules: Mapping[str, Group]
    kinds: Mapping[str, Counts]
    time_cases: Mapping[Category, Sequence[Case]]
    event_cases: Mapping[Category, Sequence[Case]]
    ids: Mapping[str, Sequence[str]]
    strict: bool
    """Whether what is merely reworded counts as a difference."""

    @property
    def different(self) -> bool:
        """Whether there is any difference."""
        return bool(self.articles.different or (self.strict and self.articles.reworded))
