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
EVENT_DATE, EVENT_SOURCES = frozenset({"interval", "grain", "relation"}), frozenset({"basis", "times"})
TIME_DATE = frozenset({"interval", "value"})
TIME_SOURCES = frozenset({"basis", "rule", "anchorId", "alternatives"})
OWN = frozenset({"id", "text"})
"""What says nothing by itself: a position, and the words of a span."""


class Malformed(Exception):
    """A message is shaped unlike any that the engine writes."""


class Target(NamedTuple):
    """What an id leads to."""

    sort: str
    span: Span
    words: str
    rule: str


class Sentence(NamedTuple):
    """Words of a text, and those before and behind them that make sense of them."""

    before: str
    words: str
    behind: str


class Finding(NamedTuple):
    """An event (by the span of its trigger) or a time.

    `date` is when it is, `sources` what that rests on, `facts` what else is said of it, `weights` how sure and how
    important it is and in which words. `name` is the kind of an event, `rules` read the words that date it, `place` is
    the item of the timeline that an event stands in. `fields` is the message itself with `targets` for its links.
    """

    span: Span
    sentence: Sentence
    clause: Span
    name: str
    rules: tuple[str, ...]
    place: int | None
    date: Fields
    sources: Fields
    facts: Fields
    weights: Fields
    fields: Fields
    targets: Mapping[str, Target]


def stated(value: object) -> bool:
    """Tell whether a field says anything: protobuf leaves its default values out, but need not."""
    return bool(value) and not (isinstance(value, str) and value.endswith("_UNSPECIFIED"))


def part(fields: Fields, names: frozenset[str], targets: Mapping[str, Target]) -> Fields:
    """Return the fields of these names that say anything, each in a form in which equal ones mean the same."""
    return {name: canonical(name, fields[name], targets) for name in names if name in fields and stated(fields[name])}


def canonical(name: str, value: object, targets: Mapping[str, Target]) -> object:
    """Return a field's value without ids and without an order that means nothing."""
    if name in LINKS:
        ids = value if isinstance(value, list) else [value]
        return sorted((targets[each].sort, *targets[each].span) for each in ids if isinstance(each, str) and each in targets)
    if name == "alternatives" and isinstance(value, list):
        return sorted(repr((each.get("value"), interval(each))) for each in value if isinstance(each, dict))
    if name == "participants" and isinstance(value, list):
        return sorted(repr((each.get("role"), span(each, "span"))) for each in value if isinstance(each, dict))
    if name == "clause":
        return span({name: value}, name)
    return tuple(interval({name: value})) if name == "interval" else value


def interval(fields: Fields) -> tuple[str, str]:
    """Return the two instants of an interval as they are written, "" for an open side; raises Malformed for no interval."""
    sides = fields.get("interval") or {}
    if not isinstance(sides, dict):
        raise Malformed("an interval is no object")
    return str(sides.get("startTime", "")), str(sides.get("endTime", ""))


def span(fields: Fields, name: str) -> Span:
    """Return the span in a field; raises Malformed where there is none."""
    ends = fields.get(name)
    if not isinstance(ends, dict):
        raise Malformed(f"it has no {name}")
    start, end = ends.get("start", 0), ends.get("end", 0)
    if not isinstance(start, int) or not isinstance(end, int):
        raise Malformed(f"the ends of its {name} are no numbers")
    return start, end


def text(fields: Fields, name: str) -> str:
    """Return a field that is text, "" where it is missing; raises Malformed where it is something else."""
    found = fields.get(name, "")
    if not isinstance(found, str):
        raise Malformed(f"its {name} is no text")
    return found
