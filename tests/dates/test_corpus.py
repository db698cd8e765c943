"""The corpus: sentences as news has them, and exactly the time expressions that each holds.

A row without `start` and `end` leaves its interval open: the conventions name none for parts of a period, seasons,
day parts and vague spans. A row without `mod` asks for none.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest

from timeline import Article, Extractor, Publication, TimeExpression

CORPUS = Path(__file__).parent.parent / "corpus"

Bounds = tuple[dt.datetime | None, dt.datetime | None]


class Reading(NamedTuple):
    """What a sentence says of one time: where it begins, its words, and its TIMEX3 attributes by name."""

    at: int
    text: str
    type: str
    value: str
    mod: str


class Case(NamedTuple):
    """A sentence, its expected readings in text order, and the civil bounds of those that have any."""

    text: str
    publication: Publication
    readings: list[Reading]
    bounds: list[Bounds | None]


def midnight(moment: dt.date) -> dt.datetime:
    """Return a local date as the civil instant at which it begins; a datetime as it stands."""
    return moment if isinstance(moment, dt.datetime) else dt.datetime.combine(moment, dt.time())


def place(text: str, words: str, nth: int) -> int:
    """Return where `words` stand in the text for the nth time."""
    at = -1
    for _ in range(nth):
        at = text.index(words, at + 1)
    return at


def cases() -> dict[str, Case]:
    """Return the cases of every family by their ids, which name family and number."""
    found: dict[str, Case] = {}
    for path in sorted(CORPUS.glob("*.toml")):
        for number, row in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["case"], 1):
            publication = Publication(at=row["published"], zone=row.get("zone", ""), country=row["country"])
            readings: list[Reading] = []
            bounds: list[Bounds | None] = []
            for time in row["times"]:
                at = place(row["text"], time["text"], time.get("nth", 1))
                readings.append(Reading(at, time["text"], time["type"], time["value"], time.get("mod", "")))
                bounds.append((midnight(time["start"]), midnight(time["end"])) if "start" in time else None)
            found[f"{path.stem}-{number:02}"] = Case(row["text"], publication, readings, bounds)
    return found


CASES = cases()


def reading(time: TimeExpression) -> Reading:
    """Return the part of an expression that the corpus speaks of."""
    return Reading(time.span.start, time.text, time.type.name, time.value, time.mod.name if time.mod else "")


def civil(time: TimeExpression) -> Bounds:
    """Return an expression's interval as civil time in the publication's zone."""
    start, end = time.interval or (None, None)
    return (start.replace(tzinfo=None) if start else None, end.replace(tzinfo=None) if end else None)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_sentence_holds_these_times(case: Case, extractor: Extractor) -> None:
    found = extractor.extract(Article(case.text, case.publication)).times
    assert [reading(time) for time in found] == case.readings
    assert [case.text[time.span.start : time.span.end] for time in found] == [time.text for time in found]
    asked = [bounds and civil(time) for time, bounds in zip(found, case.bounds, strict=True)]
    assert asked == case.bounds
