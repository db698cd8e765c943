"""Measures events on annotated articles: found, linked, dated, ordered; prints figures and, last, one line of JSON.

It reads the files that its command line names, without any those of tests/corpus/articles; their format is that of
bench/gold.py, with `events` (start, end, modality, timex, begin, end_at, same_as) and `order` (groups of event ids). It judges nothing.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from bench.gold import CORPUS, article_of
from timeline import Event, Extractor, Timeline

ARTICLES = CORPUS / "articles"


class Scored(NamedTuple):
    """Counts over articles, by the names that `report` divides."""

    counts: Counter[str]

    def share(self, part: str, whole: str) -> float:
        """Return a share, 1 of nothing."""
        return self.counts[part] / self.counts[whole] if self.counts[whole] else 1.0


def score(rows: list[dict[str, Any]], extractor: Extractor) -> Scored:
    """Extract each annotated article and count what is right."""
    counts: Counter[str] = Counter()
    for row in rows:
        counts.update(_score(row, extractor.extract(article_of(row))))
    return Scored(counts)


def _score(row: dict[str, Any], found: Timeline) -> Counter[str]:
    n: Counter[str] = Counter()
    events, zone = row["events"], ZoneInfo(row["zone"])
    met = {event["id"]: other for event, other in _pairs(events, found.events)}
    texts = {time["id"]: (time["start"], time["end"]) for time in row["timexes"]}
    spans = {time.id: time.span for time in found.times}
    rank = {id_: k for k, item in enumerate(found.items) for id_ in item.event_ids}
    for event in events:
        n["events"] += 1
        other = met.get(event["id"])
        n["found"] += other is not None
        n["modality"] += other is not None and _modality(other) == event["modality"]
        if event.get("timex"):
            n["links"] += 1
            start, end = texts[event["timex"]]
            near = () if other is None else (spans[id_] for id_ in other.times)
            n["linked"] += any(span.start < end and start < span.end for span in near)
        bounds = _day(event.get("begin")), _day(event.get("end_at"))
        if all(bounds):
            n["dates"] += 1
            n["dated"] += other is not None and _bounds(other, zone) == bounds
        if event.get("same_as"):
            first = met.get(event["same_as"])
            n["repeats"] += 1
            n["joined"] += other is not None and first is not None and _root(other, found) == _root(first, found)
    groups = {id_: k for k, group in enumerate(row["order"]) for id_ in group}
    for a, b in itertools.combinations(groups, 2):
        if groups[a] == groups[b]:
            continue
        first, second = (a, b) if groups[a] < groups[b] else (b, a)
        places = [rank.get(met[id_].id) if id_ in met else None for id_ in (first, second)]
        n["pairs"] += 1
        if None not in places:
            n["ordered"] += places[0] < places[1]  # type: ignore[operator]  # neither is None
            n["contradicted"] += places[0] > places[1]  # type: ignore[operator]
    return n


def _pairs(events: list[dict[str, Any]], found: tuple[Event, ...]) -> Iterator[tuple[dict[str, Any], Event]]:
    """Yield which answer meets which annotation: one to one, the longest overlap first."""
    edges = sorted(
        (
            (min(event["end"], other.trigger.end) - max(event["start"], other.trigger.start), i, j)
            for i, event in enumerate(events)
            for j, other in enumerate(found)
        ),
        reverse=True,
    )
    left: set[int] = set()
    right: set[int] = set()
    for overlap, i, j in edges:
        if overlap > 0 and i not in left and j not in right:
            left.add(i)
            right.add(j)
            yield events[i], found[j]


def _root(event: Event, found: Timeline) -> str:
    """Return the first mention of an event."""
    earlier = {other.id: other.same_as for other in found.events}
    id_ = event.id
    while earlier[id_]:
        id_ = earlier[id_]
    return id_


def _modality(event: Event) -> str:
    """Return the modality in the four words of the annotation."""
    return _COARSE.get(event.modality.name, event.modality.name).lower()


_COARSE = {"EXPECTED": "planned", "POSSIBLE": "hypothetical", "DENIED": "negated"}


def _bounds(event: Event, zone: ZoneInfo) -> tuple[dt.datetime | None, dt.datetime | None]:
    if event.interval is None:
        return None, None
    start, end = event.interval
    return start and start.astimezone(zone).replace(tzinfo=None), end and end.astimezone(zone).replace(tzinfo=None)


def _day(text: str | None) -> dt.datetime | None:
    if not text or "T" in text:
        return None
    year, month, day = ([*map(int, text.split("-")), 1, 1])[:3]
    return dt.datetime(year, month, day)  # noqa: DTZ001  civil time


def rows_of(paths: list[Path]) -> list[dict[str, Any]]:
    """Return the annotated articles of the files that have events."""
    lines = (line for path in paths for line in path.read_text(encoding="utf-8").split("\n") if line.strip())
    return [row for row in map(json.loads, lines) if row.get("events")]


SHARES = (
    ("found", "events"), ("modality", "found"), ("linked", "links"), ("dated", "dates"), ("joined", "repeats"), ("ordered", "pairs"),
    ("contradicted", "pairs"),
)  # fmt: skip


def main() -> None:
    """Print the figures of each file."""
    extractor = Extractor()
    paths = [Path(name) for name in sys.argv[1:]] or sorted(ARTICLES.glob("*.jsonl"))
    told: dict[str, dict[str, float]] = {}
    for path in paths:
        rows = rows_of([path])
        if not rows:
            continue
        scored = score(rows, extractor)
        figures = told[path.stem] = {part: round(scored.share(part, whole), 3) for part, whole in SHARES}
        wholes = ", ".join(f"{part} {figures[part]} of {scored.counts[whole]}" for part, whole in SHARES)
        print(f"{path.stem}: {len(rows)} articles: {wholes}")
    print(json.dumps(told))


if __name__ == "__main__":
    main()
