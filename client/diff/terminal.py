"""The report on a terminal, drawn by rich: numbers in colour, old in red, new in green."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from client.cells import clip, isolate, wrap
from client.diff.describe import Side
from client.diff.direction import directed
from client.diff.table import Section, Told

STYLES = {
    "ADDED": "green",
    "REMOVED": "red",
    "RE-DATED": "yellow",
    "CHANGED": "yellow",
    "RE-ORDERED": "yellow",
    "REWORDED": "dim",
}
NARROWEST = 24
TALLEST = 3
"""Lines that a sentence may take."""


def draw(sections: Iterable[Section]) -> str:
    """Return what to write to the terminal that standard output is."""
    console = Console(highlight=False)
    with console.capture() as drawn:
        for number, section in enumerate(sections):
            if number:
                console.print()
            console.print(Text(isolate(section.title), "bold"))
            if section.rows:
                console.print(_table(section, console.width))
            for case in section.cases:
                _case(console, case)
    return drawn.get()


def _table(section: Section, screen: int) -> Table:
    table = Table(show_header=bool(section.header), box=None, padding=(0, 2, 0, 0))
    numbers = len(section.rows[0]) - 1
    for index, name in enumerate(section.header or [""] * (numbers + 1)):
        table.add_column(name, justify="right" if index else "left", style=STYLES.get(name, ""), no_wrap=True)
    room = max(screen - 12 * numbers, NARROWEST)
    for first, *rest in section.rows:
        table.add_row(Text("\n".join(map(isolate, wrap(first, room)))), *map(Text, rest))
    return table


def _case(console: Console, case: Told) -> None:
    """Print a case, each line an isolate of its own: a terminal orders each of its lines apart."""
    room = max(console.width - 4, NARROWEST)
    console.print(Text.assemble((isolate(clip(case.article, room)), "bold"), "  ", (clip(case.about, room), "dim")))
    for line in wrap(clip(case.sentence, room * TALLEST), room):
        console.print(Text(f"  {isolate(line)}"), no_wrap=True)
    for sign, style, side in (("-", "red", case.old), ("+", "green", case.new)):
        if side.value:
            _side(console, sign, style, side, room)


def _side(console: Console, sign: str, style: str, side: Side, room: int) -> None:
    for index, line in enumerate(wrap(side.value, room)):
        console.print(Text(f"  {' ' if index else sign} {directed(line)}", style), no_wrap=True)
    if side.explanation:
        for line in wrap(side.explanation, room):
            console.print(Text(f"    {directed(line)}", "dim"), no_wrap=True)
