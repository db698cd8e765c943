"""The report as plain text, for pipes and files: a case takes a line for the sentence and one for each side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from client.cells import clip, isolate, width
from client.diff.direction import directed
from client.diff.table import Section, Told

GAP = "  "
SENTENCE = 120
"""Display cells of a sentence or an explanation; JSON and HTML have all of it."""


def lines(sections: Iterable[Section]) -> Iterator[str]:
    """Yield the lines of a report, a blank one between two sections."""
    for number, section in enumerate(sections):
        if number:
            yield ""
        yield section.title
        yield from _table(section)
        for case in section.cases:
            yield from _case(case)


def _table(section: Section) -> Iterator[str]:
    rows = [section.header, *section.rows] if section.header else section.rows
    if not rows:
        return
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    for first, *numbers in rows:
        name = isolate(first) + " " * (widths[0] - width(first))
        yield GAP.join(["", name, *(f"{number:>{room}}" for number, room in zip(numbers, widths[1:], strict=True))]).rstrip()


def _case(case: Told) -> Iterator[str]:
    about = f"{GAP}({case.about})" if case.about else ""
    yield f"{GAP}{isolate(case.article)}{GAP}{isolate(clip(case.sentence, SENTENCE))}{about}"
    for sign, side in (("-", case.old), ("+", case.new)):
        if side.value:
            because = f"{GAP}because {directed(clip(side.explanation, SENTENCE))}" if side.explanation else ""
            yield f"{GAP * 2}{sign} {directed(side.value)}{because}"
