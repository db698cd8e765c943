"""The report as one page: no script, no network, nothing of an article in it that is not escaped."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from client.cells import clean, harmless
from client.diff.compare import Category
from client.diff.describe import Side, sides
from client.diff.direction import from_right, runs
from client.diff.report import Case, Counts, Report
from client.diff.style import CSS
from client.diff.table import ARTICLES, MOST_ROWS, NAMELESS, TITLES, Grouped, grouped, ranked, sort, verdict

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""Styles stand in the page; everything else is refused, whatever an article may have smuggled in."""
STATES = {
    "same": "same", "reworded": "reworded", "changed": "changed", "only_old": "removed", "only_new": "added",
    "failed_old": "failed", "failed_new": "failed", "failed_both": "failed",
}  # fmt: skip
"""The colour of articles by what became of them."""


class Part(NamedTuple):
    """A list of cases and what it is called, in the page and in its address."""

    anchor: str
    title: str
    total: int
    cases: tuple[Case, ...]


def page(report: Report) -> str:
    """Return the page, whole."""
    parts = list(_parts(report))
    body = [
        f"<h1>{_text(verdict(report))}</h1>",
        _runs(report),
        _articles(report),
        _totals(report, {part.anchor for part in parts}),
        *_groups(report),
        *(_part(part) for part in parts),
        *_ids(report),
    ]
    return (
        '<!doctype html>\n<html lang="en" dir="ltr">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>timeline diff: {_text(verdict(report))}</title>\n<style>{CSS}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(filter(None, body))
        + "\n</main>\n</body>\n</html>\n"
    )


def _text(text: str) -> str:
    """Return text on one line that is neither markup nor able to turn what stands around it."""
    return html.escape(clean(text))


def _runs(report: Report) -> str:
    rows = []
    for name, run in (("old", report.old), ("new", report.new)):
        engines = ", ".join(
            f"{engine.version} {engine.lexicon[:12]}".strip() + f" ({count:,} answers)"
            for engine, count in list(run.engines.items())[:5]
        )
        rows.append(f"<dt>{name}</dt><dd><bdi>{_text(run.path)}</bdi> <small><bdi>{_text(engines)}</bdi></small></dd>")
    return f'<dl class="runs">{"".join(rows)}</dl>'


def _articles(report: Report) -> str:
    """Return a bar of all articles, a part a state, and what its colours mean."""
    counts = [(name, title, getattr(report.articles, name)) for name, title in ARTICLES.items()]
    shown = [(STATES[name], title, count) for name, title, count in counts if count]
    bar = "".join(f'<span class="{state}" style="flex-grow:{count}"></span>' for state, _, count in shown)
    key = "".join(f'<li><i class="{state}"></i><b>{count:,}</b> {title}</li>' for state, title, count in shown)
    return f'<section><h2>articles</h2><div class="bar">{bar}</div><ul class="key">{key}</ul></section>'


def _totals(report: Report, anchors: set[str]) -> str:
    rows = []
    for name, counts in (("events", report.events), ("times", report.times)):
        if any(counts.values()):
            cells = "".join(_total(f"{name}-{category}", counts.get(category, 0), category, anchors) for category in TITLES)
            rows.append(f"<tr><th>{name}</th>{cells}</tr>")
    if report.warnings_added or report.warnings_removed:
        cells = _count(report.warnings_added, "added") + _count(report.warnings_removed, "removed") + "<td></td>" * 4
        rows.append(f"<tr><th>warnings</th>{cells}</tr>")
    head = "".join(f"<th>{title}</th>" for title in TITLES.values())
    cut = f"<p>{report.truncations:,} answers were cut short in one run only.</p>" if report.truncations else ""
    table = f"<table><thead><tr><th></th>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>" if rows else ""
    return f"<section><h2>totals</h2>{table}{cut}</section>" if table or cut else ""


def _total(anchor: str, count: int, category: Category, anchors: set[str]) -> str:
    shown = f'<a href="#{anchor}">{count:,}</a>' if anchor in anchors else f"{count:,}"
    return f'<td class="{category}">{shown}</td>' if count else "<td></td>"


def _count(count: int, style: str) -> str:
    return f'<td class="{style}">{count:,}</td>' if count else "<td></td>"


