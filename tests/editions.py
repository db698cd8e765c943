"""Other editions of the lexicon, made by chance: what a day's work on the tables may do to them, one edit each."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

from timeline import Extractor, Lexicon, LexiconError

_ROW = re.compile(r"(?<=[\[\s,])'([^'\n]+)'(?=\s*[,\]])")  # in a list
_YEAR = re.compile(r"(?<=\" = )(\d{4})")
_NAMES = ("countries.toml", "explanations.toml", "salience.toml")  # no tables of words
_REFUSED = (LexiconError, LookupError, TypeError, ValueError, AttributeError)

Edit = Callable[[random.Random, dict[str, str], Sequence[str]], None]


def _table(chance: random.Random, texts: dict[str, str]) -> str:
    names = [name for name in texts if name not in _NAMES]
    if chance.random() < 0.3:
        names = [name for name in names if "/" not in name]
    return chance.choice(names)


def _rows(chance: random.Random, texts: dict[str, str], name: str) -> re.Match[str]:
    return chance.choice(list(_ROW.finditer(texts[name])))


def _put(chance: random.Random, texts: dict[str, str], word: str, name: str = "") -> None:
    name = name or _table(chance, texts)
    rows = list(_ROW.finditer(texts[name]))
    # verbs are pairs of words, nouns and names are not: what never loads is no test
    alike = [row for row in rows if row[1].count(" ") == word.count(" ") or "/" not in name]
    at = chance.choice(alike or rows).start()
    texts[name] = f"{texts[name][:at]}'{word}', {texts[name][at:]}"


def remove(chance: random.Random, texts: dict[str, str], _: Sequence[str]) -> None:
    """Take a row away."""
    name = _table(chance, texts)
    row = _rows(chance, texts, name)
    rest = texts[name][row.end() :]
    texts[name] = texts[name][: row.start()] + rest.removeprefix(",")


def move(chance: random.Random, texts: dict[str, str], _: Sequence[str]) -> None:
    """Put a row into another list, mostly of its own table."""
    name = _table(chance, texts)
    row = _rows(chance, texts, name)
    texts[name] = texts[name][: row.start()] + texts[name][row.end() :].removeprefix(",")
    _put(chance, texts, row[1], name if chance.random() < 0.7 else "")


def copy(chance: random.Random, texts: dict[str, str], _: Sequence[str]) -> None:
    """Put a row into another list too."""
    _put(chance, texts, _rows(chance, texts, _table(chance, texts))[1])


def met(chance: random.Random, texts: dict[str, str], vocabulary: Sequence[str]) -> None:
    """Add a word that articles hold."""
    _put(chance, texts, chance.choice(vocabulary))


def several(chance: random.Random, texts: dict[str, str], vocabulary: Sequence[str]) -> None:
    """Add a form of words that articles hold: a phrase, a name, or a verb with an imperfect that it hardly has."""
    at = chance.randrange(len(vocabulary) - 3)
    _put(chance, texts, " ".join(vocabulary[at : at + chance.choice((2, 2, 3))]))


def invent(chance: random.Random, texts: dict[str, str], _: Sequence[str]) -> None:
    """Add a verb that no article holds, and a noun of it."""
    name = chance.choice([name for name in texts if name.startswith("events/") and "verbs = [" in texts[name]])
    texts[name] = texts[name].replace("verbs = [", "verbs = ['ضظغط يضظغط', ", 1).replace("nouns = [", "nouns = ['ضظغطة', ", 1)


def date(chance: random.Random, texts: dict[str, str], _: Sequence[str]) -> None:
    """Give a known day another year."""
    years = list(_YEAR.finditer(texts["history.toml"]))
    row = chance.choice(years)
    texts["history.toml"] = texts["history.toml"][: row.start()] + str(int(row[1]) - 3) + texts["history.toml"][row.end() :]


EDITS: tuple[Edit, ...] = (remove, remove, move, move, copy, met, several, invent, date)


def edition(chance: random.Random, vocabulary: Sequence[str]) -> tuple[str, Lexicon, Extractor]:
    """Return an edition that loads, what was done to it, and an extractor that reads by it."""
    while True:
        edit = chance.choice(EDITS)
        texts = Lexicon.packaged().texts
        edit(chance, texts, vocabulary)
        lexicon = Lexicon(texts)
        try:
            return edit.__name__, lexicon, Extractor(lexicon)
        except _REFUSED:
            continue
