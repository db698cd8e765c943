"""The annotated articles of tests/corpus/articles: sound themselves, and how well events are found, dated and ordered in them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from bench.events import ARTICLES, SHARES, rows_of, score
from timeline import Extractor

HALVES = sorted(ARTICLES.glob("*.jsonl"))
ROWS = rows_of(HALVES)
NAMES = [row["id"] for row in ROWS]

# What the engine reached, rounded down; "contradicted" is the most. Less than this is a step back.
FLOORS = {
    "developed": {
        "found": 0.94,
        "modality": 0.93,
        "linked": 0.8,
        "dated": 0.66,
        "joined": 0.3,
        "ordered": 0.79,
        "contradicted": 0.06,
    },
    "held": {
        "found": 0.93,
        "modality": 0.86,
        "linked": 0.8,
        "dated": 0.46,
        "joined": 0.1,
        "ordered": 0.66,
        "contradicted": 0.1,
    },
}


def test_there_are_two_halves_of_ten_articles_and_more() -> None:
    assert {path.stem: len(rows_of([path])) >= 10 for path in HALVES} == {"developed": True, "held": True}
    assert len(set(NAMES)) == len(NAMES)
    assert all(150 <= len(row["text"].split()) <= 400 for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_an_annotation_is_sound(row: dict[str, Any]) -> None:
    for marked in (*row["timexes"], *row["events"]):
        assert row["text"][marked["start"] : marked["end"]] == marked["text"].strip() != ""
    times, events = {time["id"] for time in row["timexes"]}, [event["id"] for event in row["events"]]
    assert len(times) + len(set(events)) == len(row["timexes"]) + len(row["events"])
    for event in row["events"]:
        assert event.get("timex") in {None, "", *times}
        assert event.get("same_as") in {None, "", *events} - {event["id"]}
        bounds = [dt.datetime.fromisoformat(side) for key in ("begin", "end_at") if (side := event.get(key))]
        assert bounds == sorted(set(bounds))
    placed = [id_ for group in row["order"] for id_ in group]
    assert len(placed) == len(set(placed))
    assert set(placed) <= set(events)


@pytest.mark.parametrize("path", HALVES, ids=lambda path: path.stem)
def test_no_half_falls_back(path: Path, extractor: Extractor) -> None:
    scored = score(rows_of([path]), extractor)
    floors = FLOORS[path.stem]
    reached = {part: scored.share(part, whole) for part, whole in SHARES}
    worse = {part: reached[part] for part in floors if (reached[part] > floors[part]) is (part == "contradicted")}
    assert worse == {}
