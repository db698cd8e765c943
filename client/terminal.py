"""The table on a terminal, drawn by rich: wrapped to the screen, coloured by status."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from client.cells import isolate, wrap
from client.rows import Row, Rows

STYLES = {"happened": "green", "going on": "green", "did not happen": "red", "will not happen": "red", "denied": "red"}
WIDE = 110
FIXED = 16  # status and kind
BORDERS = 16
NARROWEST = 24


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
        cells = [_lines(row.event, event if dated else event + by), _lines(row.who, who), _status(row)]
        table.add_row(*([_lines(row.when, when), *cells, _lines(row.dated_by, by)] if dated else cells))
    return table


def _lines(text: str, cells: int) -> Text:
    """Return the text wrapped, each line an isolate of its own: a terminal orders each of its lines apart."""
    return Text("\n".join(map(isolate, wrap(text, cells))))


def _status(row: Row) -> Text:
    return Text.assemble((row.status, STYLES.get(row.status, "yellow")), "\n", (row.kind, "dim"))
