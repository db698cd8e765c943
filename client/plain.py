"""The table as plain text: columns of display cells, nothing but spaces between them; for pipes, files and tests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from client.cells import clip, pad, width
from client.rows import HEADER, Row, Rows

# The longest event, names and dating words that a line shows; the other columns are short by nature.
LIMITS = (48, 64, 32, 20, 24, 32)
GAP = "  "
NARROWEST = 24


def lines(title: str, rows: Rows, columns: int | None = None) -> Iterator[str]:
    """Yield the lines of one article's table, then its undated events, then its warnings.

    Where the table is wider than `columns` display cells, its events are cut, but to no less than NARROWEST.
    """
    yield title
    yield from _table(HEADER, rows.dated, columns) if rows.dated else ["no dated events"]
    if rows.undated:
        yield ""
        yield "undated"
        yield from _table(HEADER[1:5], [row[1:5] for row in rows.undated], columns)
    if rows.warnings:
        yield ""
        yield from (f"warning: {warning}" for warning in rows.warnings)


def _table(header: Sequence[str], rows: Sequence[Row] | Sequence[tuple[str, ...]], columns: int | None) -> Iterator[str]:
    limits = list(LIMITS if len(header) == len(LIMITS) else LIMITS[1:5])
    cells, widths = _cut(header, rows, limits)
    over = sum(widths) + len(GAP) * (len(widths) - 1) - columns if columns else 0
    if over > 0:
        event = header.index("EVENT")
        limits[event] = max(widths[event] - over, NARROWEST)
        cells, widths = _cut(header, rows, limits)
    for row in cells:
        yield GAP.join(map(pad, row, widths)).rstrip()


def _cut(
    header: Sequence[str], rows: Sequence[Row] | Sequence[tuple[str, ...]], limits: Sequence[int]
) -> tuple[list[Sequence[str]], list[int]]:
    """Return the header and the rows with each cell cut to its column's limit, and the columns' widths."""
    cells = [header, *([clip(cell, limit) for cell, limit in zip(row, limits, strict=True)] for row in rows)]
    return cells, [max(map(width, column)) for column in zip(*cells, strict=True)]
