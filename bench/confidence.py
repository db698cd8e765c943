"""Measures how often the engine's choice is right and how honest its confidence is; prints figures and, last, one line of JSON.

It reads the files of annotated articles that its command line names, without any the sentences of the tests' corpus. It reports and
judges nothing. What it reads and how an answer meets an annotation stand in bench/gold.py.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.families import OTHER, choices, family
from bench.gold import Annotated, Marked, pair, read
from timeline import Article, Extractor, TimeExpression

ALL = "all expressions"
GROUPS = (ALL, "bare weekday", "yearless date", "clock time")
BINS = 10
UNKNOWN = "(none)"  # the country of an article that names none


class Answer(NamedTuple):
    """One expression that the engine gave: what it is, how sure it is, and what is right of it.

    `met` tells whether an annotation lies there at all, `first` whether the value is right, `second` whether the value or the
    first alternative is.
    """

    family: str
    country: str
    groups: frozenset[str]
    confidence: float
    met: bool
    first: bool
    second: bool


class Missed(NamedTuple):
    """One annotated expression that no answer meets."""

    family: str
    country: str


class Accuracy(NamedTuple):
    """How many answers, and the share that is right at the value, and at the value or the first alternative."""

    given: int
    at_1: float
    at_2: float


class Bin(NamedTuple):
    """The answers whose confidence lies in one tenth."""

    low: float
    high: float
    given: int
    confidence: float
    right: float


class Value(NamedTuple):
    """Annotated and given expressions, and the F1 of the values."""

    annotated: int
    given: int
    f1: float


def judge(annotated: Annotated, extractor: Extractor) -> tuple[list[Answer], list[Missed]]:
    """Return the answers to one article and what they miss; what meets an annotation that doesn't count is left out."""
    article, marked = annotated
    country = (article.publication.country if article.publication else "") or UNKNOWN
    times = extractor.extract(article).times
    met = pair(marked, times)
    answers: list[Answer] = []
    for j, time in enumerate(times):
        mark = marked[met[j]] if j in met else None
        if mark is None or mark.counts:
            values = mark.values if mark else ()
            first = time.value in values
            second = first or any(option.value in values for option in time.alternatives[:1])
            groups = choices(time, extractor) | {ALL}
            answers.append(Answer(family(time), country, groups, time.confidence, mark is not None, first, second))
    missed = [
        Missed(_family_alone(mark, article, extractor), country)
        for i, mark in enumerate(marked)
        if mark.counts and i not in met.values()
    ]
    return answers, missed


def _family_alone(mark: Marked, article: Article, extractor: Extractor) -> str:
    """Return the family of words that were missed in their sentence, as they are read without it."""
    times: Sequence[TimeExpression] = (
        extractor.resolve(Article(mark.text, article.publication)).times if mark.text.strip() else ()
    )
    return family(times[0]) if times else OTHER


def accuracy(answers: Sequence[Answer]) -> Accuracy:
    """Return the shares of right answers."""
    count = len(answers)
    return Accuracy(count, _share(sum(a.first for a in answers), count), _share(sum(a.second for a in answers), count))


def reliability(answers: Sequence[Answer]) -> list[Bin]:
    """Return the answers by tenths of confidence; 1.0 belongs to the last one."""
    bins: list[Bin] = []
    for k in range(BINS):
        inside = [a for a in answers if min(int(a.confidence * BINS), BINS - 1) == k]
        mean = _share(sum(a.confidence for a in inside), len(inside))
        bins.append(Bin(k / BINS, (k + 1) / BINS, len(inside), mean, _share(sum(a.first for a in inside), len(inside))))
    return bins


def calibration_error(bins: Iterable[Bin]) -> float:
    """Return the mean distance of confidence and share right, weighted by the answers of each bin."""
    filled = [one for one in bins if one.given]
    return _share(sum(one.given * abs(one.confidence - one.right) for one in filled), sum(one.given for one in filled))


def values(answers: Sequence[Answer], missed: Sequence[Missed], by: Callable[[Answer | Missed], str]) -> dict[str, Value]:
    """Return the F1 of the values by family, country or whatever `by` names, the most annotated first.

    An answer that meets an annotation is annotated as what it was read as.
    """
    given = Counter(by(a) for a in answers)
    lost = Counter(by(m) for m in missed)
    right = Counter(by(a) for a in answers if a.first)
    spurious = Counter(by(a) for a in answers if not a.met)
    found: dict[str, Value] = {}
    for name in {**given, **lost}:
        annotated = given[name] - spurious[name] + lost[name]
        found[name] = Value(annotated, given[name], _share(2 * right[name], given[name] + annotated))
    return dict(sorted(found.items(), key=lambda row: (-row[1].annotated, row[0])))


def _share(part: float, whole: int) -> float:
    return part / whole if whole else 0.0


def _table(title: str, rows: Mapping[str, Value]) -> None:
    print(f"{title:20} annotated  given  value F1")
    for name, value in rows.items():
        print(f"  {name:18} {value.annotated:9} {value.given:6} {value.f1:9.3f}")


def main(paths: Sequence[Path]) -> None:
    """Read, measure, print."""
    extractor = Extractor()
    articles = read(paths)
    answers: list[Answer] = []
    missed: list[Missed] = []
    for annotated in articles:
        given, lost = judge(annotated, extractor)
        answers += given
        missed += lost
    groups = {name: accuracy([a for a in answers if name in a.groups]) for name in GROUPS}
    bins = reliability(answers)
    error = calibration_error(bins)
    whole = values(answers, missed, lambda _: ALL).get(ALL, Value(0, 0, 0.0))
    families = values(answers, missed, lambda a: a.family)
    countries = values(answers, missed, lambda a: a.country)

    print(f"{len(articles)} articles: {', '.join(path.name for path in paths) or 'the sentences of tests/corpus'}")
    print(f"  {whole.annotated} expressions annotated, {whole.given} given, {len(missed)} missed; value F1 {whole.f1:.3f}")
    print("right                  given      at 1      at 2")
    for name, found in groups.items():
        print(f"  {name:18} {found.given:7} {found.at_1:9.3f} {found.at_2:9.3f}")
    print("confidence             given      mean     right")
    for one in bins:
        print(f"  {one.low:.1f} .. {one.high:.1f}         {one.given:7} {one.confidence:9.3f} {one.right:9.3f}")
    print(f"  expected calibration error {error:.4f}")
    _table("family", families)
    _table("country", countries)
    figures = {
        "articles": len(articles),
        "annotated": whole.annotated,
        "given": whole.given,
        "missed": len(missed),
        "value_f1": round(whole.f1, 4),
        "accuracy": {name: _rounded(found) for name, found in groups.items()},
        "reliability": [_rounded(one) for one in bins],
        "calibration_error": round(error, 4),
        "families": {name: _rounded(value) for name, value in families.items()},
        "countries": {name: _rounded(value) for name, value in countries.items()},
    }
    print(json.dumps(figures))


def _rounded(row: Accuracy | Bin | Value) -> dict[str, float]:
    return {name: round(value, 4) for name, value in row._asdict().items()}


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
