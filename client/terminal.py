"""The table on a terminal, drawn by rich: wrapped to the screen, coloured by status."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from client.cells import clip, isolate, wrap
from client.rows import Row, Rows

STYLES = {"happened": "green", "going on": "green", "did not happen": "red", "will not happen": "red", "denied": "red"}
WIDE = 110
"""Cells from which on an interval has room on one line."""
FIXED, BORDERS = 16, 16
"""Cells of the column of status and kind, and of all borders."""
NARROWEST = 24
TALLEST = 4
"""Lines that a clause may take."""


def draw(title: str, rows: Rows) -> str:
    """Return what to write to the terminal that standard output is."""
    console = Console(highlight=False)
    with console.capture() as drawn:
        console.print(Text(title, "bold"))
        if rows.dated:
            console.print(_table(rows.dated, console.width, dated=True))
        else:
            console.print("no dated events")
        if rows.undated:
            console.print(Text("undated", "bold"))
            console.print(_table(rows.undated, console.width, dated=False))
        for warning in rows.warnings:
            console.print(Text(f"warning: {warning}", "yellow"))
    return drawn.get()


def _table(rows: Sequence[Row], screen: int, *, dated: bool) -> Table:
    table = Table(show_lines=True)
    when = (24 if screen >= WIDE else 13) if dated else 0
    free = max(screen - when - FIXED - BORDERS, NARROWEST)
    event, who, by = free * 5 // 10, free * 2 // 10, free * 3 // 10
    for name in ["WHEN"] * dated + ["EVENT", "WHO", "STATUS"] + ["DATED BY"] * dated:
        table.add_column(name, no_wrap=True)
    for row in rows:
        room = event if dated else event + by
        cells = [_lines(clip(row.event, room * TALLEST), room), _lines(row.who, who), _status(row)]
        table.add_row(*([_lines(row.when, when), *cells, _lines(row.dated_by, by)] if dated else cells))
    return table


def _lines(text: str, cells: int) -> Text:
    """Return the text wrapped, each line an isolate of its own: a terminal orders each of its lines apart."""
    return Text("\n".join(map(isolate, wrap(text, cells))))


def _status(row: Row) -> Text:
    return Text.assemble((row.status, STYLES.get(row.status, "yellow")), "\n", ("\n".join(wrap(row.kind, FIXED)), "dim"))
