"""An event or a time of an answer, taken apart by what a difference in it means.

Ids are positions (`e3` is the third event), so where one engine finds an event more, all later ids differ. Links are
therefore resolved to the spans that they lead to before anything is compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

Fields = Mapping[str, object]
Span = tuple[int, int]

WEIGHTS = frozenset({"confidence", "salience", "explanation"})
LINKS = frozenset({"times", "sourceEventId", "sameAs", "anchorId"})
ALTERNATIVES = "alternatives"


class Sort(NamedTuple):
    """What the fields of events, or of times, are about.

    `place` is the span that a finding is known by, `name` its kind or type, `date` says when it is, `sources` what that
    rests on. The fields of neither, and not of WEIGHTS, are facts; `own` ones say nothing by themselves.
    """

    place: str
    clause: str
    name: str
    date: frozenset[str]
    sources: frozenset[str]
    own: frozenset[str]


EVENT = Sort(
    "trigger",
    "clause",
    "kind",
    date=frozenset({"interval", "grain", "relation"}),
    sources=frozenset({"basis", "times"}),
    own=frozenset({"id", "text", "trigger"}),
)
TIME = Sort(
    "span",
    "span",
    "type",
    date=frozenset({"interval", "value"}),
    sources=frozenset({"basis", "rule", "anchorId", ALTERNATIVES}),
    own=frozenset({"id", "text", "span"}),
)


class Malformed(Exception):
    """A message is shaped unlike any that the engine writes."""


class Target(NamedTuple):
    """What an id leads to."""

    span: Span
    words: str
    rule: str


Targets = Mapping[str, Target]


class Sentence(NamedTuple):
    """Words of a text, and those before and behind them that make sense of them."""

    before: str
    words: str
    behind: str

    def at(self, clause: Span, span: Span) -> Sentence | None:
        """Return the same sentence around other words of it, None where they do not stand in it."""
        whole = "".join(self)
        (first, last), (start, end) = clause, span
        if not first <= start <= end <= last or len(whole) != last - first:
            return None
        return Sentence(whole[: start - first], whole[start - first : end - first], whole[end - first :])


class Finding(NamedTuple):
    """An event or a time: its message, what the ids in it lead to, its span, and the item of the timeline that an event is in."""

    sort: Sort
    fields: Fields
    targets: Targets
    span: Span
    item: int | None

    @property
    def name(self) -> str:
        """The kind of an event, the type of a time."""
        return text(self.fields, self.sort.name)

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that read a time, or the times that date an event."""
        if self.sort is TIME:
            return (text(self.fields, "rule"),)
        times = self.fields.get("times")
        ids = times if isinstance(times, list) else []
        return tuple(dict.fromkeys(self.targets[each].rule for each in ids if isinstance(each, str) and each in self.targets))

    @property
    def clause(self) -> Span:
        """The span of the clause of an event, of a time its own."""
        try:
            return span(self.fields, self.sort.clause)
        except Malformed:
            return self.span

    @property
    def sentence(self) -> Sentence:
        """The clause of an event around its trigger; the words of a time."""
        words = Sentence("", text(self.fields, "text"), "")
        return words.at(self.clause, self.span) or words

    def part(self, names: frozenset[str]) -> Fields:
        """Return the fields of these names that say anything, each in a form in which equal ones mean the same."""
        return {name: self._canonical(name, value) for name, value in self.fields.items() if name in names and stated(value)}

    def facts(self) -> Fields:
        """Return the fields that are neither date nor sources nor weights, as `part` does."""
        sort = self.sort
        return self.part(frozenset(self.fields.keys() - sort.date - sort.sources - sort.own - WEIGHTS))

    def weights(self) -> Fields:
        """Return how sure and important it is and in which words; other readings are weighed in themselves."""
        return {name: value for name, value in self.fields.items() if name in WEIGHTS or name == ALTERNATIVES}

    def _canonical(self, name: str, value: object) -> object:
        if name in LINKS:
            ids = value if isinstance(value, list) else [value]
            return sorted(self.targets[each].span for each in ids if isinstance(each, str) and each in self.targets)
        if name in UNORDERED and isinstance(value, list):
            said = UNORDERED[name]
            return sorted(repr([each.get(name) for name in said]) for each in value if isinstance(each, dict))
        return value


UNORDERED = {"participants": ("role", "span"), ALTERNATIVES: ("value", "interval")}
"""Lists whose order means nothing here, and the fields of their members that say what they are."""


def stated(value: object) -> bool:
    """Tell whether a field says anything: protobuf leaves its default values out, but need not."""
    return bool(value) and not (isinstance(value, str) and value.endswith("_UNSPECIFIED"))


def span(fields: Fields, name: str) -> Span:
    """Return the span in a field; raises Malformed where there is none."""
    ends = fields.get(name)
    if not isinstance(ends, dict):
        raise Malformed(f"an event or a time in it has no {name}")
    start, end = ends.get("start", 0), ends.get("end", 0)
    if not isinstance(start, int) or not isinstance(end, int):
        raise Malformed(f"the ends of a {name} in it are no numbers")
    return start, end


def text(fields: Fields, name: str) -> str:
    """Return a field that is text, "" where there is none."""
    found = fields.get(name)
    return found if isinstance(found, str) else ""
