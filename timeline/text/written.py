"""Words as they are written: what an index of articles keeps, so that a later change of the lexicon finds those that it can touch."""

from __future__ import annotations

import string
from collections.abc import Iterable

from timeline.text.analysis import LONGEST
from timeline.text.words import TOKEN

PLAIN_MARKS = frozenset(
    (*string.punctuation, *"\u060c\u061b\u061f\u066a\u00ab\u00bb\u201c\u201d\u2018\u2019\u2013\u2014\u2026\u2022")
)
"""The marks of punctuation that no index keeps: whoever asks it takes them to be in every article, as line breaks."""

_LEFT_OUT = PLAIN_MARKS | {"\n", "\n\n", "\n\n\n"}
_KEPT = LONGEST + 1  # characters; of a longer word the lexer reads no more, but that it is longer


def written_words(text: str) -> tuple[str, ...]:
    """Return the distinct words of a text as written, in its order, clitics and marks of vowels included, and its rarer signs.

    Left out are line breaks and common punctuation; what is longer than 61 characters is cut to that, which the lexer reads alike.
    """
    return distinct(TOKEN.split(text)[1::2])


def distinct(tokens: Iterable[str]) -> tuple[str, ...]:
    """Return the same of the tokens of a text."""
    found = dict.fromkeys(tokens)
    for mark in _LEFT_OUT & found.keys():
        del found[mark]
    words = tuple(found)
    if "\n" in "".join(words):  # line breaks with blanks
        words = tuple(word for word in words if not word.isspace())
    if max(map(len, words), default=0) > _KEPT:
        return tuple(dict.fromkeys(word[:_KEPT] for word in words))
    return words
