"""The report as sections of rows and cases, as tables for people show it; every cell is clean text on one line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from client.cells import clean, isolate
from client.diff.compare import Category
from client.diff.describe import Side, sides
from client.diff.report import Case, Counts, Report, Run

TITLES = {
    Category.ADDED: "added",
    Category.REMOVED: "removed",
    Category.REDATED: "re-dated",
    Category.CHANGED: "changed",
    Category.REORDERED: "re-ordered",
    Category.REWORDED: "reworded",
}
ARTICLES = {
    "same": "the same",
    "reworded": "reworded only",
    "changed": "changed",
    "only_old": "only in OLD",
    "only_new": "only in NEW",
    "failed_old": "failed in OLD",
    "failed_new": "failed in NEW",
    "failed_both": "failed in both",
}
MOST_ROWS = 30
"""Rows of a table; JSON has them all."""

Row = tuple[str, ...]


class Told(NamedTuple):
    """A case: the article, what it is about (words, kind or type, rules), the sentence, and both sides."""

    article: str
    about: str
    sentence: str
    old: Side
    new: Side


class Section(NamedTuple):
    """A part of the report: its title, a table whose first column is words and whose others are numbers, and cases."""

    title: str
    header: Row
    rows: Sequence[Row]
    cases: Sequence[Told]


class Grouped(NamedTuple):
    """A table of counts: what it is called, what its groups are, and the categories that are counted."""

    title: str
    name: str
    groups: Mapping[str, Counts]
    shown: Sequence[Category]


def sections(report: Report) -> Iterator[Section]:
    """Yield the parts of a report that have something to say; the first says what was compared, and whether it differs."""
    yield Section(verdict(report), (), (), ())
    yield Section("runs", ("", "ENGINE", "ANSWERS"), [*_run("OLD", report.old), *_run("NEW", report.new)], ())
    counts = [(title, _number(getattr(report.articles, name))) for name, title in ARTICLES.items()]
    yield Section("articles", (), [row for row in counts if row[1]], ())
    yield from _totals(report)
    yield from _tables(report)
    yield from _cases(report)
    yield from _ids(report)


def verdict(report: Report) -> str:
    """Return what the comparison comes to, in a sentence."""
    articles = report.articles
    compared = f"{articles.compared:,} article{'s' * (articles.compared != 1)} compared"
    if report.different:
        return f"{articles.different + report.strict * articles.reworded:,} articles differ; {compared}"
    reworded = (
        f"; {articles.reworded:,} differ in weights or wording alone (--reworded counts them)" if articles.reworded else ""
    )
    failed = f"; {articles.failed_both:,} failed in both" if articles.failed_both else ""
    return f"no differences; {compared}{reworded}{failed}"


def _run(name: str, run: Run) -> list[Row]:
    engines = [
        (" ".join(filter(None, (clean(each.version), clean(each.lexicon)[:12]))), count) for each, count in run.engines.items()
    ]
    return [(f"{name} {clean(run.path)}", engine, _number(count)) for engine, count in engines[:5]] or [
        (f"{name} {clean(run.path)}", "", "")
    ]


def _totals(report: Report) -> Iterator[Section]:
    rows = [
        (name, *(_number(counts.get(category, 0)) for category in TITLES))
        for name, counts in (("events", report.events), ("times", report.times))
        if any(counts.values())
    ]
    if report.warnings_added or report.warnings_removed:
        rows.append(("warnings", _number(report.warnings_added), _number(report.warnings_removed), *[""] * 4))
    if rows:
        yield Section("totals", ("", *map(str.upper, TITLES.values())), rows, ())
    if report.truncations:
        yield Section(f"cut short in one run only: {report.truncations:,}", (), (), ())


def _tables(report: Report) -> Iterator[Section]:
    fields = [(name, _number(report.event_fields.get(name, 0)), _number(report.time_fields.get(name, 0))) for name in
              dict.fromkeys((*report.event_fields, *report.time_fields))]  # fmt: skip
    if fields:
        yield Section(
            "changed, by field", ("FIELD", "EVENTS", "TIMES"), _few([(clean(row[0]), *row[1:]) for row in fields]), ()
        )
    for title, name, groups, shown in grouped(report):
        if rows := _rows(groups, shown):
            header = (name.upper(), *(TITLES[category].upper() for category in shown))
            yield Section(title, header, _few(rows), ())


def grouped(report: Report) -> Iterator[Grouped]:
    """Yield the tables by rule and by kind."""
    events = tuple(category for category in TITLES if category is not Category.REWORDED)
    times = tuple(category for category in events if category is not Category.REORDERED)
    rules = report.rules.items()
    yield Grouped("times, by rule", "rule", {name: group.times for name, group in rules}, times)
    yield Grouped("events, by rule of the times that date them", "rule", {name: group.events for name, group in rules}, events)
    yield Grouped("events, by kind", "kind", report.kinds, events)


def _rows(groups: Mapping[str, Counts], shown: Sequence[Category]) -> list[Row]:
    return [
        (clean(name), *(_number(counts.get(category, 0)) for category in shown)) for _, name, counts in ranked(groups, shown)
    ]


def ranked(groups: Mapping[str, Counts], shown: Sequence[Category]) -> list[tuple[int, str, Counts]]:
    """Return the groups of which anything is to be shown, with how much, the largest first."""
    weighed = ((sum(counts.get(category, 0) for category in shown), name, counts) for name, counts in groups.items())
    return sorted((row for row in weighed if row[0]), key=lambda row: (-row[0], row[1]))


def _few(rows: list[Row]) -> list[Row]:
    left = len(rows) - MOST_ROWS
    return rows if left <= 0 else [*rows[:MOST_ROWS], (f"and {left:,} more", *[""] * (len(rows[0]) - 1))]


def _cases(report: Report) -> Iterator[Section]:
    for name, counts, cases in (
        ("events", report.events, report.event_cases),
        ("times", report.times, report.time_cases),
    ):
        for category, title in TITLES.items():
            told = cases[category]
            if told and (report.strict or category is not Category.REWORDED):
                total = counts.get(category, 0)
                first = f", the first {len(told):,}" if len(told) < total else ""
                yield Section(f"{name} {title}: {total:,}{first}", (), (), [_told(case) for case in told])


def _ids(report: Report) -> Iterator[Section]:
    for name, ids in report.ids.items():
        total = getattr(report.articles, name)
        if ids and (report.strict or name != "reworded"):
            first = f", the first {len(ids):,}" if len(ids) < total else ""
            yield Section(f"articles {ARTICLES[name]}: {total:,}{first}", (), [(clean(each) or NAMELESS,) for each in ids], ())


NAMELESS = "(no id)"


def sort(case: Case) -> str:
    """Return the kind of an event, or the type of a time as a word."""
    return case.name.removeprefix("TYPE_").lower() if case.name.startswith("TYPE_") else case.name


def _told(case: Case) -> Told:
    old, new = (Side(clean(side.value), clean(side.explanation)) for side in sides(case))
    about = " ".join(filter(None, (isolate(clean(case.sentence.words)), clean(sort(case)), *map(clean, case.rules))))
    return Told(clean(case.article) or NAMELESS, about, clean("".join(case.sentence)), old, new)


def _number(count: int) -> str:
    return f"{count:,}" if count else ""
