"""Annotated articles: JSON lines, or the sentences of the tests' corpus; and which answers meet which annotations."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from timeline import Article, Publication, TimeExpression

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
CORPUS = ROOT / "tests" / "corpus"


class Marked(NamedTuple):
    """One annotated time expression: code points of the text, half open; any of `values` is right.

    `counts` is false where the annotation is optional or gives no value: such a one is neither rewarded nor missed.
    """

    start: int
    end: int
    text: str
    values: tuple[str, ...]
    counts: bool


class Annotated(NamedTuple):
    """An article and the time expressions that a reader marked in it."""

    article: Article
    marked: tuple[Marked, ...]


def read(paths: Sequence[Path]) -> list[Annotated]:
    """Return the annotated articles of the files, one JSON object a line; without files those of the tests' corpus.

    A line has `id`, `text` (or `file`, a file of seeds/), `zone`, `country`, `published` (an ISO date or date-time) and
    `timexes`, each with `start`, `end`, `text`, `value`, and where they apply `alt_values` and `optional`.
    """
    if not paths:
        return list(_corpus())
    return [
        _annotated(json.loads(line)) for path in paths for line in path.read_text(encoding="utf-8").split("\n") if line.strip()
    ]


def pair(marked: Sequence[Marked], times: Sequence[TimeExpression]) -> dict[int, int]:
    """Return which annotation each answer meets, by index: one to one, the longest overlap first."""
    edges = sorted(
        (min(mark.end, time.span.end) - max(mark.start, time.span.start), i, j)
        for i, mark in enumerate(marked)
        for j, time in enumerate(times)
        if mark.start < time.span.end and time.span.start < mark.end
    )
    met: dict[int, int] = {}
    for _, i, j in reversed(edges):
        if j not in met and i not in met.values():
            met[j] = i
    return met


def article_of(row: dict[str, Any]) -> Article:
    """Return the article of an annotated line."""
    text = row["text"] if "text" in row else (SEEDS / row["file"]).read_bytes().decode()
    published: str = row.get("published") or ""
    at: dt.date | None = None
    if published:
        at = dt.date.fromisoformat(published) if len(published) == len("2024-03-27") else dt.datetime.fromisoformat(published)
    publication = Publication(at=at, zone=row.get("zone") or "", country=row.get("country") or "")
    return Article(text, publication, id=row["id"])


def _annotated(row: dict[str, Any]) -> Annotated:
    return Annotated(article_of(row), tuple(_marked(time) for time in row["timexes"]))


def _marked(time: dict[str, Any]) -> Marked:
    values = tuple(value for value in (time["value"], *time.get("alt_values", ())) if value is not None)
    return Marked(time["start"], time["end"], time["text"], values, bool(values) and not time.get("optional", False))


def _corpus() -> Iterator[Annotated]:
    for path in sorted(CORPUS.glob("*.toml")):
        for number, row in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["case"], 1):
            publication = Publication(at=row["published"], zone=row.get("zone", ""), country=row["country"])
            article = Article(row["text"], publication, id=f"{path.stem}-{number:02}")
            yield Annotated(article, tuple(_standing(row["text"], time) for time in row["times"]))


def _standing(text: str, time: dict[str, Any]) -> Marked:
    at = -1
    for _ in range(time.get("nth", 1)):
        at = text.index(time["text"], at + 1)
    return Marked(at, at + len(time["text"]), time["text"], (time["value"],), counts=True)
