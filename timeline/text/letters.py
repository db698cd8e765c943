"""Letters: how spellings of one word become one form."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Harakat, tanwin, shadda, dagger alef, Quranic marks, tatweel and the invisible joiners say nothing about which word it is.
_MARKS = [*range(0x0610, 0x061B), *range(0x064B, 0x0660), 0x0670, *range(0x06D6, 0x06EE), 0x0640, 0x200C, 0x200D]
_LIGHT = dict.fromkeys(_MARKS) | {
    **{0x0660 + n: str(n) for n in range(10)},  # Arabic-Indic digits
    **{0x06F0 + n: str(n) for n in range(10)},  # Extended Arabic-Indic digits
    0x06A9: 0x0643,  # keheh -> kaf
    0x06CC: 0x064A,  # Farsi yeh -> yeh
    0x06C1: 0x0647,  # heh goal -> heh
    0x06D2: 0x064A,  # yeh barree -> yeh
}
_FULL = (
    ("\u0623", "\u0627"),
    ("\u0625", "\u0627"),
    ("\u0622", "\u0627"),
    ("\u0671", "\u0627"),
    ("\u0649", "\u064a"),
    ("\u0629", "\u0647"),
)
# Clitics and the article, by which other modules ask for them.
AND, THEN, TO, BY, THE, WILL = "\u0648", "\u0641", "\u0644", "\u0628", "\u0627\u0644", "\u0633"
_BEFORE_NOUNS = ("", AND, THEN, BY, TO, "\u0643", AND + BY, AND + TO)  # and, then, by, to, as
_PRESENTATION = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
# Few words have anything to mend, and to see that costs a fifth of mending.
_MENDED = re.compile(f"[{''.join(map(chr, _LIGHT))}{_PRESENTATION.pattern[1:]}")


# The analysis of a word asks for its letters again and again, then never more.
@lru_cache(maxsize=64)
def light(word: str) -> str:
    """Return the word without marks and with plain digits; its hamzas, ta marbuta and alif maqsura as written."""
    if not _MENDED.search(word):
        return word
    if _PRESENTATION.search(word):
        word = unicodedata.normalize("NFKC", word)
    return word.translate(_LIGHT)


@lru_cache(maxsize=64)
def fold(word: str) -> str:
    """Return the one form of all spellings of a word: `light`, no hamza on alef, no ta marbuta or alif maqsura, no capitals."""
    word = light(word)
    for letter, plain in _FULL:
        word = word.replace(letter, plain)
    return word.lower()


def with_clitics(noun: str) -> tuple[str, ...]:
    """Return the folded forms of a noun: bare, and with each clitic that can stand before it."""
    folded = fold(noun)
    return tuple(prefix + folded for prefix in _BEFORE_NOUNS)


def prefix_length(word: str, count: int) -> int:
    """Return how many characters of `word` as written its first `count` letters take, with the marks that follow them."""
    for position, letter in enumerate(word):
        size = len(light(letter))  # more than one of a ligature
        if size and count <= 0:
            return position
        count -= size
    return len(word)
