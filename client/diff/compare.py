"""What changed from one answer to another about one article. Pure."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from client.diff.answer import Answer
from client.diff.finding import Fields, Finding, Span
from client.diff.order import moved


class Category(enum.StrEnum):
    """What became of an event or a time."""

    ADDED = "added"
    REMOVED = "removed"
    REDATED = "redated"
    CHANGED = "changed"
    REORDERED = "reordered"
    REWORDED = "reworded"


class Beside(NamedTuple):
    """An event that another lies otherwise to than before, and how it did and does: `before`, `after`, `with`."""

    other: Finding
    old: str
    new: str


class Change(NamedTuple):
    """One thing that became of an event or a time: what it was, what it is, and the fields that tell the two apart."""

    category: Category
    old: Finding | None
    new: Finding | None
    fields: tuple[str, ...] = ()
    beside: Beside | None = None


class Changes(NamedTuple):
    """What became of an article, in text order."""

    times: tuple[Change, ...]
    events: tuple[Change, ...]
    warnings_added: int
    warnings_removed: int
    truncation: bool
    """Whether one of the answers was cut and the other was not."""
    reworded: bool
    """Whether anything else differs: wording or weights, of warnings too."""


def compare(old: Answer, new: Answer) -> Changes:
    """Return what changed; an event counts once in each category that it belongs to, and as reworded in no other."""
    before, after = Counter(old.warnings), Counter(new.warnings)
    events = _matched(old.events, new.events)
    alike = old.targets == new.targets
    return Changes(
        times=tuple(_of_all(_matched(old.times, new.times), {}, alike=alike)),
        events=tuple(_of_all(events, _beside(events), alike=alike)),
        warnings_added=(after - before).total(),
        warnings_removed=(before - after).total(),
        truncation=old.truncated != new.truncated,
        reworded=old.said != new.said,
    )


Key = tuple[Span, int]
Matched = Mapping[Key, tuple[Finding | None, Finding | None]]
"""Findings of both sides by span, those of one span in their order."""


def _matched(olds: Iterable[Finding], news: Iterable[Finding]) -> Matched:
    old, new = _numbered(olds), _numbered(news)
    return {key: (old.get(key), new.get(key)) for key in sorted(old.keys() | new.keys())}


def _numbered(findings: Iterable[Finding]) -> dict[Key, Finding]:
    seen: Counter[Span] = Counter()
    numbered = {}
    for each in findings:
        numbered[each.span, seen[each.span]] = each
        seen[each.span] += 1
    return numbered


def _of_all(matched: Matched, beside: Mapping[Key, Beside], *, alike: bool) -> Iterator[Change]:
    """Yield the changes of all; where ids lead to the same on both sides, equal messages mean the same."""
    for key, (old, new) in matched.items():
        if not old or not new:
            yield Change(Category.ADDED if new else Category.REMOVED, old, new)
        elif not alike or key in beside or old.fields != new.fields:
            yield from _of_one(old, new, beside.get(key))


def _of_one(old: Finding, new: Finding, beside: Beside | None) -> Iterator[Change]:
    date, sources, facts = _dates(old, new), _sources(old, new), _differing(old.facts(), new.facts())
    if date:
        # What a date rests on mostly changes with the date, and then is no change of its own.
        yield Change(Category.REDATED, old, new, (*date, *sources))
    elif sources:
        facts = (*facts, *sources)
    if facts:
        yield Change(Category.CHANGED, old, new, facts)
    if beside:
        yield Change(Category.REORDERED, old, new, (), beside)
    if not date and not facts and not beside and (weights := _differing(old.weights(), new.weights())):
        yield Change(Category.REWORDED, old, new, weights)


def _dates(old: Finding, new: Finding) -> tuple[str, ...]:
    """Return the fields by which two dates differ."""
    if all(old.fields.get(name) == new.fields.get(name) for name in old.sort.date):
        return ()
    return _differing(old.part(old.sort.date), new.part(new.sort.date))


def _sources(old: Finding, new: Finding) -> tuple[str, ...]:
    """Return the fields by which what two dates rest on differs."""
    return _differing(old.part(old.sort.sources), new.part(new.sort.sources))


def _differing(old: Fields, new: Fields) -> tuple[str, ...]:
    return () if old == new else tuple(sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name)))


def _beside(matched: Matched) -> dict[Key, Beside]:
    """Return the events that kept their date and lie otherwise to another that kept its own, each with such another."""
    keys, stayed = [], []
    for key, (old, new) in matched.items():
        if old and new and old.item is not None and new.item is not None and not _dates(old, new):
            keys.append(key)
            stayed.append((old, new, (old.item, new.item)))
    places = [each[2] for each in stayed]
    return {
        keys[index]: Beside(
            stayed[other][1], _lies(places[index][0], places[other][0]), _lies(places[index][1], places[other][1])
        )
        for index, other in moved(places)
    }


def _lies(place: int, other: int) -> str:
    return "with" if place == other else "before" if place < other else "after"
