"""The report as JSON; docs/diff.md says what its fields mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from client.diff.compare import Category
from client.diff.report import Case, Counts, Report, Run

EVENT_CATEGORIES = tuple(Category)
TIME_CATEGORIES = tuple(category for category in Category if category is not Category.REORDERED)


def shape(report: Report) -> dict[str, object]:
    """Return the object to print; equal reports give equal objects, their names in the same order."""
    articles = report.articles
    return {
        "different": report.different,
        "old": _run(report.old),
        "new": _run(report.new),
        "articles": {
            "compared": articles.compared,
            "same": articles.same,
            "reworded": articles.reworded,
            "changed": articles.changed,
            "onlyOld": articles.only_old,
            "onlyNew": articles.only_new,
            "failedOld": articles.failed_old,
            "failedNew": articles.failed_new,
            "failedBoth": articles.failed_both,
        },
        "events": _counts(report.events, EVENT_CATEGORIES),
        "times": _counts(report.times, TIME_CATEGORIES),
        "warnings": {"added": report.warnings_added, "removed": report.warnings_removed},
        "truncated": report.truncations,
        "fields": {"events": dict(report.event_fields), "times": dict(report.time_fields)},
        "rules": {
            name: {"times": _counts(group.times, TIME_CATEGORIES), "events": _counts(group.events, EVENT_CATEGORIES)}
            for name, group in report.rules.items()
        },
        "kinds": {name: _counts(counts, EVENT_CATEGORIES) for name, counts in report.kinds.items()},
        "cases": {
            "events": _cases(report.event_cases, EVENT_CATEGORIES, "kind", strict=report.strict),
            "times": _cases(report.time_cases, TIME_CATEGORIES, "type", strict=report.strict),
            "articles": {_camel(name): list(ids) for name, ids in report.ids.items() if report.strict or name != "reworded"},
        },
    }


def _run(run: Run) -> dict[str, object]:
    engines = [
        {"engineVersion": engine.version, "lexiconHash": engine.lexicon, "answers": answers}
        for engine, answers in run.engines.items()
    ]
    return {"path": run.path, "engines": engines}


def _counts(counts: Counts, categories: Sequence[Category]) -> dict[str, int]:
    return {category.value: counts.get(category, 0) for category in categories}


def _cases(
    cases: Mapping[Category, Sequence[Case]], categories: Sequence[Category], name: str, *, strict: bool
) -> dict[str, list[dict[str, object]]]:
    return {
        category.value: [_case(case, name) for case in cases[category]]
        for category in categories
        if strict or category is not Category.REWORDED
    }


def _case(case: Case, name: str) -> dict[str, object]:
    start, end = case.span
    shown: dict[str, object] = {
        "articleId": case.article,
        "span": {"start": start, "end": end},
        "words": case.sentence.words,
        "sentence": "".join(case.sentence),
        name: case.name,
        "rules": list(case.rules),
        "fields": list(case.fields),
        "old": case.old,
        "new": case.new,
    }
    if case.place:
        first, last = case.place.span
        shown["beside"] = {
            "words": case.place.words,
            "span": {"start": first, "end": last},
            "old": case.place.old,
            "new": case.place.new,
        }
    return shown


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(map(str.capitalize, rest))
