"""Text for the cells of a table on a terminal: made harmless, cut and padded by display cells, isolated.

Arabic stays in logical order: the terminal, or the program at the other end of the pipe, does the reordering. An isolate
(U+2068 FIRST STRONG ISOLATE .. U+2069 POP DIRECTIONAL ISOLATE) keeps a cell's direction from reaching its neighbours.
"""

from __future__ import annotations

import re
import unicodedata

FSI, PDI = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
LRM = "\N{LEFT-TO-RIGHT MARK}"
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
LOOSE_ENDS = " ,;:\N{ARABIC COMMA}\N{ARABIC SEMICOLON}"

# Controls could move the cursor or colour the screen; bidi embeddings and isolates of the text could break out of the cell.
_HARMFUL = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+")


def clean(text: str) -> str:
    """Return the text on one line, without control characters and without bidi embeddings, overrides and isolates."""
    return " ".join(harmless(text).split())


def harmless(text: str) -> str:
    """Return the text with a space for each run of what `clean` takes away, and its own spaces kept."""
    return _HARMFUL.sub(" ", text)


def left_to_right(line: str) -> str:
    """Return a line that reads from left to right although Arabic comes first in it."""
    return line if line.isascii() else LRM + line


def width(text: str) -> int:
    """Return the display cells that a text takes: marks and format characters none, wide characters two."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def _cells(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def clip(text: str, limit: int) -> str:
    """Return the text cut to at most `limit` display cells, at a space where there is one near, and with an ellipsis."""
    if width(text) <= limit:
        return text
    kept = _head(text, limit - 1)
    space = kept.rfind(" ")
    if space > len(kept) // 2 and text[len(kept)] != " ":
        kept = kept[:space]
    return kept.rstrip(LOOSE_ENDS) + ELLIPSIS


def wrap(text: str, limit: int) -> list[str]:
    """Return the text in lines of at most `limit` display cells, broken at spaces, or inside a word that is longer."""
    lines, line = [], ""
    for word in text.split(" "):
        rest = word
        if width(line) + bool(line) + width(rest) > limit and line:
            lines.append(line)
            line = ""
        while width(rest) > limit:
            head = _head(rest, limit)
            lines.append(head)
            rest = rest[len(head) :]
        line = f"{line} {rest}" if line else rest
    return [*lines, line]


def _head(text: str, limit: int) -> str:
    used = 0
    for index, char in enumerate(text):
        used += _cells(char)
        if used > limit:
            return text[: max(index, 1)]
    return text


def isolate(text: str) -> str:
    """Return the text inside a directional isolate, or as it is where nothing in it needs one."""
    return text if text.isascii() else f"{FSI}{text}{PDI}"


def pad(text: str, cells: int) -> str:
    """Return the isolated text with spaces behind it, up to `cells` display cells."""
    return isolate(text) + " " * (cells - width(text))
