"""Counts what became of articles as they come, in memory that does not grow with them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import partial
from typing import TypeVar

from client.diff.answer import Answer, read
from client.diff.case import case, names, rules
from client.diff.compare import Category, Change, Changes, compare
from client.diff.first import First
from client.diff.pair import Pair, Runs
from client.diff.record import UNKNOWN, Engine, engine, label, same
from client.diff.report import Articles, Case, Group, Report, Run

Name = TypeVar("Name", str, Engine)
NONE = "none"
"""The rule of events without a time that dates them, and the name of what has none."""
MOST_NAMES = 1000
"""Engines, rules, kinds or fields that are told apart: far more than there are, unless somebody makes them up."""
OTHERS = "others"


class Sort:
    """What became of the times, or of the events, of all articles."""

    def __init__(self, most: int) -> None:
        self.counts: Counter[Category] = Counter()
        self.fields: Counter[str] = Counter()
        self.rules: defaultdict[str, Counter[Category]] = defaultdict(Counter)
        self.kinds: defaultdict[str, Counter[Category]] = defaultdict(Counter)
        self.cases = {category: First[Case](most) for category in Category}

    def add(self, change: Change) -> None:
        """Count a change."""
        self.counts[change.category] += 1
        for rule in rules(change) or (NONE,):
            self.rules[_bounded(self.rules, rule or NONE)][change.category] += 1
        for name in names(change):
            self.kinds[_bounded(self.kinds, name or NONE)][change.category] += 1
        if change.category is Category.CHANGED:
            for field in change.fields:
                self.fields[_bounded(self.fields, field)] += 1

    def shown(self) -> Mapping[Category, tuple[Case, ...]]:
        """Return the cases that were kept."""
        return {category: first.all() for category, first in self.cases.items()}


class Tally:
    """Takes pair after pair, and reports at the end."""

    def __init__(self, runs: Runs, most: int, *, strict: bool) -> None:
        self._runs = runs
        self._strict = strict
        self._articles: Counter[str] = Counter()
        self._engines: tuple[Counter[Engine], Counter[Engine]] = (Counter(), Counter())
        self._ids = {name: First[str](most) for name in Articles._fields if name not in ("same", "changed", "failed_both")}
        self._times, self._events = Sort(most), Sort(most)
        self._rest: Counter[str] = Counter()

    def add(self, pair: Pair) -> None:
        """Count what became of an article."""
        for counts, record in zip(self._engines, pair[:2], strict=True):
            if record and (found := engine(record)) != UNKNOWN:
                counts[found if found in counts or len(counts) < MOST_NAMES else UNKNOWN] += 1
        became = self._became(pair)
        self._articles[became] += 1
        if became in self._ids:
            article, ordinal = _named(pair)
            self._ids[became].add((article, ordinal, 0), partial(str, article))

    def report(self) -> Report:
        """Return what was counted."""
        times, events = self._times, self._events
        return Report(
            old=Run(self._runs.old, _sorted(self._engines[0])),
            new=Run(self._runs.new, _sorted(self._engines[1])),
            articles=Articles(**self._articles),
            times=times.counts,
            events=events.counts,
            warnings_added=self._rest["added"],
            warnings_removed=self._rest["removed"],
            truncations=self._rest["truncations"],
            event_fields=_sorted(events.fields),
            time_fields=_sorted(times.fields),
            rules=self._by_rule(),
            kinds={
                name: events.kinds[name] for name in sorted(events.kinds, key=lambda name: (-_weight(events.kinds[name]), name))
            },
            time_cases=times.shown(),
            event_cases=events.shown(),
            ids={name: first.all() for name, first in self._ids.items()},
            strict=self._strict,
        )

    def _became(self, pair: Pair) -> str:
        old, new, equal = pair
        if old and equal:
            return "failed_both" if label(old).failed else "same"
        failed_old, failed_new = bool(old and label(old).failed), bool(new and label(new).failed)
        if failed_old or failed_new:
            return "failed_both" if failed_old and failed_new else "failed_old" if failed_old else "failed_new"
        if old is None or new is None:
            return "only_old" if old else "only_new"
        return "same" if same(old, new) else self._compared(pair, read(old), read(new))

    def _compared(self, pair: Pair, old: Answer, new: Answer) -> str:
        changes = compare(old, new)
        article, ordinal = _named(pair)
        for sort, found in ((self._times, changes.times), (self._events, changes.events)):
            for place, change in enumerate(found):
                sort.add(change)
                sort.cases[change.category].add((article, ordinal, place), partial(case, article, change, old, new))
        self._rest.update(added=changes.warnings_added, removed=changes.warnings_removed, truncations=changes.truncation)
        return _verdict(changes)

    def _by_rule(self) -> Mapping[str, Group]:
        times, events = self._times.rules, self._events.rules
        found = {name: Group(times.get(name, Counter()), events.get(name, Counter())) for name in times.keys() | events.keys()}
        return dict(sorted(found.items(), key=lambda item: (-_weight(item[1].times) - _weight(item[1].events), item[0])))


def _verdict(changes: Changes) -> str:
    counted = (*changes.times, *changes.events)
    if any(change.category is not Category.REWORDED for change in counted):
        return "changed"
    if changes.warnings_added or changes.warnings_removed or changes.truncation:
        return "changed"
    return "reworded" if changes.reworded else "same"


def _named(pair: Pair) -> tuple[str, int]:
    """Return the id of an article and its place in the old run, or in the new one if it is only there."""
    record = pair.old or pair.new
    if record is None:
        raise AssertionError("a pair of nothing")
    return label(record).article.decode(errors="backslashreplace"), record.ordinal


def _bounded(known: Mapping[str, object], name: str) -> str:
    return name if name in known or len(known) < MOST_NAMES else OTHERS


def _weight(counts: Mapping[Category, int]) -> int:
    """Return how many of them there are, but for what is merely reworded."""
    return sum(count for category, count in counts.items() if category is not Category.REWORDED)


def _sorted(counts: Mapping[Name, int]) -> dict[Name, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
