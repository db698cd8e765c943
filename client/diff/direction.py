"""Arabic inside of English, and English inside of Arabic: kept from reordering each other.

An English explanation may begin with the Arabic words that it is about, and would be shown from right to left by its first
letter; a number behind Arabic words would go to their other side. So a text goes from left to right where it has an English
word, and then each run of Arabic in it stands apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from client.cells import isolate

_LETTERS = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+"
# The numbers of a date belong to the words between them: 3 March 2024. Those of an ISO date do not.
_RUN = re.compile(f"(?:[0-9]+[ /])*{_LETTERS}(?:[ /]+(?:{_LETTERS}|[0-9]+(?![-:]?[0-9])))*")
_WORD = re.compile("[a-z]{2}")


def from_right(text: str) -> bool:
    """Tell whether a text reads from right to left."""
    return _WORD.search(text) is None and _RUN.search(text) is not None


def runs(text: str, plain: Callable[[str], str], arabic: Callable[[str], str]) -> str:
    """Return a text from left to right with each run of Arabic in it, and each stretch between two, as these write it."""
    written, at = [], 0
    for run in _RUN.finditer(text):
        written += [plain(text[at : run.start()]), arabic(run[0])]
        at = run.end()
    return "".join([*written, plain(text[at:])])


def directed(text: str) -> str:
    """Return a text for a line of a terminal that begins from the left."""
    return isolate(text) if from_right(text) else runs(text, str, isolate)
