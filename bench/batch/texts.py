"""What invented articles are made of: sentences of this project's own texts, and words that nobody has written before."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[2]
SHORTEST, LONGEST = 2600, 3000
"""Characters of an article."""
SHARES = (0.8, 0.12, 0.08)
"""How often a piece is of a seed, of another whole article, or of a case of the tests: these two are denser than real news."""
PARAGRAPH = 400
"""Characters up to which a paragraph stays in one piece."""
LETTERS = [chr(code) for code in (*range(0x627, 0x63B), *range(0x641, 0x64B)) if chr(code) != "\u0629"]
ARTICLE = "\u0627\u0644"
WORD = re.compile("[\u0621-\u063a\u0641-\u064a]{4,}")
SENTENCE_END = re.compile("(?<=[.!\u061f])\\s+")


class Pieces:
    """Sentences and paragraphs of three sorts, by how often they are taken."""

    def __init__(self) -> None:
        self._sorts = [list(dict.fromkeys(sort)) for sort in (_seeds(), _articles(), _cases())]
        self._known = {word for sort in self._sorts for piece in sort for word in WORD.findall(piece)}

    def text(self, random: Random, rare: int) -> str:
        """Return a text in which so many words are new; the same state of `random`, the same text."""
        parts: dict[str, None] = {}
        size = -1
        while size < SHORTEST:
            (sort,) = random.choices(self._sorts, SHARES)
            piece = random.choice(sort)
            if piece not in parts and size + 1 + len(piece) <= LONGEST:
                parts[piece] = None
                size += 1 + len(piece)
        return self._with_new_words("\n".join(parts), random, rare)

    def _with_new_words(self, text: str, random: Random, count: int) -> str:
        found = list(WORD.finditer(text))
        parts, end = [], 0
        for number in sorted(random.sample(range(len(found)), count)):
            word = found[number]
            parts += [text[end : word.start()], self._new(word[0], random)]
            end = word.end()
        return "".join((*parts, text[end:]))

    def _new(self, word: str, random: Random) -> str:
        """Return a word of the same length that no text has: the letters of one in another order, and one letter changed."""
        head = ARTICLE if word.startswith(ARTICLE) and len(word) > 4 else ""
        letters = list(word.removeprefix(head))
        while True:
            random.shuffle(letters)
            letters[random.randrange(len(letters))] = random.choice(LETTERS)
            if (new := head + "".join(letters)) not in self._known:
                return new


def _seeds() -> Iterator[str]:
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        yield from _pieces(path.read_text(encoding="utf-8"))


def _articles() -> Iterator[str]:
    yield from _pieces((ROOT / "bench" / "article.txt").read_text(encoding="utf-8"))
    for path in sorted((ROOT / "tests" / "corpus" / "articles").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield from _pieces(str(json.loads(line)["text"]))


def _cases() -> Iterator[str]:
    for path in sorted((ROOT / "tests" / "corpus").glob("*.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8")).get("case", ()):
            yield from _pieces(str(case["text"]))


def _pieces(text: str) -> Iterator[str]:
    for paragraph in text.splitlines():
        if len(paragraph) <= PARAGRAPH:
            yield from filter(None, (paragraph.strip(),))
        else:
            yield from filter(None, map(str.strip, SENTENCE_END.split(paragraph)))
