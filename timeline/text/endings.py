"""Endings and shapes by which a word shows what it is."""

from __future__ import annotations

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
        self._shapes = shapes
        self._weak = weak

    def of(self, word: str) -> bool:
        """Tell whether a word has one of the shapes."""
        return any(len(word) == len(shape) and all(map(self._fits, word, shape)) for shape in self._shapes)

    def _fits(self, letter: str, kind: str) -> bool:
        match kind:
            case "C":
                return letter not in self._weak
            case "X":
                return letter != self._weak[0]
            case ".":
                return True
        return letter == kind
