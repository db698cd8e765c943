"""How texts become words here: cut, looked up and joined, as the extractor has it done."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from timeline.tables import Lexicon
from timeline.text import vocabulary
from timeline.text.compounds import join
from timeline.text.entries import Symbols
from timeline.text.vocabulary import Vocabulary
from timeline.text.words import Lexer, Words

Read = Callable[[str], Words]


@pytest.fixture(scope="session")
def lexicon() -> Vocabulary:
    """Return the vocabulary that the project ships."""
    return vocabulary.load(Lexicon.packaged())


@pytest.fixture(scope="session")
def read(lexicon: Vocabulary) -> Read:
    """Return a function that reads a text into words, compounds joined."""
    lexer = Lexer(lexicon, Symbols())
    return lambda text: join(lexer.words(text), lexer)
