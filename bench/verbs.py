"""Measures the reading of finite verbs as tokens, and its speed, on our own labelled articles or on treebanks.

The command line names treebanks in CoNLL-U; in them a verb is a word with UPOS VERB or AUX and VerbForm=Fin, or without that feature
a VERB or AUX that is no participle. Without files it reads tests/corpus/articles/verbs.json: for each article the tokens, parted by
blanks, that hold a finite verb. A token is right where a verb that was found lies in it.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bench.events import ARTICLES, rows_of
from timeline import Extractor, Span

FIELDS, FORM, UPOS, FEATURES = 10, 1, 3, 5
ROUNDS = 20


class Labelled(NamedTuple):
    """A text, its tokens, and those of them that hold a finite verb."""

    text: str
    tokens: list[Span]
    verbs: frozenset[Span]


class Counts(NamedTuple):
    """Tokens that are verbs and were found, that were found and are none, that were missed."""

    right: int
    wrong: int
    missed: int

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


def own() -> Iterator[Labelled]:
    """Yield our own labelled articles."""
    labels = {row["id"]: row["verbs"] for row in json.loads((ARTICLES / "verbs.json").read_text(encoding="utf-8"))}
    for row in rows_of(sorted(ARTICLES.glob("*.jsonl"))):
        text: str = row["text"]
        yield Labelled(text, _tokens(text), frozenset(Span(*span) for span in labels[row["id"]]))


def treebank(path: Path) -> Iterator[Labelled]:
    """Yield the sentences of a treebank in CoNLL-U; a word of several tokens is a verb where one of them is."""
    words: list[str] = []
    verbs: set[int] = set()
    until = 0
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        fields = line.split("\t")
        if len(fields) != FIELDS:
            if words:
                yield _sentence(words, verbs)
            words, verbs, until = [], set(), 0
            continue
        number = fields[0]
        if "-" in number:
            until = int(number.split("-")[1])
            words.append(fields[FORM])
        elif number.isdigit():
            if int(number) > until:
                words.append(fields[FORM])
            if fields[UPOS] in {"VERB", "AUX"} and "VerbForm=Part" not in fields[FEATURES]:
                verbs.add(len(words) - 1)


def _sentence(words: list[str], verbs: set[int]) -> Labelled:
    text = " ".join(words)
    tokens = _tokens(text)
    return Labelled(text, tokens, frozenset(tokens[i] for i in verbs))


def _tokens(text: str) -> list[Span]:
    spans, at = [], 0
    for word in text.split():
        at = text.index(word, at)
        spans.append(Span(at, at + len(word)))
        at += len(word)
    return spans


def count(rows: list[Labelled], extractor: Extractor) -> Counts:
    """Compare what the engine finds with the labels."""
    right = wrong = missed = 0
    for text, tokens, verbs in rows:
        spans = extractor.verbs(text)
        found = {token for token in tokens if any(token.start <= span.start < token.end for span in spans)}
        right += len(found & verbs)
        wrong += len(found - verbs)
        missed += len(verbs - found)
    return Counts(right, wrong, missed)


def speed(rows: list[Labelled], extractor: Extractor) -> float:
    """Return words a second, over several rounds with all words seen before."""
    start = time.perf_counter()
    for _ in range(ROUNDS):
        for row in rows:
            extractor.verbs(row.text)
    return ROUNDS * sum(len(row.tokens) for row in rows) / (time.perf_counter() - start)


def main() -> None:
    """Print the figures of each treebank, or of our own articles."""
    extractor = Extractor()
    sets = {path: list(treebank(Path(path))) for path in sys.argv[1:]} or {"own articles": list(own())}
    for name, rows in sets.items():
        counts = count(rows, extractor)
        print(
            f"{name}: {sum(len(row.tokens) for row in rows)} tokens, {counts.right + counts.missed} finite verbs: F1 {counts.f1:.3f} "
            f"({counts.wrong} wrong, {counts.missed} missed), {speed(rows, extractor):,.0f} words a second"
        )


if __name__ == "__main__":
    main()
