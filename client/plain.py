"""The table as plain text: columns of display cells, nothing but spaces between them; for pipes, files and tests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from client.cells import clip, pad, width
from client.rows import HEADER, Row, Rows

# The longest event, names and dating words that a line shows; the other columns are short by nature.
LIMITS = (48, 64, 32, 20, 24, 32)
GAP = "  "


def lines(title: str, rows: Rows) -> Iterator[str]:
    """Yield the lines of one article's table, then its undated events, then its warnings."""
    yield title
    yield from _table(HEADER, rows.dated) if rows.dated else ["no dated events"]
    if rows.undated:
        yield ""
        yield "undated"
        yield from _table(HEADER[1:5], [row[1:5] for row in rows.undated])
    if rows.warnings:
        yield ""
        yield from (f"warning: {warning}" for warning in rows.warnings)


def _table(header: Sequence[str], rows: Sequence[Row] | Sequence[tuple[str, ...]]) -> Iterator[str]:
    limits = LIMITS[-len(header) :] if len(header) == len(LIMITS) else LIMITS[1:5]
    cells = [header, *([clip(cell, limit) for cell, limit in zip(row, limits, strict=True)] for row in rows)]
    widths = [max(map(width, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        yield GAP.join(map(pad, row, widths)).rstrip()