def _groups(report: Report) -> Iterator[str]:
    """Yield the tables by field, by rule and by kind."""
    fields = dict.fromkeys((*report.event_fields, *report.time_fields))
    if fields:
        rows = "".join(
            f"<tr><th><bdi>{_text(name)}</bdi></th>"
            f"{_count(report.event_fields.get(name, 0), '')}{_count(report.time_fields.get(name, 0), '')}</tr>"
            for name in list(fields)[:MOST_ROWS]
        )
        head = "<tr><th>field</th><th>events</th><th>times</th></tr>"
        yield f"<section><h2>changed, by field</h2><table><thead>{head}</thead><tbody>{rows}</tbody></table></section>"
    for each in grouped(report):
        yield _group(each)


def _group(each: Grouped) -> str:
    """Return a table of groups, each with a bar of what became of it, long as its share of the largest."""
    rows = ranked(each.groups, each.shown)
    if not rows:
        return ""
    head = "".join(f"<th>{TITLES[category]}</th>" for category in each.shown)
    body = "".join(_group_row(name, counts, each.shown, total / rows[0][0]) for total, name, counts in rows[:MOST_ROWS])
    more = f"<p>and {len(rows) - MOST_ROWS:,} more</p>" if len(rows) > MOST_ROWS else ""
    return (
        f"<section><h2>{each.title}</h2><table><thead><tr><th>{each.name}</th>{head}<th></th></tr></thead>"
        f"<tbody>{body}</tbody></table>{more}</section>"
    )


def _group_row(name: str, counts: Counts, shown: Sequence[Category], share: float) -> str:
    found = [(category, counts.get(category, 0)) for category in shown]
    cells = "".join(_count(count, category) for category, count in found)
    bar = "".join(f'<span class="{category}" style="flex-grow:{count}"></span>' for category, count in found if count)
    long = f'<div class="bar" style="inline-size:{max(1, round(100 * share))}%">{bar}</div>'
    return f'<tr><th><bdi>{_text(name)}</bdi></th>{cells}<td class="share">{long}</td></tr>'


def _parts(report: Report) -> Iterator[Part]:
    for name, counts, cases in (("events", report.events, report.event_cases), ("times", report.times, report.time_cases)):
        for category, title in TITLES.items():
            if cases[category] and (report.strict or category is not Category.REWORDED):
                yield Part(f"{name}-{category}", f"{name} {title}", counts.get(category, 0), tuple(cases[category]))


def _part(part: Part) -> str:
    cases = "".join(_case(case) for case in part.cases)
    first = (
        f"<small>the first {len(part.cases):,} of {part.total:,}</small>"
        if len(part.cases) < part.total
        else f"<small>{part.total:,}</small>"
    )
    return f'<section id="{part.anchor}"><h2>{part.title} {first}</h2>{cases}</section>'


def _case(case: Case) -> str:
    old, new = sides(case)
    about = " ".join(f"<span><bdi>{_text(each)}</bdi></span>" for each in (sort(case), *case.rules) if each)
    return (
        f'<article><header><bdi class="id">{_text(case.article) or NAMELESS}</bdi>{about}</header>'
        f'<p class="sentence" dir="rtl" lang="ar">{_sentence(case)}</p>'
        f'<div class="sides">{_side(old, "old")}{_side(new, "new")}</div></article>'
    )


def _sentence(case: Case) -> str:
    before, words, behind = (html.escape(" ".join(harmless(each).split(" "))) for each in case.sentence)
    return f"{before}<mark>{words}</mark>{behind}"


def _side(side: Side, name: str) -> str:
    if not side.value:
        return f'<div class="{name} absent"><p>not there</p></div>'
    because = f'<p class="because" {_directed(side.explanation)}</p>' if side.explanation else ""
    return f'<div class="{name}"><p class="value" {_directed(side.value)}</p>{because}</div>'


def _directed(text: str) -> str:
    """Return the direction of a text, as the last attribute of its tag, and the text with what would break it apart."""
    cleaned = clean(text)
    if from_right(cleaned):
        return f'dir="rtl" lang="ar">{html.escape(cleaned)}'
    return f'dir="ltr">{runs(cleaned, html.escape, lambda run: f"<bdi>{html.escape(run)}</bdi>")}'


def _ids(report: Report) -> Iterator[str]:
    for name, ids in report.ids.items():
        if ids and (report.strict or name != "reworded"):
            total = getattr(report.articles, name)
            first = f"the first {len(ids):,} of {total:,}" if len(ids) < total else f"{total:,}"
            items = "".join(f"<li><bdi>{_text(each) or NAMELESS}</bdi></li>" for each in ids)
            yield f'<section><h2>articles {ARTICLES[name]} <small>{first}</small></h2><ul class="ids">{items}</ul></section>'
