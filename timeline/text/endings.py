"""Endings and shapes by which a word shows what it is."""

from __future__ import annotations

import re
from typing import Any


class Ending:
    """Endings, and how many letters at least stand before them."""

    def __init__(self, table: dict[str, Any]) -> None:
        self._endings: tuple[str, ...] = tuple(table["endings"])
        self._least: int = table["after"]

    def of(self, word: str) -> bool:
        """Tell whether a word has one of the endings."""
        return word.endswith(self._endings) and any(
            word.endswith(ending) and len(word) - len(ending) >= self._least for ending in self._endings
        )


class Shapes:
    """Shapes of words: C stands for a consonant, X for any letter but alef, a dot for any at all."""

    def __init__(self, shapes: list[str], weak: str) -> None:
        """Take the shapes, and the weak letters, alef first."""
        kinds = {"C": f"[^{weak}]", "X": f"[^{weak[0]}]", ".": "."}
        written = ("".join(kinds.get(letter, re.escape(letter)) for letter in shape) for shape in shapes)
        self._fits = re.compile("|".join(written), re.DOTALL).fullmatch

    def of(self, word: str) -> bool:
        """Tell whether a word has one of the shapes."""
        return self._fits(word) is not None
